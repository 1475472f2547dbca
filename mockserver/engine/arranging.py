"""The rows that a list shows, narrowed and sorted, and again after few of them have changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import is_, is_not
from typing import Any

from mockserver.engine.listing import Question
from mockserver.engine.world import Row

_FEW = 64
_MOST_ROWS = 100_000
_LEAST = 50  # what an arrangement without rows counts for


class Arrangements:
    """The latest arrangements, of at most `_MOST_ROWS` rows together."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Arranged] = {}
        self._weight = 0

    def rows(
        self, key: Hashable, source: tuple[Row, ...], ask: Callable[[], Question]
    ) -> list[Row]:
        """The rows of `source` that a question asks for, in its order; not to be changed.

        A key belongs to one question, and is best given rows of one place of one world.
        """
        known = self._known.pop(key, None)
        if known is not None:
            self._weight -= _weight(known)
        arranged = Arranged.of(ask(), source) if known is None else known.followed(source)
        self._known[key] = arranged
        self._weight += _weight(arranged)
        while self._weight > _MOST_ROWS and len(self._known) > 1:
            self._weight -= _weight(self._known.pop(next(iter(self._known))))
        return arranged.rows


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows that meet a question, in its order: what `question.answered` gives for `source`.

    `numbers` tells of each row of `source`, by its identity, where it stood among them.
    """

    question: Question
    source: tuple[Row, ...]
    rows: list[Row]
    numbers: dict[int, int]

    @classmethod
    def of(cls, question: Question, source: tuple[Row, ...]) -> Arranged:
        """Look at every row."""
        numbers = dict(zip(map(id, source), count(), strict=False))
        return cls(question, source, question.answered(source), numbers)

    def followed(self, source: tuple[Row, ...]) -> Arranged:
        """The same question about rows of which few have been replaced, added or taken out."""
        if source is self.source:
            return self
        changed = _changed(self.source, source)
        if changed is None:
            return Arranged.of(self.question, source)
        gone, come = changed
        twin = Arranged(self.question, source, self.rows.copy(), self.numbers.copy())
        is_done = all(twin._without(row) for row in gone)
        if not is_done:
            return Arranged.of(self.question, source)
        number = self._next_number()
        freed = [self.numbers[id(row)] for row in gone]
        for row, own in zip(come, [*freed, *range(number, number + len(come))], strict=False):
            twin._with(row, own)
        return twin

    def _next_number(self) -> int:
        return self.numbers[id(self.source[-1])] + 1 if self.source else 0

    def _key(self, row: Row) -> tuple[Any, ...]:
        return self.question.key(row, self.numbers[id(row)])

    def _without(self, row: Row) -> bool:
        """Take a row out; False for one that is not where its order says."""
        if self.question.holds(row):
            at = bisect_left(self.rows, self._key(row), key=self._key)
            if at == len(self.rows) or self.rows[at] is not row:
                return False
            del self.rows[at]
        del self.numbers[id(row)]
        return True

    def _with(self, row: Row, number: int) -> None:
        self.numbers[id(row)] = number
        if self.question.holds(row):
            self.rows.insert(bisect_left(self.rows, self._key(row), key=self._key), row)


def _weight(arranged: Arranged) -> int:
    return _LEAST + len(arranged.source)


def _changed(before: Sequence[Row], now: Sequence[Row]) -> tuple[list[Row], list[Row]] | None:
    """The rows that are gone, and those in their places and after them; None if that is too many.

    A row that came is either in the place of one that is gone or behind all others.
    """
    fewer = len(before) - len(now)
    if fewer > 0:
        at = next(compress(count(), map(is_not, before, now)), len(now))
        is_cut = fewer <= _FEW and all(map(is_, before[at + fewer :], now[at:]))
        return (list(before[at : at + fewer]), []) if is_cut else None
    places = list(compress(count(), map(is_not, before, now)))
    if len(places) - fewer > _FEW:
        return None
    come = [now[place] for place in places]
    return [before[place] for place in places], [*come, *now[len(before) :]]
