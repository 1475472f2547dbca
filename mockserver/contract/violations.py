"""What is wrong with a value, said so that a person and a program can both act on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import jsonschema_rs

from mockserver.errors import FieldProblem, MockserverError

Location = Literal["path", "query", "header", "cookie", "body"]
Pointer = tuple[str | int, ...]
_SHOWN = 80
_TOLD = 50
_CONDITIONS = frozenset({"anyOf", "oneOf"})


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a value breaks the contract.

    `pointer` leads to the value inside its location (empty for the whole body), `keyword` is the
    JSON Schema keyword that refused it (`json` for text that is no JSON), `message` is a clause
    without subject: "must be …", `value` what was found there. For `required` and
    `additionalProperties` the pointer names the member that is missing or too much.
    """

    location: Location
    pointer: tuple[str | int, ...]
    keyword: str
    message: str
    value: Any = None

    @property
    def name(self) -> str:
        """The dotted name of the member, as in `address.zip` or `line_items.0.quantity`.

        Names that a client made up are cut: a name of a megabyte helps nobody.
        """
        return _cut(".".join(_cut(str(part)) for part in self.pointer))

    @property
    def sentence(self) -> str:
        """The whole finding: where, and what must hold there."""
        subject = f"'{self.name}'" if self.pointer else f"The {self.location}"
        return f"{subject} {self.message}."


class ViolationError(MockserverError):
    """A request does not keep to the contract; `violations` holds at least one reason.

    `problems` are fields that the business would refuse besides, where an operation tells both.
    """

    def __init__(
        self, violations: Iterable[Violation], problems: Iterable[FieldProblem] = ()
    ) -> None:
        self.violations = tuple(violations)
        self.problems = tuple(problems)
        told = (*(v.sentence for v in self.violations), *(p.message for p in self.problems))
        super().__init__("; ".join(told))


