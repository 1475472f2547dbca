"""JSON pointers (RFC 6901) into JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

Json = Any


class _Missing:
    """Stands for what is not there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "(absent)"

    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()


def parts_of(pointer: str) -> list[str]:
    """The names a pointer goes through; none for the empty pointer."""
    if not pointer:
        return []
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def joined(parts: list[str]) -> str:
    """The pointer that goes through these names."""
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def get(value: Json, pointer: str) -> Json:
    """What is at a pointer, or MISSING."""
    for part in parts_of(pointer):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def put(value: Json, pointer: str, member: Json) -> Json:
    """A copy with something else at a pointer; objects on the way are made."""
    if not pointer:
        return deepcopy(member)
    copied = deepcopy(value)
    at = copied
    *way, last = parts_of(pointer)
    for part in way:
        if isinstance(at, list):
            at = at[int(part)]
        else:
            if not isinstance(at.get(part), dict | list):
                at[part] = {}
            at = at[part]
    if isinstance(at, list):
        at[int(last)] = deepcopy(member)
    else:
        at[last] = deepcopy(member)
    return copied


def dropped(value: Json, pointer: str) -> Json:
    """A copy without the member at a pointer."""
    copied = deepcopy(value)
    *way, last = parts_of(pointer)
    at = get(copied, joined(way))
    if isinstance(at, dict):
        at.pop(last, None)
    elif isinstance(at, list) and last.isdigit() and int(last) < len(at):
        del at[int(last)]
    return copied


def differences(before: Json, after: Json, pointer: str = "") -> Iterator[tuple[str, Json, Json]]:
    """Each place where two values differ, with both; lists of another length differ as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            place = pointer + joined([name])
            yield from differences(before.get(name, MISSING), after.get(name, MISSING), place)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, f"{pointer}/{index}")
    elif before != after or type(before) is not type(after):
        yield pointer, before, after


def matches(pointer: str, pattern: str) -> bool:
    """Whether a pointer fits a pattern or lies below it: `*` is any one name, `**` any way."""
    return _fits(parts_of(pointer), parts_of(pattern))


def _fits(parts: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and pattern[0] in ("*", parts[0]) and _fits(parts[1:], pattern[1:])
