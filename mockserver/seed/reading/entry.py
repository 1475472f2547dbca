"""One mapping of a scenario file, read member by member."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isnan
from typing import Any, TypeVar

from mockserver.clock import parse_day, parse_instant
from mockserver.errors import SetupError

C = TypeVar("C", bound=str)
T = TypeVar("T")

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST = 9_007_199_254_740_991


class Entry:
    """A mapping at a place in a file; a member that is null counts as absent.

    Every method that reads raises ``SetupError`` with file, place, value and what is allowed.
    """

    __slots__ = ("_asked", "_members", "_origin", "place")

    def __init__(self, origin: str, place: str, members: object) -> None:
        """Take the mapping found at ``place`` (``rows.bookings[0]``; empty for the file itself)."""
        self._origin = origin
        self.place = place
        if not isinstance(members, Mapping):
            raise self.misfit(f"is {_shown(members)}: it must be a mapping of names to values")
        self._members = members
        self._asked: dict[str, None] = {}

    def misfit(self, what: str, name: str | None = None) -> SetupError:
        """The error that says what is wrong with the entry, or with one member of it."""
        where = self._path(name) if name else self.place or "the scenario"
        return SetupError(f"{self._origin}: {where} {what}.")

    def close(self) -> None:
        """Refuse members that nobody asked for."""
        for name in self._members:
            if name not in self._asked:
                raise self.misfit(f"is not known: choose from {', '.join(self._asked)}", name)

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self._raw(name) is not None

    def names(self) -> tuple[str, ...]:
        """The names of all members, for mappings whose names are free."""
        return tuple(str(name) for name in self._members)

    def text(
        self, name: str, *, most: int = 200, lines: bool = False, pattern: str = ""
    ) -> str | None:
        """A text of at most ``most`` characters; tabs and line breaks only with ``lines``."""
        value = self._raw(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._unfit(name, value, 'a text (put numbers in quotes: "97401")')
        if len(value) > most:
            raise self.misfit(f"has {len(value)} characters: at most {most} are allowed", name)
        if (_CONTROL_IN_LINES if lines else _CONTROL).search(value):
            raise self._unfit(name, value, "free of control characters")
        if pattern and re.fullmatch(pattern, value) is None:
            raise self._unfit(name, value, f"a text of the form {pattern}")
        return value

    def required_text(self, name: str, *, most: int = 200, pattern: str = "") -> str:
        """A text that has to be there."""
        return self._required(name, self.text(name, most=most, pattern=pattern))

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._raw(name)
        if value is None:
            return default
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            raise self._unfit(name, value, "a list of texts")
        return tuple(value)

    def whole(self, name: str, default: int, *, least: int = 0, most: int = _MOST) -> int:
        """A whole number between two bounds."""
        value = self._raw(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            upper = "" if most == _MOST else f" to {most}"
            raise self._unfit(name, value, f"a whole number from {least}{upper}")
        return value

    def required_whole(self, name: str, *, least: int = 0, most: int = _MOST) -> int:
        """A whole number that has to be there."""
        self._required(name, self._raw(name))
        return self.whole(name, 0, least=least, most=most)

    def share(self, name: str, default: float) -> float:
        """A share of 1, such as 0.25."""
        return float(self.decimal(name, Decimal(str(default)), most=Decimal(1)))

    def decimal(self, name: str, default: Decimal, *, most: Decimal) -> Decimal:
        """A decimal number from 0 to ``most``, exactly as written."""
        value = self._raw(name)
        if value is None:
            return default
        number = Decimal(str(value)) if _is_number(value) else Decimal(-1)
        if not 0 <= number <= most:
            raise self._unfit(name, value, f"a number from 0 to {most}")
        return number

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self._unfit(name, value, "true or false")
        return value

    def choice(self, name: str, allowed: Sequence[C], default: C | None = None) -> C:
        """One of a few texts; it has to be there when there is no default."""
        value = self._raw(name)
        if value is None and default is not None:
            return default
        for option in allowed:
            if value == option:
                return option
        raise self._unfit(name, value, f"one of {', '.join(allowed)}")

    def choices(self, name: str, allowed: Sequence[C], default: tuple[C, ...]) -> tuple[C, ...]:
        """A list of some of a few texts."""
        chosen = self.texts(name, tuple(default))
        known = {str(option): option for option in allowed}
        for value in chosen:
            if value not in known:
                raise self._unfit(name, value, f"a list from {', '.join(allowed)}")
        return tuple(known[value] for value in dict.fromkeys(chosen))

    def instant(self, name: str) -> datetime | None:
        """A date-time such as ``2026-02-26T10:00:00Z``."""
        value = self._raw(name)
        if value is None:
            return None
        try:
            return parse_instant(value if isinstance(value, str) else repr(value))
        except ValueError as error:
            must = "a date-time such as 2026-02-26T10:00:00Z"
            raise self._unfit(name, value, must) from error

    def required_instant(self, name: str) -> datetime:
        """A date-time that has to be there."""
        return self._required(name, self.instant(name))

    def day(self, name: str) -> date | None:
        """A date such as ``2026-02-26``."""
        value = self._raw(name)
        if value is None:
            return None
        try:
            return parse_day(value if isinstance(value, str) else repr(value)).date()
        except ValueError as error:
            raise self._unfit(name, value, "a date such as 2026-02-26") from error

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Any JSON object, empty when absent."""
        value = self._raw(name)
        if value is not None and not isinstance(value, dict):
            raise self._unfit(name, value, "a mapping of names to values")
        return value or {}

    def child(self, name: str) -> Entry:
        """A mapping inside this one, empty when absent."""
        value = self._raw(name)
        return Entry(self._origin, self._path(name), {} if value is None else value)

    def children(self, name: str) -> list[Entry]:
        """The mappings of a list inside this one."""
        value = self._raw(name)
        if value is not None and not isinstance(value, list):
            raise self._unfit(name, value, "a list of mappings")
        path = self._path(name)
        return [
            Entry(self._origin, f"{path}[{index}]", item) for index, item in enumerate(value or [])
        ]

    def _raw(self, name: str) -> Any:
        self._asked[name] = None
        return self._members.get(name)

    def _path(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def _unfit(self, name: str, value: object, must: str) -> SetupError:
        return self.misfit(f"is {_shown(value)}: it must be {must}", name)

    def _required(self, name: str, value: T | None) -> T:
        if value is None:
            raise self.misfit("is missing: give it a value", name)
        return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not isnan(value)


def _shown(value: object) -> str:
    shown = "missing" if value is None else repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."
