"""What is wrong with a state that was handed in, gathered while it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mockserver.errors import FieldProblem, NotFound, RuleBroken
from mockserver.store import StoredWorld

MOST = 50
"""So many problems are told; reading stops there."""

_SHOWN = 80


@dataclass(slots=True)
class Finding:
    """One problem; ``path`` leads to it from the inside out and grows while readers return."""

    path: list[str | int]
    code: str
    message: str


Found = list[Finding]
Read = Callable[[Any, Found], Any]


def refuse(found: Found, code: str, message: str, *path: str | int) -> None:
    """Note a problem at a path below the value being read; ``message`` is a clause: "must be …"."""
    found.append(Finding(list(reversed(path)), code, message))


def placed(found: Found, since: int, name: str | int) -> int:
    """Say that all problems noted from number ``since`` on lie in the member ``name``."""
    for finding in found[since:]:
        finding.path.append(name)
    return len(found)


def refuse_unknown_collection(world: StoredWorld, name: str) -> None:
    """Raise NotFound unless the world has a collection of the name."""
    if name not in world.collections:
        known = ", ".join(each for each in world.collections if each[:1] != "_")
        message = f"There is no collection {shown(name)}: choose one of {known}."
        raise NotFound("collection_not_found", message, "collection")


def raise_any(found: Found) -> None:
    """Raise RuleBroken ``invalid_state`` with at most 50 problems, or return when there is none.

    A problem's field is its place in the state, such as ``customers/3/email``: a JSON Pointer
    (RFC 6901) without the leading slash, empty for the state as a whole.
    """
    if not found:
        return
    problems = problems_of(found)
    told = f"{len(found)} problems" if len(found) < MOST else f"at least {MOST} problems"
    raise RuleBroken(
        "invalid_state",
        f"The state was not loaded, nothing was changed: {told}. {problems[0].message}",
        problems[0].field,
        problems,
    )


def problems_of(found: Found) -> tuple[FieldProblem, ...]:
    """The first 50 problems, each with its place."""
    return tuple(
        FieldProblem(field, finding.code, f"{field or 'The value'} {finding.message}.")
        for finding in found[:MOST]
        for field in ["/".join(map(_part, reversed(finding.path)))]
    )


def shown(value: Any) -> str:
    """A value as it may stand in a message: short, on one line."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _cut(repr(value[: _SHOWN + 1]))
    is_huge = isinstance(value, int) and value.bit_length() > 64
    return "a number beyond 64 bits" if is_huge else _cut(str(value))


def _cut(text: str) -> str:
    """The text, shortened when it is long."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _part(name: str | int) -> str:
    """One step of a JSON Pointer, escaped (RFC 6901); a name of a megabyte is cut."""
    return _cut(str(name)).replace("~", "~0").replace("/", "~1")
