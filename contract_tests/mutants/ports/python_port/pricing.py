"""What a service costs and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.refusing import Refused

COUPONS: Mapping[str, int] = {"FIRST20": 20}
_TAX_PERCENT = Decimal("8.5")
_MOST_PIECES = 1000
_EXTRA_CENTS, _EXTRA_MINUTES = 3500, 30
_PRODUCTS: Mapping[str, int] = {"prod_jr_full_mattress": 8500}
_PRODUCT_CENTS = 7500


@dataclass(frozen=True, slots=True)
class Quote:
    """A price: what the lines say, and the amounts that follow from them."""

    lines: tuple[tuple[str, int], ...]
    minutes: int
    discount: int = 0

    @property
    def subtotal(self) -> int:
        """All lines together."""
        return sum(cents for _, cents in self.lines)

    @property
    def amounts(self) -> dict[str, int]:
        """Subtotal, discount, tax after it, and total."""
        subtotal = self.subtotal
        return amounts(subtotal, self.discount, _TAX_PERCENT)


def amounts(subtotal: int, discount: int, tax_percent: Decimal) -> dict[str, int]:
    """The members of a price."""
    tax = percent_of(subtotal - discount, tax_percent)
    total = subtotal - discount + tax
    return {"subtotal": subtotal, "discount": discount, "tax": tax, "total": total}


def percent_of(cents: int, percent: Decimal | int) -> int:
    """A share of an amount, half a cent rounded up."""
    exact = Decimal(cents) * percent / 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def coupon_percent(code: str | None) -> int:
    """What a coupon takes off; Refused when there is no such coupon."""
    if code is None:
        return 0
    if code not in COUPONS:
        raise Refused(422, "invalid_coupon", f"Nobody issued a coupon '{code}'.", "coupon_code")
    return COUPONS[code]


def quoted(
    industry: str, configuration: Mapping[str, Any], zone: Row | None, coupon: str | None
) -> Quote:
    """The price of a service in a zone."""
    name, cents, minutes, extras = _SERVICES[industry](configuration)
    if zone is not None:
        cents = percent_of(cents, zone["multiplier_percent"]) + zone["surcharge"]
    lines = ((name, cents), *((f"Extra: {extra}", _EXTRA_CENTS) for extra in extras))
    minutes += _EXTRA_MINUTES * len(extras)
    whole = Quote(lines, minutes)
    return Quote(lines, minutes, percent_of(whole.subtotal, coupon_percent(coupon)))


def zone_of(database: Database, code: str | None) -> Row | None:
    """The zone a ZIP code belongs to."""
    sql = "SELECT zones.* FROM zone_codes JOIN zones ON zones.id = zone WHERE code = ?"
    return database.row(sql, (code or "")[:5])


_Service = tuple[str, int, int, list[str]]


def _cleaning(configuration: Mapping[str, Any]) -> _Service:
    beds, baths = configuration["bedrooms"], configuration["bathrooms"]
    name = f"Cleaning of {beds} bedrooms and {baths} bathrooms"
    cents = 5000 + 2000 * beds + 2000 * baths
    return name, cents, 20 * beds + 30 * baths, configuration.get("extras", [])


def _junk(configuration: Mapping[str, Any]) -> _Service:
    items = configuration.get("items")
    if isinstance(items, list) and items:
        pieces = [_piece(item) for item in items]
    else:
        pieces = [(_count(items), _PRODUCT_CENTS)]
    count = sum(number for number, _ in pieces)
    cents = sum(number * price for number, price in pieces)
    minutes = 30 + 15 * min(count, _MOST_PIECES)
    return f"Removal of junk, pieces: {count}", cents, minutes, []


def _piece(item: Any) -> tuple[int, int]:
    """How many of which price an entry of `items` stands for."""
    if not isinstance(item, dict):
        return 1, _PRODUCT_CENTS
    price = _PRODUCTS.get(str(item.get("product")), _PRODUCT_CENTS)
    return _count(item.get("quantity")), price


def _carpet(configuration: Mapping[str, Any]) -> _Service:
    sections = _count(configuration.get("sections"))
    return f"Carpets, sections: {sections}", 5000 + 3500 * sections, 30 + 30 * sections, []


def _count(number: Any) -> int:
    """A number of things; whatever is no whole number from 1 to 1000 counts as one."""
    is_whole = isinstance(number, int) and not isinstance(number, bool)
    return number if is_whole and 1 <= number <= _MOST_PIECES else 1


_SERVICES = {"cleaning": _cleaning, "junk-removal": _junk, "carpet-cleaning": _carpet}
