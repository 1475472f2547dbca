"""What a caller prefers for one request, by the header `Prefer` or by `__…` in the query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mockserver.contract import shown
from mockserver.contract.parameters import UndecodableError, decode
from mockserver.wire.steering.prefer import split_prefer

LONGEST_DELAY_MS = 60_000
RESERVED = "__"
# What a preference is called, in lower case, and the one it means.
_KNOWN = {
    "code": "code",
    "statuscode": "code",
    "example": "example",
    "dynamic": "dynamic",
    "seed": "seed",
    "delay": "delay",
    "explain": "explain",
    "handling": "handling",
}
_CODE = re.compile(r"[2-5][0-9]{2}", re.ASCII)
_DELAY = re.compile(r"[0-9]{1,6}", re.ASCII)
_SWITCH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The known preferences of one request; what was not asked for is None or False.

    `delay_ms` is 0 to 60000. `unusable` holds a sentence for each known preference whose value
    means nothing, `notes` one for each that was read in a way the caller may not expect.
    """

    code: int | None = None
    example: str | None = None
    dynamic: bool | None = None
    seed: str | None = None
    delay_ms: int | None = None
    explain: bool = False
    strict: bool = False
    lenient: bool = False
    unusable: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether a documented answer is asked for in place of the living one."""
        return self.code is not None or self.example is not None or self.dynamic is False


NONE = Preferences()


def joined_prefer(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Every `Prefer` header of a request as one, in order (RFC 9110, 5.3); empty without any."""
    return ", ".join(_text(value) for name, value in headers if name.lower() == b"prefer")


def parse_preferences(prefer_header: str, query: str) -> tuple[Preferences, str]:
    """The preferences of a request, and its query string without the names that start with `__`.

    The header goes before the query, and the first of several instances counts (RFC 7240, 2).
    Everything else in the query stays as it was sent. Unknown preferences are ignored.
    """
    may_be_reserved = RESERVED in query or "%5" in query
    if not prefer_header and not may_be_reserved:
        return NONE, query
    reader = _Reader()
    for name, value, is_parameter in split_prefer(prefer_header):
        reader.take(name, value, f"'{name}' after ';'" if is_parameter else "")
    rest = [pair for pair in query.split("&") if not reader.takes_pair(pair)]
    return Preferences(**reader.found), "&".join(rest) if may_be_reserved else query


@dataclass(slots=True)
class _Reader:
    """Collects the members of Preferences, one given name after the other."""

    found: dict[str, Any] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def take(self, given: str, value: str, misplaced: str = "") -> None:
        """Read one preference; `misplaced` says what is odd about where it stood."""
        name = _KNOWN.get(given.lower())
        if name is None:
            return
        if misplaced:
            self._add("notes", f"{misplaced} is taken for a preference; separate them by ','.")
        if name in self._seen:
            self._add("notes", f"'{given}' is given again; the first one counts.")
            return
        self._seen.add(name)
        complaint = self._read(name, value)
        if complaint:
            self._add("unusable", complaint)

    def takes_pair(self, pair: str) -> bool:
        """Read one pair of a query string; whether its name is reserved."""
        raw_name, _, raw_value = pair.partition("=")
        try:
            name = decode(raw_name, plus_is_space=True)
        except UndecodableError:
            return False
        if not name.startswith(RESERVED):
            return False
        if name[2:].lower() not in _KNOWN:
            known = ", ".join(RESERVED + known for known in dict.fromkeys(_KNOWN.values()))
            self._add("notes", f"{shown(name)} is reserved and means nothing; there are {known}.")
            return True
        try:
            self.take(name[2:], decode(raw_value, plus_is_space=True))
        except UndecodableError:
            self._add("unusable", f"{name} is not percent-encoded UTF-8.")
        return True

    def _add(self, member: str, sentence: str) -> None:
        self.found[member] = (*self.found.get(member, ()), sentence)

    def _read(self, name: str, value: str) -> str:
        """Keep the value of a known preference, or say why it cannot be used."""
        if name == "code":
            return self._keep(
                "code", int(value) if _CODE.fullmatch(value) else None,
                f"code must be a status from 200 to 599, not {shown(value)}.",
            )  # fmt: skip
        if name == "delay":
            fits = _DELAY.fullmatch(value) and int(value) <= LONGEST_DELAY_MS
            complaint = f"delay must be 0 to {LONGEST_DELAY_MS} milliseconds, not {shown(value)}."
            return self._keep("delay_ms", int(value) if fits else None, complaint)
        if name in {"dynamic", "explain"}:
            text = value.lower() or ("true" if name == "explain" else "")
            complaint = f"{name} must be true or false, not {shown(value)}."
            return self._keep(name, _SWITCH.get(text), complaint)
        if name == "handling":
            wanted = value.lower() if value.lower() in {"strict", "lenient"} else None
            complaint = f"handling must be strict or lenient, not {shown(value)}."
            return self._keep(wanted or "", True if wanted else None, complaint)
        return self._keep(name, value or None, f"{name} needs a value.")

    def _keep(self, member: str, value: Any, complaint: str) -> str:
        if value is None:
            return complaint
        self.found[member] = value
        return ""


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
