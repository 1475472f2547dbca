"""Explaining a refusal: the rule, where it stands in the document, and what would pass."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from mockserver.contract.finding import RuleFinder
from mockserver.contract.lines import Lines
from mockserver.contract.model import Contract, Operation
from mockserver.contract.places import Place, Places, escaped
from mockserver.contract.smallest import UnfillableError, smallest
from mockserver.contract.violations import Violation, ViolationError
from mockserver.errors import MockserverError, Refusal

_MOST = 20
_LONGEST_HEADER = 1000
_LONGEST_PART = 200
_LONGEST_SENT = 80
_LONGEST_POINTER = 400


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one thing was refused.

    `pointer` is a JSON Pointer into the document, `line` the line of its source, counted from 1.
    `rule` is the keyword with its value, or the code of a rule of the business; `location` and
    `name` say what was refused, `sent` what it was, `passes` a value that would do, `says` the
    document's or the server's own words. Texts are bounded, and empty when there is none.
    """

    pointer: str
    line: int
    rule: str
    location: str
    name: str
    sent: str
    passes: str
    says: str = ""

    def to_json(self) -> dict[str, Any]:
        """The explanation as the journal keeps it."""
        shown_as = {"pointer": self.pointer, "line": self.line, "rule": self.rule}
        more = {
            "location": self.location, "name": self.name,
            "sent": self.sent, "passes": self.passes, "says": self.says,
        }  # fmt: skip
        return {**shown_as, **{key: text for key, text in more.items() if text}}

    @property
    def compact(self) -> str:
        """The explanation on one line of printable ASCII, for a header."""
        more = {
            "rule": self.rule, "at": f"{self.location} {self.name}".strip() if self.name else "",
            "sent": self.sent, "passes": self.passes, "says": self.says,
        }  # fmt: skip
        parts = [f"{key}={text}" for key, text in more.items() if text]
        told = [_ascii(part)[:_LONGEST_PART] for part in parts]
        return "; ".join([_ascii(self.pointer)[:_LONGEST_POINTER], f"line={self.line}", *told])


def header_of(explanations: tuple[Explanation, ...]) -> str:
    """The value of `X-Mock-Explain`: the first explanation, and how many more there are."""
    if not explanations:
        return ""
    more = f"; more={len(explanations) - 1}" if len(explanations) > 1 else ""
    return explanations[0].compact[: _LONGEST_HEADER - len(more)] + more


