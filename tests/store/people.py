"""Rows for the store's tests, and a plain dictionary that answers as a collection must."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from mockserver.store import DuplicateKey, Page, Query, Table


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    badge: str | None = None
    team: str = "red"
    tags: tuple[str, ...] = ()
    score: int | None = 0
    name: str = ""


PEOPLE = Table[Person](
    name="people",
    key=lambda row: row.id,
    unique={"badge": lambda row: row.badge},
    lookups={"name": lambda row: (row.name,), "tag": lambda row: row.tags},
    facets={"team": lambda row: (row.team,), "any_tag": lambda row: row.tags},
    ranges={"score": lambda row: row.score},
    orders={
        "newest": lambda row: (-(row.score or 0), row.id),
        "name": lambda row: (row.name, row.id),
    },
    text=lambda row: f"{row.name} {row.team}",
)


def person(chance: random.Random, number: int) -> Person:
    return Person(
        id=f"p{number}",
        badge=f"b{number}" if chance.random() < 0.7 else None,
        team=chance.choice(("red", "blue", "blue", "Green")),
        tags=tuple(chance.choices("xyz", k=chance.randrange(3))),
        score=chance.choice((None, *range(50))),
        name="".join(chance.choices("abcÄß", k=chance.randrange(7))),
    )


def crowd(size: int, seed: int = 1) -> list[Person]:
    chance = random.Random(seed)
    return [person(chance, number) for number in range(size)]


class Model:
    """What a collection of people must do, said with a dictionary and nothing clever."""

    def __init__(self, rows: Iterable[Person] = ()) -> None:
        self.by_key = {row.id: row for row in rows}

    def copy(self) -> Model:
        return Model(self.by_key.values())

    def put(self, row: Person) -> None:
        holder = self.find(row.badge)
        if holder is not None and holder.id != row.id:
            raise DuplicateKey("people", "badge", row.badge)
        self.by_key[row.id] = row

    def find(self, badge: str | None) -> Person | None:
        holders = (row for row in self.by_key.values() if row.badge == badge)
        return None if badge is None else next(holders, None)

    def rows(self, lookup: str, value: Hashable) -> tuple[Person, ...]:
        values_of = PEOPLE.lookups[lookup]
        return tuple(row for row in self.by_key.values() if value in values_of(row))

    def select(self, query: Query[Person]) -> Page[Person]:
        found = [row for row in self.by_key.values() if _matches(row, query)]
        found.sort(key=PEOPLE.orders[query.order or "newest"], reverse=query.reverse)
        size = len(found) if query.per_page is None else query.per_page
        start = (query.page - 1) * size
        return Page(tuple(found[start : start + size]), len(found), query.page, query.per_page)


def _matches(row: Person, query: Query[Person]) -> bool:
    has: dict[str, Callable[[Person], Iterable[Any]]] = {**PEOPLE.facets, **PEOPLE.lookups}
    assert PEOPLE.text is not None
    return (
        all(value in has[name](row) for name, value in query.equals.items())
        and all(_within(row.score, low, high) for low, high in query.between.values())
        and all(row.score is not None and row.score > low for low in query.after.values())
        and (query.contains or "").casefold() in PEOPLE.text(row).casefold()
        and all(test(row) for test in query.where)
    )


def _within(score: int | None, low: int | None, high: int | None) -> bool:
    if low is None and high is None:
        return True
    return score is not None and (low is None or low <= score) and (high is None or score <= high)
