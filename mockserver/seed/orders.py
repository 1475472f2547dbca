"""What gets booked: configurations as customers choose them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.domain import services
from mockserver.domain.rules import Rules
from mockserver.seed.phrases import JUNK, ROOMS
from mockserver.seed.population import Member

_CLEANING = "cleaning"


@dataclass(frozen=True, slots=True)
class Order:
    """An industry with its configuration, and how many minutes the work takes."""

    industry: str
    configuration: Mapping[str, Any]
    minutes: int


class Orders:
    """Draws what a member orders."""

    __slots__ = ("_chance", "_industries", "_rules", "_weights")

    def __init__(
        self, chance: random.Random, rules: Rules, industries: Mapping[str, float]
    ) -> None:
        """Industries are drawn in proportion to their shares."""
        self._chance = chance
        self._rules = rules
        self._industries = tuple(industries)
        self._weights = tuple(industries.values())

    def draw(self, member: Member) -> Order:
        """What a member orders; who has a subscription orders cleanings at its frequency."""
        industry = _CLEANING
        if member.frequency is None:
            industry = self._chance.choices(self._industries, self._weights)[0]
        return self._order(industry, self._configuration(industry, member))

    def cleaning(self, member: Member) -> Order:
        """A cleaning of a member's home, which takes some time in any case."""
        return self._order(_CLEANING, self._rooms(member))

    def _order(self, industry: str, configuration: dict[str, Any]) -> Order:
        work = services.work(self._rules, industry, configuration)
        return Order(industry, configuration, work.minutes)

    def _configuration(self, industry: str, member: Member) -> dict[str, Any]:
        if industry == _CLEANING:
            return self._rooms(member)
        return self._junk() if industry == "junk-removal" else self._carpets()

    def _rooms(self, member: Member) -> dict[str, Any]:
        rooms: dict[str, Any] = {
            "bedrooms": min(member.bedrooms, self._rules.most_rooms),
            "bathrooms": min(member.bathrooms, self._rules.most_rooms),
            "frequency": member.frequency or "one-time",
        }
        extras = tuple(self._rules.extras)
        if extras and self._chance.random() < 0.3:
            number = self._chance.choice((1, 1, min(2, len(extras))))
            rooms["extras"] = sorted(self._chance.sample(extras, number))
        return rooms

    def _junk(self) -> dict[str, Any]:
        chance = self._chance
        items: list[dict[str, Any]] = [
            {"product": product, "quantity": chance.choice((1, 1, 1, 2, 3))}
            for product in chance.sample(JUNK, chance.choice((1, 1, 2, 3)))
        ]
        if self._rules.junk_products and chance.random() < 0.5:
            product = chance.choice(tuple(self._rules.junk_products))
            items.append({"product": product, "quantity": 1})
        return {"items": items}

    def _carpets(self) -> dict[str, Any]:
        rooms = self._chance.sample(ROOMS, self._chance.choice((1, 2, 2, 3, 4)))
        return {"sections": len(rooms), "rooms": rooms}