class Explainer:
    """Explains the refusals of one contract. Its source is read with the first of them."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._places = Places(contract.document)
        self._rules = RuleFinder(contract.document)
        self._lines = Lines(contract.source)

    def explain(
        self, operation: Operation, problem: MockserverError, status: int, body: Any = None
    ) -> tuple[Explanation, ...]:
        """Explain a problem that was answered with `status`; at least one explanation, at most 20.

        `body` is the parsed body where it is known. A violation leads to its keyword, a refusal of
        the business to the schema of its field or else to the response, 401 and 403 to the
        security of the operation, 415 to its content, everything else to the response.
        """
        if isinstance(problem, ViolationError):
            broken = [self.violation(operation, v, body) for v in problem.violations[:_MOST]]
            besides = [(p.field, p.code, p.message) for p in problem.problems]
            return (*broken, *self._fields(operation, besides, status))[:_MOST]
        if isinstance(problem, Refusal):
            return self._refusal(operation, problem, status)
        place = self._for_status(operation, status)
        return (self._at(place, f"status {status}", says=problem.message),)

    def violation(
        self, operation: Operation, violation: Violation, body: Any = None
    ) -> Explanation:
        """Explain one violation of the contract."""
        place = self._rules.rule(operation, violation, body)
        schema = self._schema_of(operation, place, violation)
        return self._at(
            place,
            _rule_text(violation.keyword, place),
            violation.location,
            violation.name,
            _sent(violation),
            self._passes(violation, schema),
            "" if isinstance(schema, dict) else _cut(violation.message),
        )

    def answer(self, operation: Operation, status: int) -> Explanation:
        """Where the document says that an operation may answer with this status."""
        place = self._for_status(operation, status)
        return self._at(place, f"status {status}", says=_said(place))

    def _refusal(
        self, operation: Operation, refusal: Refusal, status: int
    ) -> tuple[Explanation, ...]:
        told = [(p.field, p.code, p.message) for p in refusal.problems[:_MOST]]
        told = told or [(refusal.field or "", refusal.code, refusal.message)]
        return self._fields(operation, told, status)

    def _fields(
        self, operation: Operation, told: list[tuple[str, str, str]], status: int
    ) -> tuple[Explanation, ...]:
        """Explain what is wrong with fields, each with its name, code and message."""
        response = self._for_status(operation, status)
        found = []
        for name, code, message in told:
            place = (self._rules.member(operation, name) if name else None) or response
            found.append(self._at(place, code, "", name, says=_said(place) or message))
        return tuple(found)

    def _for_status(self, operation: Operation, status: int) -> Place:
        """Where the document says that an operation may refuse with this status."""
        here = self._places.operation(operation)
        wanted: Place | None = None
        if status in {401, 403}:
            top = Place("", self.contract.document)
            wanted = self._places.below(here, "security") or self._places.below(top, "security")
        elif status == 415:
            wanted = self._places.content(operation)
        return wanted or self._places.response(operation, status) or here

    def _at(
        self,
        place: Place,
        rule: str,
        location: str = "",
        name: str = "",
        sent: str = "",
        passes: str = "",
        says: str = "",
    ) -> Explanation:
        line = self._lines.line(place.pointer)
        return Explanation(
            place.pointer, line, _cut(rule), location, name, sent, _cut(passes), _cut(says)
        )

    def _schema_of(self, operation: Operation, place: Place, violation: Violation) -> Any:
        """The schema that the keyword stands in; for a missing member the schema of the member."""
        owner, _, last = place.pointer.rpartition("/")
        if last == "discriminator":
            tags = list(place.node.get("mapping") or {})
            return {"enum": tags} if tags else None
        if violation.keyword == "required":
            member = escaped(violation.pointer[-1])
            owner = owner.removesuffix("/required") + f"/properties/{member}"
        found = self._places.at(owner)
        if found is None and violation.location == "body":
            found = self._rules.member(operation, violation.name)
        return found.node if found else None

    def _passes(self, violation: Violation, schema: Any) -> str:
        """A value that keeps to the schema, or what to do."""
        if violation.keyword == "additionalProperties":
            return "leave it out"
        if violation.keyword == "json":
            return "one JSON value in UTF-8"
        if violation.keyword == "encoding":
            return "percent-encoded UTF-8"
        if not isinstance(schema, dict):
            return ""
        try:
            value = smallest(self.contract.document, schema)
        except UnfillableError:
            return ""
        return f"such as {_json(value)}"


def _rule_text(keyword: str, place: Place) -> str:
    if keyword in {"json", "encoding"}:
        return keyword
    last = place.pointer.rsplit("/", 1)[-1]
    if last == "discriminator":
        return f"discriminator {_json(list(place.node.get('mapping') or {}))}"
    if last == "readOnly":
        return "readOnly true"
    is_whole = isinstance(place.node, dict) and last != keyword
    return keyword if is_whole else f"{keyword} {_json(place.node)}"


def _sent(violation: Violation) -> str:
    """What was sent there, cut; empty where nothing was, or where it is not known."""
    if violation.keyword in {"required", "json", "encoding"}:
        return ""
    if violation.keyword == "additionalProperties":
        return _json(violation.name)
    is_text = violation.location != "body" and violation.value is None
    return "" if is_text else _shortened(_json(violation.value), _LONGEST_SENT)


def _said(place: Place) -> str:
    """The first sentence of a description."""
    text = place.node.get("description", "") if isinstance(place.node, dict) else ""
    return str(text).strip().partition("\n\n")[0].replace("\n", " ")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _cut(text: str) -> str:
    return _shortened(text, _LONGEST_PART)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def _ascii(text: str) -> str:
    """Printable ASCII on one line; everything else is escaped."""
    return re.sub(r"[^ -~]", " ", text.encode("ascii", "backslashreplace").decode("ascii"))