def shown(value: Any) -> str:
    """The value as it may stand in a message: short, on one line."""
    return _cut(repr(value) if isinstance(value, str) else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def violations_of(
    errors: Iterable[jsonschema_rs.ValidationError],
    location: Location,
    base: tuple[str | int, ...] = (),
) -> list[Violation]:
    """Translate validator errors, one for each member, in the order the validator found them.

    A condition (`anyOf`, `oneOf`) is left out when a member that it is about has a problem of its
    own: with another value there, the condition may hold.
    """
    told: list[tuple[jsonschema_rs.ValidationError, list[Violation]]] = []
    own: set[Pointer] = set()
    members: set[Pointer] = set()
    for error in errors:
        found = list(_translate(error, location, base))
        told.append((error, found))
        pointers = {violation.pointer[len(base) :] for violation in found}
        members |= pointers
        if _keyword(error) not in _CONDITIONS:
            own |= pointers
        if len(members) >= _TOLD:
            break
    seen: dict[Pointer, Violation] = {}
    for error, found in told:
        if not _is_about(error, own):
            for violation in found:
                seen.setdefault(violation.pointer, violation)
    return list(seen.values())


def _is_about(error: jsonschema_rs.ValidationError, pointers: set[Pointer]) -> bool:
    """Whether the error is a condition on a member to which, or into which, a pointer leads."""
    if _keyword(error) not in _CONDITIONS:
        return False
    size = len(error.instance_path) + 1
    wrong = {pointer[:size] for pointer in pointers if len(pointer) >= size}
    return any(_member(child)[:size] in wrong for child in _children(error))


def _member(error: jsonschema_rs.ValidationError) -> Pointer:
    """Where the member is that an error of a branch is about, also when it is missing."""
    path = tuple(error.instance_path)
    missing = _keyword(error) == "required"
    return (*path, error.kind.as_dict()["property"]) if missing else path


def _children(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    branches: list[list[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", None) or []
    return [child for branch in branches for child in branch]


def _translate(
    error: jsonschema_rs.ValidationError, location: Location, base: tuple[str | int, ...]
) -> Iterator[Violation]:
    keyword = _keyword(error)
    pointer = (*base, *error.instance_path)
    if keyword == "required":
        yield Violation(
            location, (*pointer, error.kind.as_dict()["property"]), keyword, "is required"
        )
    elif keyword == "additionalProperties":
        for name in error.kind.as_dict()["unexpected"]:
            yield Violation(location, (*pointer, name), keyword, "is not a known member")
    elif keyword in _CONDITIONS:
        yield from _alternatives(error, location, base, keyword)
    else:
        yield Violation(location, pointer, keyword, _clause(error, keyword), error.instance)


def _keyword(error: jsonschema_rs.ValidationError) -> str:
    return str(error.kind.name)


def _alternatives(
    error: jsonschema_rs.ValidationError,
    location: Location,
    base: tuple[str | int, ...],
    keyword: str,
) -> Iterator[Violation]:
    """Say what would satisfy one of the branches: a missing member first, else all the clauses."""
    children = _children(error)
    missing = [child for child in children if _is_missing(child, error)]
    if missing:
        for child in missing:
            yield from _as_missing(child, location, base)
        return
    pointer = (*base, *error.instance_path)
    if children and all(_keyword(child) == "type" for child in children):
        keyword = "type"
    yield Violation(location, pointer, keyword, _joined(error, children), error.instance)


def _is_missing(child: jsonschema_rs.ValidationError, error: jsonschema_rs.ValidationError) -> bool:
    """Whether a branch fails for want of a member of this object: it is not there, or null."""
    here = len(error.instance_path)
    if _keyword(child) == "required":
        return len(child.instance_path) == here
    is_null = _keyword(child) == "type" and child.instance is None
    return is_null and len(child.instance_path) == here + 1


def _as_missing(
    child: jsonschema_rs.ValidationError, location: Location, base: tuple[str | int, ...]
) -> Iterator[Violation]:
    if _keyword(child) == "required":
        yield from _translate(child, location, base)
    else:
        pointer = (*base, *child.instance_path)
        yield Violation(location, pointer, "required", "is required and must not be null")


def _joined(
    error: jsonschema_rs.ValidationError, children: list[jsonschema_rs.ValidationError]
) -> str:
    here = [child for child in children if list(child.instance_path) == list(error.instance_path)]
    clauses = dict.fromkeys(_clause(child, _keyword(child)) for child in here)
    return " or ".join(clauses) if clauses else "matches none of the allowed forms"


def _clause(error: jsonschema_rs.ValidationError, keyword: str) -> str:
    """What must hold, and what was found instead: the second half of a sentence."""
    details: dict[str, Any] = error.kind.as_dict()
    value: Any = error.instance
    if keyword in _BOUNDS:
        bound, noun = _BOUNDS[keyword]
        found = len(value) if noun else shown(value)
        return f"must {'have' if noun else 'be'} {bound} {details['limit']}{noun}, not {found}"
    if keyword == "type":
        return f"must be {_a(' or '.join(sorted(details['types'])))}, not {_type_name(value)}"
    if keyword == "format":
        return f"must be a valid {details['format']}, not {shown(value)}"
    if keyword == "enum":
        options = ", ".join(
            "null" if option is None else str(option) for option in details["options"]
        )
        return f"must be one of {options}, not {shown(value)}"
    if keyword == "pattern":
        return f"must match {details['pattern']}, not {shown(value)}"
    return (
        "must not hold the same item twice" if keyword == "uniqueItems" else _OTHER.format(keyword)
    )


_OTHER = "breaks the rule '{}'"
_BOUNDS = {
    "minLength": ("at least", " characters"),
    "maxLength": ("at most", " characters"),
    "minItems": ("at least", " items"),
    "maxItems": ("at most", " items"),
    "minProperties": ("at least", " members"),
    "maxProperties": ("at most", " members"),
    "minimum": ("at least", ""),
    "maximum": ("at most", ""),
    "exclusiveMinimum": ("greater than", ""),
    "exclusiveMaximum": ("less than", ""),
}


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1] in "aeio" else f"a {noun}"


def _type_name(value: Any) -> str:
    if value is None:
        return "null"
    kinds = {bool: "a boolean", int: "an integer", float: "a number", str: "a string"}
    return kinds.get(type(value)) or ("an array" if isinstance(value, list) else "an object")
