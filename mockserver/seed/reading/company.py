"""The company itself: its rules, zones, staff and the towns around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from mockserver.domain.records import Staff, Zone
from mockserver.domain.rules import FREQUENCIES, Coupon, Extra, Rules
from mockserver.seed.places import OREGON, Place
from mockserver.seed.reading.entry import Entry

ZONE_ID = "zone_[0-9A-Za-z_]{1,50}"
STAFF_ID = "staff_[0-9A-Z]{1,50}"
COUPON = "[A-Z0-9_-]{1,32}"

_MOST_CENTS = 100_000_000
_MOST_OF = {
    "fee_percent": 100,
    "free_cancellation_hours": 8760,
    "minimum_notice_hours": 8760,
    "maximum_horizon_days": 36_500,
    "payment_due_days": 36_500,
    "most_rooms": 20,
    "most_addresses": 1000,
    "most_configuration_members": 20,
}
_HUNDRED = Decimal(100)


def rules(entry: Entry) -> Rules:
    """The sections ``rules`` and ``company``; what is left out keeps its documented value."""
    told, company = entry.child("rules"), entry.child("company")
    usual = Rules()
    changes: dict[str, Any] = {
        "merchant_name": company.text("name") or usual.merchant_name,
        "merchant_location": company.text("location", most=600) or usual.merchant_location,
    }
    for rule in fields(Rules):
        if rule.name not in changes:
            changes[rule.name] = _rule(told, rule.name, getattr(usual, rule.name))
    told.close()
    company.close()
    return Rules(**changes)


def zones(entry: Entry) -> tuple[Zone, ...]:
    """The list ``zones``; a postal code lies in one zone only."""
    found = tuple(_zone(child) for child in entry.children("zones"))
    _refuse_twice(entry, "zones", [zone.id for zone in found])
    _refuse_twice(entry, "zones", [code for zone in found for code in zone.postal_codes])
    return found


def staff(entry: Entry, its_zones: tuple[Zone, ...]) -> tuple[Staff, ...]:
    """The list ``staff``; members name zones by id, none meaning everywhere."""
    zone_ids = [zone.id for zone in its_zones]
    found = tuple(_member(child, zone_ids) for child in entry.children("staff"))
    _refuse_twice(entry, "staff", [member.id for member in found])
    return found


def places(entry: Entry) -> tuple[Place, ...]:
    """The list ``places``, the Willamette Valley in Oregon when absent."""
    if not entry.has("places"):
        return OREGON
    return tuple(_place(child) for child in entry.children("places"))


def _rule(told: Entry, name: str, usual: Any) -> Any:
    if name in _MAPPINGS:
        return _MAPPINGS[name](told.child(name)) if told.has(name) else usual
    if isinstance(usual, Decimal):
        return told.decimal(name, usual, most=Decimal(1))
    if isinstance(usual, str):
        return told.text(name, most=10, pattern="[A-Z0-9]+") or usual
    most = _MOST_OF.get(name, 10_000 if name.endswith("_minutes") else _MOST_CENTS)
    if usual is None and not told.has(name):
        return None
    return told.whole(name, usual or 0, most=most)


def _extras(entry: Entry) -> MappingProxyType[str, Extra]:
    return MappingProxyType({slug: _extra(entry.child(slug)) for slug in entry.names()})


def _extra(entry: Entry) -> Extra:
    extra = Extra(
        entry.required_text("label", most=100),
        entry.required_whole("price_cents", most=_MOST_CENTS),
        entry.whole("minutes", 30, most=10_000),
    )
    entry.close()
    return extra


def _products(entry: Entry) -> MappingProxyType[str, int]:
    prices = {slug: entry.required_whole(slug, most=_MOST_CENTS) for slug in entry.names()}
    return MappingProxyType(prices)


def _discounts(entry: Entry) -> MappingProxyType[str, Decimal]:
    percents = {name: entry.decimal(name, Decimal(0), most=_HUNDRED) for name in FREQUENCIES}
    entry.close()
    return MappingProxyType({name: percent for name, percent in percents.items() if percent})


def _coupons(entry: Entry) -> MappingProxyType[str, Coupon]:
    for code in entry.names():
        if re.fullmatch(COUPON, code) is None:
            raise entry.misfit(f"holds the code {code!r}: it must be of the form {COUPON}")
    return MappingProxyType({code: _coupon(code, entry.child(code)) for code in entry.names()})


def _coupon(code: str, entry: Entry) -> Coupon:
    cap = entry.whole("cap_cents", 0, most=_MOST_CENTS) if entry.has("cap_cents") else None
    coupon = Coupon(
        code,
        entry.decimal("percent", Decimal(0), most=_HUNDRED),
        entry.whole("amount_cents", 0, most=_MOST_CENTS),
        cap,
    )
    entry.close()
    return coupon


_MAPPINGS: MappingProxyType[str, Callable[[Entry], Any]] = MappingProxyType(
    {
        "extras": _extras,
        "junk_products": _products,
        "frequency_discounts": _discounts,
        "coupons": _coupons,
    }
)


def _zone(entry: Entry) -> Zone:
    zone = Zone(
        entry.required_text("id", pattern=ZONE_ID),
        entry.required_text("name"),
        _zips(entry, "postal_codes"),
        entry.decimal("multiplier", Decimal(1), most=_HUNDRED),
        entry.whole("surcharge_cents", 0, most=_MOST_CENTS),
    )
    entry.close()
    return zone


def _member(entry: Entry, zone_ids: list[str]) -> Staff:
    member = Staff(
        entry.required_text("id", pattern=STAFF_ID),
        entry.required_text("name"),
        entry.text("role", most=100) or "Cleaning Technician",
        entry.text("phone", most=30),
        entry.choices("zones", zone_ids, ()),
    )
    entry.close()
    return member


def _place(entry: Entry) -> Place:
    place = Place(
        entry.required_text("city", most=100),
        entry.required_text("state", pattern="[A-Z]{2}"),
        _zips(entry, "zips"),
        entry.texts("area_codes", ("555",)),
        entry.whole("weight", 1, least=1, most=1_000_000),
    )
    entry.close()
    for code in place.area_codes:
        if len(code) != 3 or not (code.isascii() and code.isdigit()) or code[0] in "01":
            raise entry.misfit(f"holds {code!r}: it must hold codes such as '541'", "area_codes")
    return place


def _zips(entry: Entry, name: str) -> tuple[str, ...]:
    codes = entry.texts(name)
    for code in codes:
        if len(code) != 5 or not (code.isascii() and code.isdigit()):
            raise entry.misfit(f"holds {code!r}: it must hold ZIP codes of five digits", name)
    if not codes:
        raise entry.misfit("is missing: name at least one ZIP code", name)
    return codes


def _refuse_twice(entry: Entry, name: str, values: list[str]) -> None:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise entry.misfit(f"names {value!r} twice: each may stand there once", name)
