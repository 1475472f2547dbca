"""Calls of operations: parameters put in their places, credentials added, exchanges kept."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus

from contract_tests.contract import Contract, Operation
from contract_tests.exchanges import Answer, Exchange, Pairs, Sent, template
from contract_tests.semantics import Credential, Credentials
from contract_tests.targets import Target

Json = Any
_JSON = "application/json"


class _NoBody:
    __slots__ = ()


NO_BODY = _NoBody()
_PLAIN: Mapping[str, Json] = {
    "path": None, "query": None, "headers": None, "body": NO_BODY, "identity": "valid",
    "method": None,
}  # fmt: skip


class Caller:
    """Calls the operations of a contract on a target, and keeps every exchange in `log`.

    At most `rate` requests leave in a second.
    """

    def __init__(
        self,
        contract: Contract,
        target: Target,
        credentials: Credentials,
        rate: float | None = None,
    ) -> None:
        self.contract = contract
        self.target = target
        self.credentials = credentials
        self.log: list[Exchange] = []
        self.seen: Counter[tuple[str, int]] = Counter()
        self._pause_s = 1 / rate if rate else 0.0
        self._next_at = 0.0
        self._secrets = () if credentials.shown else _names(credentials)

    def call(
        self,
        operation: str,
        *,
        path: Mapping[str, Json] | None = None,
        query: Mapping[str, Json] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Json = NO_BODY,
        identity: Credential | str = "valid",
        method: str | None = None,
    ) -> Exchange:
        """Call an operation; `identity` is a credential, `valid` or `none`; `body` is sent as JSON.

        A body of bytes is sent as it is. `method` in place of the operation's (HEAD).
        """
        sent = self._request(
            operation, path=path, query=query, headers=headers, body=body, identity=identity,
            method=method,
        )  # fmt: skip
        return self.send(sent, operation)

    def together(self, operation: str, calls: Sequence[Mapping[str, Json]]) -> list[Exchange]:
        """Call an operation several times at once; each call has `path`, `headers` and `body`."""
        several = [self._complete(self._request(operation, **{**_PLAIN, **each})) for each in calls]
        answers = self.target.together(several)
        return [self._kept(*each, operation) for each in zip(several, answers, strict=True)]

    def _request(
        self,
        operation: str,
        *,
        path: Mapping[str, Json] | None,
        query: Mapping[str, Json] | None,
        headers: Mapping[str, str] | None,
        body: Json,
        identity: Credential | str,
        method: str | None,
    ) -> Sent:
        what = self.contract.operations[operation]
        values = {name: text_of(value) for name, value in (path or {}).items()}
        target = self.contract.base_path + template(what.path, values) + query_of(query or {})
        data = None if body is NO_BODY else encoded(body)
        pairs = list((headers or {}).items())
        if data is not None and not any(name.lower() == "content-type" for name, _ in pairs):
            pairs.append(("Content-Type", _JSON))
        target, pairs = self._identified(what, identity, target, pairs)
        return Sent(method or what.method, target, tuple(pairs), data)

    def send(self, sent: Sent, operation: str = "") -> Exchange:
        """Send a request as it is; the headers of the target are added."""
        self._wait()
        complete = self._complete(sent)
        return self._kept(complete, self.target.send(complete), operation)

    def _complete(self, sent: Sent) -> Sent:
        return Sent(sent.method, sent.target, (*self.target.headers, *sent.headers), sent.body)

    def _kept(self, sent: Sent, answer: Answer, operation: str) -> Exchange:
        exchange = Exchange(operation, self.target.url, sent, answer, self._secrets)
        self.log.append(exchange)
        if operation and sent.method != "HEAD":
            self.seen[operation, answer.status] += 1
        return exchange

    def credential_for(self, operation: Operation) -> Credential | None:
        """The valid credential for the first way in that the operation offers and we have."""
        valid = {each.scheme: each for each in self.credentials.all if each.state == "valid"}
        for alternative in operation.security:
            if len(alternative) == 1 and next(iter(alternative)) in valid:
                return valid[next(iter(alternative))]
        return None

    def _credentials_for(self, operation: Operation) -> list[Credential]:
        """The valid credentials for one way in: one alone, else all of those that go together."""
        alone = self.credential_for(operation)
        if alone is not None:
            return [alone]
        valid = {each.scheme: each for each in self.credentials.all if each.state == "valid"}
        together = (each for each in operation.security if each and set(each) <= set(valid))
        return [valid[scheme] for scheme in next(together, {})]

    def _identified(
        self, what: Operation, identity: Credential | str, target: str, pairs: list[tuple[str, str]]
    ) -> tuple[str, list[tuple[str, str]]]:
        given = [identity] if isinstance(identity, Credential) else []
        for credential in self._credentials_for(what) if identity == "valid" else given:
            scheme = self.contract.security_schemes.get(credential.scheme, {})
            if scheme.get("type") == "apiKey" and scheme.get("in") == "query":
                mark = "&" if "?" in target else "?"
                target += f"{mark}{quote_plus(scheme['name'])}={quote_plus(credential.text)}"
            else:
                pairs = [*pairs, header_of(scheme, credential.text)]
        return target, pairs

    def _wait(self) -> None:
        if self._pause_s:
            time.sleep(max(0.0, self._next_at - time.monotonic()))
            self._next_at = max(time.monotonic(), self._next_at) + self._pause_s


def header_of(scheme: Json, text: str) -> tuple[str, str]:
    """The header in which a security scheme takes a credential."""
    if scheme.get("type") == "apiKey":
        if scheme.get("in") == "cookie":
            return "Cookie", f"{scheme['name']}={text}"
        return str(scheme.get("name", "Authorization")), text
    kind = "Basic" if scheme.get("scheme", "").lower() == "basic" else "Bearer"
    return "Authorization", f"{kind} {text}"


def query_of(query: Mapping[str, Json]) -> str:
    """A query string with its question mark; a list is a parameter several times."""
    pairs = [
        f"{quote_plus(name)}={quote_plus(text_of(each))}"
        for name, value in query.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    return "?" + "&".join(pairs) if pairs else ""


def text_of(value: Json) -> str:
    """A value as it stands in a path or a query."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return str(value)


def encoded(body: Json) -> bytes:
    """A body as bytes: JSON in UTF-8, or the bytes that it is."""
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()


def _names(credentials: Credentials) -> Pairs:
    """The variable of the shell that stands for each credential, as it is and as in a query."""
    names: dict[str, str] = {}
    for each in credentials.all:
        name = re.sub(r"\W", "_", f"{each.scheme}_{each.state}".upper())
        names.setdefault(each.text, name)
        names.setdefault(quote_plus(each.text), f"{name}_ENCODED")
    return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair)))
