"""The sign for "the caller did not name this member", which is something else than null."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeVar

T = TypeVar("T")


class Unset(Enum):
    """The type of :data:`UNSET`, its only value."""

    UNSET = "unset"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""A member the caller left out; ``None`` stands for an explicit null."""


def given(value: T | Unset, otherwise: T) -> T:
    """``value``, or ``otherwise`` when the caller left it out."""
    return otherwise if value is UNSET else value
