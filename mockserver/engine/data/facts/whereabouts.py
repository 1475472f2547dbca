"""Facts about where a thing is and what one pays with there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.data.facts.entity import Entity
from mockserver.engine.data.facts.places import PLACES, Place, place_like

_TELLING = ("city", "country_code", "country_code3", "country", "currency")


def _place(entity: Entity) -> Place:
    for fact in _TELLING:
        known = entity.facts.get(fact)
        place = place_like(known) if isinstance(known, str) else None
        if place is not None:
            return place
    return entity.pick(entity.pools.places if entity.chance.random() < 0.8 else PLACES)


def _postcode(entity: Entity) -> str:
    form: str = entity.fact("place").country.postcode
    return "".join(str(1 + entity.below(9)) if c == "#" else c for c in form)


def _latitude(entity: Entity) -> float:
    return float(round(entity.fact("place").latitude + (entity.chance.random() - 0.5) / 10, 6))


def _longitude(entity: Entity) -> float:
    return float(round(entity.fact("place").longitude + (entity.chance.random() - 0.5) / 10, 6))


def _address(entity: Entity) -> str:
    place = entity.fact("place")
    return f"{entity.fact('street')}, {entity.fact('postcode')} {place.city}"


FACTS: Mapping[str, Callable[[Entity], Any]] = {
    "place": _place,
    "street": lambda e: e.pick(e.pools.streets),
    "street2": lambda e: f"{e.pick(('Apt', 'Suite', 'Unit'))} {1 + e.below(40)}",
    "house_number": lambda e: str(1 + e.below(180)),
    "city": lambda e: e.fact("place").city,
    "region": lambda e: e.fact("place").region,
    "region_code": lambda e: e.fact("place").region_code,
    "postcode": _postcode,
    "country": lambda e: e.fact("place").country.name,
    "country_code": lambda e: e.fact("place").country.code,
    "country_code3": lambda e: e.fact("place").country.code3,
    "currency": lambda e: e.fact("place").country.currency,
    "currency_lower": lambda e: e.fact("currency").lower(),
    "language": lambda e: e.fact("place").country.language,
    "locale": lambda e: f"{e.fact('language')}-{e.fact('country_code')}",
    "locale_underscored": lambda e: f"{e.fact('language')}_{e.fact('country_code')}",
    "timezone": lambda e: e.fact("place").country.zone,
    "address": _address,
    "latitude": _latitude,
    "longitude": _longitude,
}
