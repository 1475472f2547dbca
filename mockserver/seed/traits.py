"""What the grown customers are to be like, dealt out in exact numbers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from mockserver.domain.records import SubscriptionStatus
from mockserver.seed.scenario import CustomerAmounts

Role = Literal["active", "inactive", "deactivated", "blacklisted", "dummy"]
Origin = Literal["otesse", "merchant", "leads"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Traits:
    """What one customer is to be like; ``origin`` is the family that made the record."""

    role: Role
    origin: Origin
    subscription: SubscriptionStatus | None
    has_second_address: bool


def deal_traits(chance: random.Random, amounts: CustomerAmounts) -> tuple[Traits, ...]:
    """The traits of every customer; the numbers are the same whatever the stream."""
    everyone = range(amounts.count)
    number = amounts.number
    roles: dict[int, Role] = _dealt(
        chance,
        everyone,
        ("inactive", number(amounts.inactive_share)),
        ("deactivated", number(amounts.deactivated_share)),
        ("blacklisted", number(amounts.blacklisted_share)),
        ("dummy", number(amounts.dummy_share)),
    )
    full = [index for index in everyone if roles.get(index) != "dummy"]
    origins: dict[int, Origin] = _dealt(
        chance,
        full,
        ("merchant", number(amounts.merchant_share)),
        ("leads", number(amounts.leads_share)),
    )
    subscriptions: dict[int, SubscriptionStatus] = _dealt(
        chance,
        [index for index in everyone if index not in roles],
        ("active", number(amounts.subscription_share)),
        ("paused", number(amounts.paused_share)),
        ("cancelled", number(amounts.unsubscribed_share)),
    )
    second = _dealt(chance, full, (True, number(amounts.second_address_share)))
    return tuple(
        Traits(
            roles.get(index, "active"),
            origins.get(index, "otesse"),
            subscriptions.get(index),
            index in second,
        )
        for index in everyone
    )


def _dealt(chance: random.Random, indexes: Sequence[int], *wanted: tuple[T, int]) -> dict[int, T]:
    """So many of the indexes for each value, nobody twice, until they run out."""
    shuffled = list(indexes)
    chance.shuffle(shuffled)
    dealt: dict[int, T] = {}
    for value, number in wanted:
        for _ in range(min(number, len(shuffled))):
            dealt[shuffled.pop()] = value
    return dealt
