"""The comparison of one value on its way: where it is, which way it goes, what was noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from contract_tests.packs.diff.changes import Direction, Log, Spot, Weight
from contract_tests.packs.diff.flat import Flat

Json = Any
Places = tuple[Flat | Spot | None, Flat | Spot | None]
Values = tuple[Json, Json]
NO_VALUES: Values = (None, None)


@dataclass(slots=True)
class Walk:
    """The comparison of one value that goes one way; `where` says which, `path` where in it.

    `is_text`: the value is sent as text (a parameter, a header), where every number is a string.
    """

    log: Log
    direction: Direction
    where: str
    path: str = ""
    is_text: bool = False
    under_way: set[tuple[str, str]] = field(default_factory=set)

    def stricter(self, what: str, sentence: str, at: Places, values: Values = NO_VALUES) -> None:
        """Fewer values are allowed now."""
        breaks = self.direction is Direction.REQUEST
        self.note(what, Weight.BREAKING if breaks else Weight.COMPATIBLE, sentence, at, values)

    def looser(self, what: str, sentence: str, at: Places, values: Values = NO_VALUES) -> None:
        """More values are allowed now."""
        breaks = self.direction is Direction.RESPONSE
        self.note(what, Weight.BREAKING if breaks else Weight.COMPATIBLE, sentence, at, values)

    def note(
        self, what: str, weight: Weight, sentence: str, at: Places, values: Values = NO_VALUES
    ) -> None:
        """Note a change of this weight."""
        where = f"{self.where} {self.path}" if self.path else self.where
        old, new = (each.spot if isinstance(each, Flat) else each for each in at)
        self.log.add(f"{self.direction}.{what}", weight, f"{where}: {sentence}", old, new, values)
