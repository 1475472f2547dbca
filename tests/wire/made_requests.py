"""Requests made up from the contract, most of them in order, many of them nearly so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import orjson

from mockserver.contract import Contract, Operation, Parameter
from mockserver.contract.examples import parameter_example, request_examples
from mockserver.contract.recipes.violating import breaches
from mockserver.domain.world import World
from tests.wire.sent import Headers, Sent

KEYS = {
    "otesse": [
        (b"authorization", b"Bearer otesse_test_sk_twins"), (b"x-api-key", b"otesse_live_sk_A")
    ],
    "merchant": [(b"cookie", b"session_token=abc"), (b"authorization", b"Bearer m")],
    "leads": [(b"authorization", b"Bearer leads")],
}  # fmt: skip
BAD_KEYS: list[Headers] = [
    (),
    ((b"authorization", b"Bearer otesse_test_sk_expired"),),
    ((b"authorization", b"Bearer"),),
    ((b"authorization", b"Basic YTpi"),),
    ((b"x-api-key", b"nonsense"),),
    ((b"cookie", b"session_token=revoked; other=1"),),
    ((b"cookie", b'"=;;'),),
    ((b"authorization", b"Bearer \xff"),),
]
TEXTS = ["", "a", "0", "1", "-1", "2147483648", "1e3", "true", "null", "2026-02-01", "x" * 300,
         "2026-02-20T15:00:00Z",
         "%00", "%ff", "%F0%9F%98%80", "a+b", "john", "OR", "9" * 30]  # fmt: skip
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**70,
    "",
    "x",
    "x" * 500,
    [],
    {},
    ["email"],
    "é\u0000",
]
METHODS = ["HEAD", "OPTIONS", "DELETE", "PUT", "TRACE", "get"]
SEGMENTS = ["x", "%ff", "", "%41", "A" * 99]
QUERIES = ["__code=404", "%", "%zz", "%ff=1", "a&b;c", "__x=1"]
BODIES = [b"", b"{", b"null", b"[]", b'{"a":1,"a":2}', b"\xff"]
WORLDS = ["twin", "default", "no/", "", "!"]
NOBODY = ["cust_NOBODY", "nothing", "~", "01234567-89ab-7def-8123-456789abcdef"]
EXTRAS: list[Headers] = [
    ((b"origin", b"http://localhost:3000"),),
    ((b"origin", b"https://elsewhere.example"),),
    ((b"if-none-match", b"*"),),
    ((b"if-none-match", b'"x", W/"y"'),),
    ((b"if-match", b"*"),),
    ((b"if-match", b'"no-such-tag"'),),
    ((b"prefer", b"code=404"),),
    ((b"prefer", b"explain"),),
    ((b"prefer", b"respond-async"),),
    ((b"x-mock-world", b"default"),),
    ((b"accept", b"text/html"), (b"accept", b"*/*")),
    ((b"x-odd", b"\xe9\xff"),),
]


class Maker:
    """Makes requests; the same seed and the same worlds, the same requests."""

    def __init__(self, contract: Contract, world: Callable[[], World], seed: int) -> None:
        self._contract = contract
        self._world = world
        self._chance = Random(seed)
        self._good = {
            o.uid: [e.value for e in request_examples(contract, o)] for o in contract.operations
        }
        self._bodies = {o.uid: self._documented(o) for o in contract.operations}
        self._examples = {
            (o.uid, p.name): parameter_example(contract, o, p)
            for o in contract.operations
            for p in o.parameters
        }
        self._made = 0

    def request(self, operation: Operation) -> Sent:
        """One request for an operation: two of three as they should be."""
        self._made += 1
        key = self._chance.choice(KEYS[_family(operation)])
        headers: Headers = (key,)
        body = self._body(operation)
        if body is not None:
            headers = (*headers, (b"content-type", b"application/json"))
        path, query = self._path(operation), self._query(operation)
        sent = Sent(operation.method, path, query, headers, (body or b"",))
        if self._chance.random() < 0.15:
            sent = replace(sent, headers=(*headers, *self._chance.choice(EXTRAS)))
        return self._spoiled(sent) if self._chance.random() < 0.3 else sent

    def _spoiled(self, sent: Sent) -> Sent:
        pick = self._chance.choice
        others = sent.headers[1:]
        spoilers: list[Callable[[], Sent]] = [
            lambda: replace(sent, headers=(*pick(BAD_KEYS), *others)),
            lambda: replace(sent, method=pick(METHODS)),
            lambda: replace(sent, path=sent.path + pick(["/", "//", "%20", "/x", "%2F", "."])),
            lambda: replace(sent, path=_with_segment(sent.path, pick(SEGMENTS))),
            lambda: replace(sent, query=f"{sent.query}{pick('&?')}{pick(TEXTS)}={pick(TEXTS)}"),
            lambda: replace(sent, query=pick(QUERIES)),
            lambda: replace(sent, headers=(sent.headers[0], (b"content-type", b"text/plain"))),
            lambda: replace(sent, headers=(sent.headers[0],)),
            lambda: replace(sent, chunks=(pick(BODIES),)),
            lambda: replace(sent, chunks=(sent.chunks[0][:7], sent.chunks[0][7:])),
            lambda: replace(sent, chunks=(b" " * 9, sent.chunks[0], b" " * pick([1, 1_100_000]))),
            lambda: replace(sent, chunks=()),
            lambda: replace(sent, path="/~" + pick(WORLDS) + sent.path),
        ]
        return pick(spoilers)()

    def _path(self, operation: Operation) -> str:
        path = operation.path
        for parameter in operation.located["path"]:
            path = path.replace("{" + parameter.name + "}", self._id(operation))
        return path

    def _id(self, operation: Operation) -> str:
        if self._chance.random() < (0.6 if operation.method == "DELETE" else 0.1):
            return self._chance.choice(NOBODY)
        world, tag = self._world(), operation.tag
        name = tag if tag in ("bookings", "invoices") else "customers"
        rows = list(world.collections[name])
        if not rows:
            return "none"
        row = self._chance.choice(rows[:3] + rows[-3:])
        return str(row.uuid if tag in ("merchant", "leads") else row.id)

    def _query(self, operation: Operation) -> str:
        declared = operation.located["query"]
        chosen = [p for p in declared if p.required or self._chance.random() < 0.3]
        return "&".join(f"{p.name}={self._text(operation, p)}" for p in chosen)

    def _text(self, operation: Operation, parameter: Parameter) -> str:
        if self._chance.random() < 0.2:
            return self._chance.choice(TEXTS)
        value = self._examples[operation.uid, parameter.name]
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        return text.replace(" ", "+").replace("&", "%26")

    def _body(self, operation: Operation) -> bytes | None:
        bodies = self._bodies[operation.uid]
        if not bodies:
            return None
        whole = self._chance.random() < 0.7
        chosen = self._chance.choice(self._good[operation.uid] if whole else bodies)
        body = self._living(chosen) if isinstance(chosen, dict) else chosen
        if isinstance(body, dict) and not whole and body:
            name = self._chance.choice([*body])
            body = {**body, name: self._chance.choice(VALUES)}
        try:
            return orjson.dumps(body)
        except TypeError:
            return b"1" * 30

    def _living(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with ids that are there, and an address that nobody has yet."""
        world = self._world()
        customers = list(world.customers)[-5:]
        body = {**body}
        if customers and "customer_id" in body and self._chance.random() < 0.8:
            customer = self._chance.choice(customers)
            body["customer_id"] = customer.id
            if "address_id" in body and customer.addresses:
                body["address_id"] = customer.addresses[0].id
        for name in ("id", "from_customer_id", "to_customer_id"):
            if name in body and customers:
                body[name] = self._chance.choice(customers).uuid
        if "email" in body and self._chance.random() < 0.8:
            body["email"] = f"made{self._made}@twins.example"
        if "scheduled_at" in body:
            body["scheduled_at"] = (
                f"2026-{3 + self._made % 9:02}-{1 + self._made % 28:02}T10:00:00Z"
            )
        return body

    def _documented(self, operation: Operation) -> list[Any]:
        """The documented bodies, then those that break one rule each."""
        good = self._good[operation.uid]
        bad = [b.body for value in good[:2] for b in breaches(self._contract, operation, value)]
        return good + bad


def _family(operation: Operation) -> str:
    return operation.tag if operation.tag in ("merchant", "leads") else "otesse"


def _with_segment(path: str, segment: str) -> str:
    return path.rpartition("/")[0] + "/" + segment
