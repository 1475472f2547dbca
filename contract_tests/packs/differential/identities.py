"""Identities: which id of one server stands for which id of the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from contract_tests import pointers

_NAME = re.compile(r"(^|_)ids?$|^uuid$|[a-z]Ids?$|ID$")


@dataclass
class Identities:
    """A one-to-one relation of ids, learned as records are made and met."""

    there: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)

    def are_known(self, expected: str, got: str) -> bool:
        """Whether one of two texts is an id that was met before."""
        return expected in self.there or got in self.back

    def are_one(self, expected: str, got: str) -> bool:
        """Whether two texts are the ids of one record, as far as was learned."""
        return self.there.get(expected) == got and self.back.get(got) == expected

    def bind(self, expected: str, got: str) -> bool:
        """Learn that two ids stand for one record; False when one of them stands for another."""
        if self.are_known(expected, got):
            return self.are_one(expected, got)
        self.there[expected] = got
        self.back[got] = expected
        return True

    @property
    def are_equal(self) -> bool:
        """Whether every record has the same id on both sides."""
        return all(expected == got for expected, got in self.there.items())


@lru_cache(20_000)
def is_id(pointer: str, patterns: tuple[str, ...] = ()) -> bool:
    """Whether a member names a record, by its name or because it is declared."""
    named = [part for part in pointers.parts_of(pointer) if not part.isdigit()]
    if named and _NAME.search(named[-1]):
        return True
    return any(pointers.matches(pointer, pattern) for pattern in patterns)
