"""What a test expects to change in a world, held against what did."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Change = dict[str, Any]
Expected = Mapping[str, Any]


class _Removed:
    """Stands for a row or member that is no longer there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = _Removed()
_KINDS = ("added", "changed", "removed")
_LONGEST = 120


def findings(changes: Iterable[Change], expected: Expected, ignore: Iterable[str]) -> list[str]:
    """One line for each difference between a JSON Patch and what was expected; none when it fits.

    A key of `expected` names what may change, every change must be named, and every key must meet
    a change. `*` stands for any one name.

    - `bookings`: a collection; the value counts its rows, `{"added": 1, "changed": 2}`; kinds
      left out are 0.
    - `/bookings/bk_…`: a row; the value is what its members have become (others may have changed
      too), or REMOVED, or `...` for any change.
    - `/bookings/bk_…/status`: one member; the value is what it has become, REMOVED, or `...`.

    Changes of the members in `ignore` are left out of account.
    """
    counted = [change for change in changes if not _is_ignored(change, set(ignore))]
    claimed: set[int] = set()
    lines: list[str] = []
    for key, value in expected.items():
        pattern = _Pattern.read(key)
        met = [index for index, change in enumerate(counted) if pattern.meets(change)]
        claimed.update(met)
        lines.extend(pattern.differences([counted[index] for index in met], value))
    lines.extend(
        f"unexpected  {shown(change)}"
        for index, change in enumerate(counted)
        if index not in claimed
    )
    return lines


def report(lines: Iterable[str], changes: Iterable[Change]) -> str:
    """The message of a failed expectation: what differs, then all that changed."""
    told = [f"  {shown(change)}" for change in changes] or ["  nothing"]
    parts = ["The world did not change as expected:", *(f"  {line}" for line in lines)]
    return "\n".join([*parts, "", "All that changed:", *told])


def shown(change: Change) -> str:
    """One change in one line."""
    value = f" = {_text(change['value'])}" if "value" in change else ""
    return f"{change['op']:<7} {change['path']}{value}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The path of a collection, a row or a member; `*` stands for one name."""

    key: str
    names: tuple[str, ...]

    @classmethod
    def read(cls, key: str) -> _Pattern:
        names = tuple(key.strip("/").split("/"))
        if not all(names):
            raise ValueError(f"{key!r} names nothing: write bookings, or /bookings/bk_…/status.")
        return cls(key, names)

    def meets(self, change: Change) -> bool:
        path = _names(change)
        return len(path) >= len(self.names) and all(
            want in ("*", name) for want, name in zip(self.names, path, strict=False)
        )

    def differences(self, changes: list[Change], value: Any) -> list[str]:
        if len(self.names) == 1:
            return _counts_differ(self.key, changes, value)
        if not changes:
            return [f"missing     {self.key} did not change; expected {_text(value)}"]
        if value is ...:
            return []
        depth = len(self.names)
        groups: dict[tuple[str, ...], list[Change]] = {}
        for change in changes:
            groups.setdefault(_names(change)[:depth], []).append(change)
        found = (_differs("/" + "/".join(at), at, group, value) for at, group in groups.items())
        return [line for lines in found for line in lines]


def _differs(shown_at: str, at: tuple[str, ...], changes: list[Change], want: Any) -> list[str]:
    """How the changes at and beneath one place differ from one wanted value."""
    whole = next((change for change in changes if _names(change) == at), None)
    if whole is not None:
        is_gone = whole["op"] == "remove"
        if want is REMOVED or is_gone:
            met = is_gone and want is REMOVED
            state = "was removed" if is_gone else "is still there"
            return [] if met else [f"different   {shown_at} {state}; expected {_text(want)}"]
        return _value_differs(shown_at, whole["value"], want)
    if not isinstance(want, Mapping):
        return [f"different   {shown_at} changed inside; expected {_text(want)}"]
    lines: list[str] = []
    for name, value in want.items():
        inner = [change for change in changes if _names(change)[len(at)] == name]
        place = f"{shown_at}/{name}"
        if not inner:
            lines.append(f"missing     {place} did not change; expected {_text(value)}")
        elif value is not ...:
            lines.extend(_differs(place, (*at, name), inner, value))
    return lines


def _value_differs(place: str, found: Any, want: Any) -> list[str]:
    """How a value differs from a wanted one; a wanted object need not name every member."""
    if want is ...:
        return []
    if isinstance(want, Mapping) and isinstance(found, Mapping):
        lines: list[str] = []
        for name, value in want.items():
            if name not in found:
                lines.append(f"different   {place} has no {name}; expected {_text(value)}")
            else:
                lines.extend(_value_differs(f"{place}/{name}", found[name], value))
        return lines
    # The wanted value stands on the left, so that unittest.mock.ANY and the like have their say.
    if want == found:
        return []
    return [f"different   {place} = {_text(found)}; expected {_text(want)}"]


def _counts_differ(collection: str, changes: list[Change], want: Any) -> list[str]:
    if want is ...:
        return [] if changes else [f"missing     nothing changed in {collection}"]
    if not isinstance(want, Mapping) or not set(want) <= set(_KINDS):
        raise ValueError(f"{collection!r} wants counts: {{'added': 1, 'changed': 1, 'removed': 1}}")
    rows: dict[str, str] = {}
    for change in changes:
        path = _names(change)
        whole = {"add": "added", "remove": "removed"}.get(change["op"], "changed")
        rows[path[1]] = whole if len(path) == 2 else "changed"
    have = {kind: list(rows.values()).count(kind) for kind in _KINDS}
    return [
        f"different   {collection}: {have[kind]} {kind}, expected {want.get(kind, 0)}"
        for kind in _KINDS
        if have[kind] != want.get(kind, 0)
    ]


def _is_ignored(change: Change, ignore: set[str]) -> bool:
    path = _names(change)
    return len(path) > 2 and path[2] in ignore


def _names(change: Change) -> tuple[str, ...]:
    """The names of a JSON Pointer."""
    parts = str(change["path"]).split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def _text(value: Any) -> str:
    """A value as short JSON."""
    if value is ...:
        return "any change"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except TypeError:
        text = re.sub(r"\s+", " ", repr(value))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
