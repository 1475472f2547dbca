"""What a booking costs: base by zone, extras, discounts, then tax, in that order (ot/pricing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mockserver.domain import services
from mockserver.domain.records import LineItem, Pricing, Zone
from mockserver.domain.rules import Coupon, Rules
from mockserver.errors import RuleBroken
from mockserver.frozen import quick


@quick
@dataclass(frozen=True, slots=True)
class Quote:
    """A price with what it is made of: ``lines`` add up to the subtotal."""

    pricing: Pricing
    duration_minutes: int
    service_name: str
    lines: tuple[LineItem, ...]
    discount_description: str | None


def quote(
    rules: Rules,
    industry: str,
    configuration: Mapping[str, Any],
    *,
    zone: Zone | None = None,
    coupon: Coupon | None = None,
) -> Quote:
    """Price a checked configuration of an offered industry (domain B.3).

    Subtotal is base price times zone multiplier, plus zone surcharge, plus extras; frequency and
    coupon discounts are shares of it and never exceed it together; tax is on what remains.
    """
    work = services.work(rules, industry, configuration)
    base = _in_zone(work.base_cents, zone)
    lines = (LineItem(work.name, 1, base, base), *work.extras)
    subtotal = sum(line.total for line in lines)
    frequency = _frequency(configuration)
    standing = share(subtotal, rules.frequency_discounts.get(frequency, Decimal(0)))
    taken = _coupon_discount(subtotal, coupon) if coupon else 0
    return Quote(
        priced(subtotal, min(standing + taken, subtotal), rules.tax_rate),
        work.minutes,
        work.name,
        lines,
        _description(rules, frequency if standing else None, coupon if taken else None),
    )


def coupon_of(rules: Rules, code: str) -> Coupon:
    """The coupon of a code, exactly as written; ``RuleBroken`` ``invalid_coupon`` when unknown."""
    coupon = rules.coupons.get(code)
    if coupon is None:
        raise RuleBroken(
            "invalid_coupon",
            f"There is no coupon {code!r}: leave it out or use a valid code.",
            "coupon_code",
        )
    return coupon


def priced(subtotal: int, discount: int, tax_rate: Decimal) -> Pricing:
    """Tax on subtotal less discount, and the total (S2; ot/invoices); the rate is a share of 1."""
    tax = rounded((subtotal - discount) * tax_rate)
    return Pricing(subtotal, discount, tax, subtotal - discount + tax)


def share(amount_cents: int, percent: Decimal | int) -> int:
    """So many percent of an amount, in whole cents, half a cent rounded up."""
    return rounded(amount_cents * Decimal(percent) / 100)


def rounded(cents: Decimal) -> int:
    """Whole cents, half a cent rounded up."""
    numerator, denominator = cents.as_integer_ratio()
    return (2 * numerator + denominator) // (2 * denominator)


def _in_zone(base_cents: int, zone: Zone | None) -> int:
    return (
        base_cents if zone is None else rounded(base_cents * zone.multiplier) + zone.surcharge_cents
    )


def _frequency(configuration: Mapping[str, Any]) -> str:
    frequency = configuration.get("frequency")
    return frequency if isinstance(frequency, str) else "one-time"


def _coupon_discount(subtotal: int, coupon: Coupon) -> int:
    taken = share(subtotal, coupon.percent) + coupon.amount_cents
    return taken if coupon.cap_cents is None else min(taken, coupon.cap_cents)


def _description(rules: Rules, frequency: str | None, coupon: Coupon | None) -> str | None:
    parts = []
    if frequency:
        percent = _plain(rules.frequency_discounts[frequency])
        parts.append(f"{frequency.capitalize()} subscriber discount ({percent}%)")
    if coupon:
        size = f" ({_plain(coupon.percent)}%)" if coupon.percent else ""
        parts.append(f"Coupon {coupon.code}{size}")
    return ", ".join(parts) or None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
