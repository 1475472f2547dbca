"""One thing that an object describes: what is said of it in several members agrees."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from mockserver.engine.data.facts.places import Place, places_of
from mockserver.ids import Ids
from mockserver.locales import maker, plain_letters

T = TypeVar("T")
_POOL = 240


class Pools:
    """Names of a locale, each list drawn from Faker once when it is first needed.

    They depend on the locale alone, so that what is drawn from them does not depend on before.
    """

    def __init__(self, locale: str) -> None:
        self._locale = locale
        territory = locale.partition("_")[2] or locale
        self.places: tuple[Place, ...] = places_of(territory.upper())

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """Given names."""
        return self._draw("first_name")

    @cached_property
    def last_names(self) -> tuple[str, ...]:
        """Family names."""
        return self._draw("last_name")

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """Names of companies."""
        return self._draw("company")

    @cached_property
    def streets(self) -> tuple[str, ...]:
        """Streets with a house number, on one line."""
        return tuple(line.partition("\n")[0] for line in self._draw("street_address"))

    def _draw(self, method: str) -> tuple[str, ...]:
        source = maker(self._locale, ("person", "company", "address"))
        source.seed_instance(Ids(0).stream(f"pools/{self._locale}/{method}").getrandbits(64))
        return tuple(dict.fromkeys(str(getattr(source, method)()) for _ in range(_POOL)))


class Entity:
    """What is known of one thing so far; what is asked for and not known is made up, and kept.

    `main` is the fact that its `name` or `title` tells, `kind` the lower-case words of what it is.
    """

    __slots__ = ("chance", "facts", "kind", "main", "makers", "now", "pools")

    def __init__(
        self,
        chance: random.Random,
        now: datetime,
        pools: Pools,
        makers: Mapping[str, Callable[[Entity], Any]],
        main: str = "phrase",
        kind: tuple[str, ...] = (),
    ) -> None:
        self.chance = chance
        self.now = now
        self.pools = pools
        self.makers = makers
        self.main = main
        self.kind = kind
        self.facts: dict[str, Any] = {}

    def fact(self, name: str) -> Any:
        """What is true of the thing: the same at each asking."""
        if name not in self.facts:
            self.facts[name] = self.makers[name](self)
        return self.facts[name]

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, by chance."""
        return choices[int(self.chance.random() * len(choices))]

    def below(self, limit: int) -> int:
        """A whole number from zero that is less than the limit, by chance."""
        return int(self.chance.random() * limit)


def slug_of(text: str) -> str:
    """A text as it may stand in an address: `harbor-labs`; `item` where nothing is left."""
    parts = (plain_letters(part) for part in text.replace("-", " ").split())
    return "-".join(part for part in parts if part) or "item"
