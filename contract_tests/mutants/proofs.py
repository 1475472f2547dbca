"""The names at hand in the proof of a mutant, and how a proof is run.

A proof is a script of at most two statements that sets `ok`. It may use:

- `get(path, **query)`, `post(path, body)`, `put`, `patch`, `delete`, `send(method, path, body)`;
  credentials are filled in by path. `key_` names other ones (`""`: none), `headers_` adds headers.
- `customer(**members)`, `booking(customer_id, **members)`, `invoice(customer_id, **members)`,
  `lead(**members)`, `merchant(**members)`: a create with believable members, each of which may be
  given; a member given as `None` is left out. The first three make a customer where none is named.
- `everything(path, **query)`: the records of all pages of a list, 25 a page.
- `ids(answer)`: the ids of a list that was answered, in order.
- `uuid(email)`, `cust(email)`: the two ids of the customer with an e-mail address.
- `address(**members)`: the body of an address. `hours(n)`: the instant n hours from now.
- `advance("PT2S")`: lets time pass. `together(call, call)`: sends (method, path, body) at once.

Each call answers an `Answer`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter
from typing import Any

import httpx
import orjson
from starlette.types import ASGIApp

OTESSE, MERCHANT, LEADS = "otesse_test_sk_proofs", "proofs", "proofs"
Call = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `answer["name"]` is a member of its JSON, `id` what a create made."""

    status: int
    headers: httpx.Headers
    text: str
    seconds: float

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is empty."""
        return orjson.loads(self.text) if self.text else None

    @property
    def id(self) -> str:
        """The id of what was made: of the body, or the end of `Location`."""
        body = self.json or {}
        made = body.get("id") or body.get("data", {}).get("customerId")
        return str(made or self.headers.get("Location", "").rpartition("/")[2])

    def __getitem__(self, member: str) -> Any:
        """A member of the body."""
        return self.json[member]


class Prover:
    """Runs proofs against one application, on a world put back before each."""

    def __init__(self, application: ASGIApp) -> None:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        self._loop = asyncio.new_event_loop()

    def close(self) -> None:
        """Let go of the loop."""
        self._loop.run_until_complete(self._http.aclose())
        self._loop.close()

    def holds(self, proof: str) -> bool:
        """Whether the script finds the right behaviour; what it raises comes through."""
        self.together(("POST", "/__admin/reset", None))
        names = Names(self).at_hand()
        exec(proof, names)
        return bool(names["ok"])

    def send(
        self, method: str, path: str, body: Any = None, *, key: str | None, more: dict[str, Any]
    ) -> Answer:
        """Send one request and wait for its answer."""
        return self._loop.run_until_complete(self._send(method, path, body, key, more))

    def together(self, *calls: Call) -> list[Answer]:
        """Send several requests at once."""

        async def all_of_them() -> list[Answer]:
            return await asyncio.gather(*(self._send(*call, None, {}) for call in calls))

        return self._loop.run_until_complete(all_of_them())

    async def _send(
        self, method: str, path: str, body: Any, key: str | None, more: dict[str, Any]
    ) -> Answer:
        headers = {**_credentials(path, key), **more.get("headers", {})}
        content = None
        if body is not None:
            headers = {"Content-Type": "application/json", **headers}
            content = body.encode() if isinstance(body, str) else orjson.dumps(body)
        started = perf_counter()
        came = await self._http.request(
            method, path, params=more.get("query"), content=content, headers=headers
        )
        return Answer(came.status_code, came.headers, came.text, perf_counter() - started)


@contextmanager
def prover(application: ASGIApp) -> Iterator[Prover]:
    """A prover for as long as the block lasts."""
    made = Prover(application)
    try:
        yield made
    finally:
        made.close()


class Names:
    """What a proof can call, with values that no other call of the same proof was given."""

    def __init__(self, prover: Prover) -> None:
        self._prover = prover
        self._numbers = count(1)

    def at_hand(self) -> dict[str, Any]:
        """The names under which a proof knows all this."""
        public = [name for name in dir(self) if not name.startswith("_") and name != "at_hand"]
        return {name: getattr(self, name) for name in public}

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        key_: str | None = None,
        headers_: dict[str, str] | None = None,
        **query: Any,
    ) -> Answer:
        """Any request."""
        more = {"headers": headers_ or {}, "query": query or None}
        return self._prover.send(method, path, body, key=key_, more=more)

    def get(self, path: str, **more: Any) -> Answer:
        """GET, with a query."""
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        """POST."""
        return self.send("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Answer:
        """PUT."""
        return self.send("PUT", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> Answer:
        """PATCH."""
        return self.send("PATCH", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        """DELETE."""
        return self.send("DELETE", path, **more)

    def together(self, *calls: Call) -> list[Answer]:
        """Several requests at once."""
        return self._prover.together(*calls)

    def customer(self, **members: Any) -> Answer:
        """A new customer of family A, with an address."""
        number = next(self._numbers)
        usual = {
            "first_name": "Ada",
            "last_name": f"Prover{'abcdefghij'[number % 10]}",
            "email": f"proof{number}@proofs.example",
            "phone": f"+1555010{number:04}",
            "address": self.address(),
        }
        return self.post("/v1/customers", _given(usual, members))

    def booking(self, customer_id: str | None = None, **members: Any) -> Answer:
        """A new booking three days ahead, at the default address."""
        who = customer_id or self.customer().id
        home = [a["id"] for a in self.get(f"/v1/customers/{who}")["addresses"] if a["is_default"]]
        usual = {
            "customer_id": who,
            "address_id": home[0],
            "industry": "cleaning",
            "configuration": {"bedrooms": 3, "bathrooms": 2},
            "scheduled_at": self.hours(72),
        }
        return self.post("/v1/bookings", _given(usual, members))

    def invoice(self, customer_id: str | None = None, **members: Any) -> Answer:
        """A new invoice over 100 dollars and tax."""
        line = {"description": "Window cleaning", "quantity": 1, "unit_price": 10000}
        usual = {"customer_id": customer_id or self.customer().id, "line_items": [line]}
        return self.post("/v1/invoices", _given(usual, members))

    def lead(self, **members: Any) -> Answer:
        """A new customer of family D."""
        usual = {
            "firstName": "Grace",
            "lastName": "Prover",
            "email": f"lead{next(self._numbers)}@proofs.example",
        }
        return self.post("/leads/v1/customers", _given(usual, members))

    def merchant(self, **members: Any) -> Answer:
        """A new customer of family C."""
        usual = {"first_name": "Emmy", "last_name": "Prover"}
        return self.post("/api/v1/merchant/customers", _given(usual, members))

    def address(self, **members: Any) -> dict[str, Any]:
        """The body of an address in Eugene."""
        return {"street": "1 Proof Way", "city": "Eugene", "state": "OR", "zip": "97401", **members}

    def everything(self, path: str, **query: Any) -> list[Any]:
        """All records of a list."""
        records: list[Any] = []
        for page in count(1):
            more = self.get(path, page=page, **query)["data"]
            if not more:
                break
            records += more
        return records

    def ids(self, answer: Answer) -> list[str]:
        """The ids of the records of a list."""
        body = answer.json or {}
        return [record["id"] for record in body.get("data") or body.get("customers") or []]

    def uuid(self, email: str) -> str:
        """The UUID of the customer with an e-mail address."""
        found = self.get("/leads/v1/customers/search", email=email)["customers"]
        return str(found[0]["id"])

    def cust(self, email: str) -> str:
        """The id `cust_…` of the customer with an e-mail address."""
        return str(self.get("/v1/customers", search=email)["data"][0]["id"])

    def hours(self, number: float) -> str:
        """The instant so many hours from now."""
        now = datetime.fromisoformat(self.get("/__admin/clock")["now"])
        return f"{(now + timedelta(hours=number)).isoformat()[:19]}Z"

    def advance(self, duration: str) -> Answer:
        """Let time pass, written as in ISO 8601."""
        return self.patch("/__admin/clock", {"advance": duration})


def _given(usual: dict[str, Any], members: dict[str, Any]) -> dict[str, Any]:
    merged = {**usual, **members}
    return {name: value for name, value in merged.items() if value is not None}


def _credentials(path: str, key: str | None) -> dict[str, str]:
    if key == "":
        return {}
    if path.startswith("/api/"):
        return {"Cookie": f"session_token={key or MERCHANT}"}
    if path.startswith("/leads/"):
        return {"Authorization": f"Bearer {key or LEADS}"}
    return {"Authorization": f"Bearer {key or OTESSE}"}
