"""A JSON object read member by member; what is wrong is noted, not raised, until all is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mockserver.clock import parse_instant
from mockserver.contract import shown
from mockserver.errors import FieldProblem

_NAME_MOST = 80


class Members:
    """The members of an object at a place (`effect`; empty for the whole body).

    A member that is not there reads as None, and so does one that is wrong, which adds to
    `problems`; their codes are the JSON Schema keywords that would refuse the value. A null is
    wrong everywhere.
    """

    __slots__ = ("_asked", "_is_object", "_members", "_place", "problems")

    def __init__(self, value: Any, place: str, problems: list[FieldProblem]) -> None:
        self._is_object = isinstance(value, dict)
        self._members: dict[str, Any] = value if self._is_object else {}
        self._asked: set[str] = set()
        self._place = place
        self.problems = problems
        if not self._is_object:
            self._note(place, "type", f"must be an object, not {shown(value)}")

    def note(self, name: str, code: str, clause: str) -> None:
        """Add a problem with one member; the clause says what must hold, and what was found."""
        self._note(f"{self._place}.{name}" if self._place else name, code, clause)

    def has(self, name: str) -> bool:
        """Whether the member is there, wrong or not."""
        self._asked.add(name)
        return name in self._members

    def require(self, name: str) -> None:
        """Note that a member is missing, unless it is there."""
        if self._is_object and not self.has(name):
            self.note(name, "required", "is required")

    def require_any(self) -> None:
        """Note that the object is empty, unless it is not."""
        if self._is_object and not self._members:
            self._note(self._place, "minProperties", "must have at least 1 member")

    def inner(self, name: str) -> Members | None:
        """An object inside this one."""
        if not self.has(name):
            return None
        place = f"{self._place}.{name}" if self._place else name
        return Members(self._members[name], place, self.problems)

    def text(self, name: str, pattern: re.Pattern[str], wanted: str, most: int) -> str | None:
        """A text that the pattern meets whole; `wanted` describes it after "must be"."""
        value = self._typed(name, str, "a string")
        if value is None:
            return None
        if len(value) > most:
            self.note(name, "maxLength", f"must have at most {most} characters, not {len(value)}")
        elif not pattern.fullmatch(value):
            self.note(name, "pattern", f"must be {wanted}, not {shown(value)}")
        else:
            return str(value)
        return None

    def choice(self, name: str, options: Iterable[str]) -> str | None:
        """One of the texts in `options`."""
        if not self.has(name):
            return None
        value, known = self._members[name], tuple(options)
        if value in known:
            return str(value)
        self.note(name, "enum", f"must be one of {', '.join(known)}, not {shown(value)}")
        return None

    def flag(self, name: str) -> bool:
        """Whether the member is there; only true may be said."""
        if not self.has(name):
            return False
        if self._members[name] is not True:
            self.note(name, "enum", f"must be true or left out, not {shown(self._members[name])}")
        return True

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within two bounds, written without a fraction."""
        value = self._typed(name, int, "a whole number")
        return value if value is not None and self._within(name, value, least, most) else None

    def share(self, name: str) -> float | None:
        """A number from 0 to 1."""
        value = self._typed(name, (int, float), "a number")
        return float(value) if value is not None and self._within(name, value, 0, 1) else None

    def whole_or_range(self, name: str, least: int, most: int) -> tuple[int, int] | None:
        """A whole number (twice), or a list of two of them."""
        if not isinstance(self._members.get(name), list):
            value = self.whole(name, least, most)
            return None if value is None else (value, value)
        self._asked.add(name)
        pair = self._members[name]
        if len(pair) != 2 or any(type(part) is not int for part in pair):
            self.note(name, "oneOf", f"must be one or two whole numbers, not {shown(pair)}")
        elif all(self._within(name, part, least, most) for part in pair):
            return pair[0], pair[1]
        return None

    def instant(self, name: str) -> datetime | None:
        """An RFC 3339 date-time."""
        value = self._typed(name, str, "a string")
        if value is None:
            return None
        try:
            return parse_instant(value)
        except ValueError:
            wanted = "a date-time such as 2026-02-26T10:00:00Z"
            self.note(name, "format", f"must be {wanted}, not {shown(value)}")
            return None

    def close(self) -> None:
        """Note the members that nobody asked for."""
        for name in self._members:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.note(
                    name[:_NAME_MOST],
                    "additionalProperties",
                    f"is not a known member: choose from {known}",
                )

    def _note(self, field: str, code: str, clause: str) -> None:
        subject = f"'{field}'" if field else "The body"
        self.problems.append(FieldProblem(field, code, f"{subject} {clause}."))

    def _typed(self, name: str, kind: type | tuple[type, ...], wanted: str) -> Any:
        if not self.has(name):
            return None
        value = self._members[name]
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        self.note(name, "type", f"must be {wanted}, not {shown(value)}")
        return None

    def _within(self, name: str, value: float, least: int, most: int) -> bool:
        if least <= value <= most:
            return True
        code = "minimum" if value < least else "maximum"
        self.note(name, code, f"must be from {least} to {most}, not {shown(value)}")
        return False
