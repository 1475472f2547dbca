"""What is wrong with a value, said so that a person and a program can both act on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import jsonschema_rs

from mockserver.errors import MockserverError

Location = Literal["path", "query", "header", "cookie", "body"]
_SHOWN = 80
_TOLD = 50


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
    """A request does not keep to the contract; `violations` holds at least one reason."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(violation.sentence for violation in self.violations))


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
    """Translate validator errors, one for each member, in the order the validator found them."""
    seen: dict[tuple[str | int, ...], Violation] = {}
    for error in errors:
        for violation in _translate(error, location, base):
            seen.setdefault(violation.pointer, violation)
        if len(seen) >= _TOLD:
            break
    return list(seen.values())


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
    elif keyword in {"anyOf", "oneOf"}:
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
    branches: list[list[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", None) or []
    children = [child for branch in branches for child in branch]
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
