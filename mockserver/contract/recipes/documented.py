"""The request that the contract documents for an operation, and variations of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from mockserver.contract.examples import parameter_example, request_examples
from mockserver.contract.model import Contract, Operation, Parameter, SecurityScheme
from mockserver.contract.recipes.model import Request
from mockserver.contract.witness import witness

_PARAMETER = re.compile(r"\{([^}]*)\}")
_TAIL = re.compile(r"[0-9A-Za-z]+$")


class Documented:
    """Makes requests for one operation out of the examples of its contract."""

    def __init__(self, contract: Contract, operation: Operation, base_path: str = "") -> None:
        self.base_path = base_path
        self.contract = contract
        self.operation = operation
        self.values = {p: parameter_example(contract, operation, p) for p in operation.parameters}
        bodies = request_examples(contract, operation)
        self.body: Any = bodies[0].value if bodies else None
        self._media_type = bodies[0].media_type if bodies else ""

    def request(self) -> Request:
        """The documented request, let in by its first security alternative."""
        content = {"Content-Type": self._media_type} if self.operation.body else {}
        headers = {**self.credential(), **self._declared_headers(), **content}
        return Request(self.operation.method, self.url({}), headers, self.body)

    def url(self, changed: Mapping[str, str], query: str = "") -> str:
        """The path with the example ids, and what the query must have.

        `changed` replaces path values by name; `query` is appended as it stands.
        """
        path = {
            p.name: str(changed.get(p.name, value))
            for p, value in self.values.items()
            if p.location == "path"
        }
        filled = _PARAMETER.sub(lambda m: quote(path.get(m[1], "x"), safe=""), self.operation.path)
        needed = [self.pair(p, v) for p, v in self.values.items() if _is_needed(p)]
        filled = self.base_path + filled
        joined = "&".join([*needed, *([query] if query else [])])
        return f"{filled}?{joined}" if joined else filled

    def pair(self, parameter: Parameter, value: Any) -> str:
        """One query parameter, encoded."""
        items = value if isinstance(value, list) else [value]
        return "&".join(f"{quote(parameter.name)}={quote(_text(item))}" for item in items)

    def credential(self, word: str = "") -> dict[str, str]:
        """The headers of a credential of the documented form that contains `word`."""
        if not self.operation.security:
            return {}
        headers: dict[str, str] = {}
        for scheme in self.operation.security[0].schemes:
            headers |= _presented(scheme, word)
        return headers

    def with_query(self, query: str) -> Request:
        """The documented request with a query appended."""
        return replace(self.request(), path=self.url({}, query))

    def unknown_ids(self) -> Request | None:
        """The request with the last id of its path replaced by one of the same form.

        A body that repeats the id at its top level repeats the other one.
        """
        for parameter, value in reversed(self.values.items()):
            other = _unknown(parameter, value) if parameter.location == "path" else None
            if other is not None:
                path = self.url({parameter.name: other})
                return replace(self.request(), path=path, body=_exchanged(self.body, value, other))
        return None

    def _declared_headers(self) -> dict[str, str]:
        return {
            p.name: _text(value)
            for p, value in self.values.items()
            if p.location == "header" and p.required
        }


def unknown_text(text: str) -> str:
    """A text of the same form that most likely names nothing: its last letters and digits are 0."""
    return _TAIL.sub(lambda found: "0" * len(found[0]), text)


def _unknown(parameter: Parameter, value: Any) -> str | None:
    other = unknown_text(str(value))
    return other if other != value and parameter.validator.is_valid(other) else None


def _exchanged(body: Any, old: Any, new: str) -> Any:
    if not isinstance(body, dict):
        return body
    return {name: new if value == old else value for name, value in body.items()}


def _is_needed(parameter: Parameter) -> bool:
    return parameter.location == "query" and parameter.required


def _presented(scheme: SecurityScheme, word: str) -> dict[str, str]:
    value = (witness(scheme.form, 1) if scheme.form else "recipes") or "recipes"
    value += word
    if scheme.type == "apiKey":
        in_cookie = scheme.location == "cookie"
        return {"Cookie": f"{scheme.parameter}={value}"} if in_cookie else {scheme.parameter: value}
    kind = "Basic" if scheme.http_scheme == "basic" else "Bearer"
    return {"Authorization": f"{kind} {value}"}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
