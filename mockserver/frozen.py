"""Records that never change: made, and made anew with other members, without Python's detours.

A frozen dataclass sets each member by a call of its own, and `dataclasses.replace` asks each field
what it is: for a record of twenty members that costs more than the business done with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["quick", "replace"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """Another record like this one, but for the members that are given; see `quick`."""
        return record.__replace__(**changes)


def quick(cls: type[T]) -> type[T]:
    """Make a frozen dataclass with slots quick to construct and to replace.

    Its members are set on a twin class with the same slots that lets them be set, whose instance
    then becomes one of the frozen class. TypeError for a dataclass whose members do not all lie
    in slots of its own, are made by factories, or are reckoned after it is made.
    """
    members: tuple[Field[Any], ...] = fields(cls)  # type: ignore[arg-type]
    names = [member.name for member in members]
    slots = cls.__dict__.get("__slots__")
    if slots != tuple(names) or hasattr(cls, "__post_init__") or not all(map(_is_plain, members)):
        raise TypeError(f"{cls.__name__} is no dataclass of plain members in slots.")
    twin = type(cls.__name__, (), {"__slots__": slots})
    told = {f"_{m.name}": m.default for m in members if m.default is not MISSING}
    known = {"_twin": twin, "_cls": cls, "_set": object.__setattr__, "_new": object.__new__, **told}
    given = ", ".join(f"{n}=_{n}" if f"_{n}" in told else n for n in names)
    made = "".join(f"\n    self.{name} = {name}" for name in names)
    copied = "".join(f"\n    made.{name} = self.{name}" for name in names)
    init = f'def __init__(self, {given}):\n    _set(self, "__class__", _twin){made}'
    _add(cls, f"{init}\n    self.__class__ = _cls", known)
    again = f"def __replace__(self, /, **changes):\n    made = _new(_twin){copied}"
    again += "\n    for name in changes:\n        setattr(made, name, changes[name])"
    _add(cls, f"{again}\n    made.__class__ = _cls\n    return made", known)
    return cls


def _is_plain(member: Field[Any]) -> bool:
    return member.init and not member.kw_only and member.default_factory is MISSING


def _add(cls: type, source: str, known: dict[str, Any]) -> None:
    """Give a class the function that a source text defines."""
    scope: dict[str, Any] = {}
    exec(source, known, scope)  # noqa: S102  as dataclasses does: the names are those of members
    for name, function in scope.items():
        method: Callable[..., Any] = function
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)
