"""Every number the business lives by, each with where it comes from.

"Ours" marks a number no source states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

INDUSTRIES = ("cleaning", "junk-removal", "carpet-cleaning")
"""What can be booked (ot/services); a stored row may carry another slug."""

FREQUENCIES = ("one-time", "weekly", "bi-weekly", "monthly")
"""How often a service repeats (S2; ot/pricing, ot/how-book)."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon takes ``percent`` of the subtotal or ``amount_cents``, at most ``cap_cents``."""

    code: str
    percent: Decimal = Decimal(0)
    amount_cents: int = 0
    cap_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of a cleaning; ``label`` is how an invoice calls it."""

    label: str
    price_cents: int
    minutes: int = 30


def _extras() -> Mapping[str, Extra]:
    return MappingProxyType(
        {
            "inside_oven": Extra("Inside Oven Cleaning", 3500),
            "inside_fridge": Extra("Inside Fridge Cleaning", 3500),
            "laundry": Extra("Laundry", 3500),
        }
    )


def _coupons() -> Mapping[str, Coupon]:
    return MappingProxyType({"FIRST20": Coupon("FIRST20", percent=Decimal(20))})


def _junk_products() -> Mapping[str, int]:
    return MappingProxyType({"prod_jr_twin_mattress": 7500, "prod_jr_full_mattress": 8500})


def _no_discounts() -> Mapping[str, Decimal]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one world; percentages are whole percents, ``tax_rate`` is a share of 1."""

    tax_rate: Decimal = Decimal("0.085")
    """8.5 % on the subtotal after discount (S2 sample; ot/invoices)."""

    free_cancellation_hours: int = 24
    """Cancelling is free until so many hours before the service (ruling, domain B.4.5)."""

    fee_percent: int = 50
    """Later it costs this share of the total (ruling, domain B.4.5)."""

    cleaning_base_cents: int = 5000
    """With the next two: 3 bedrooms and 2 bathrooms cost 15000 (S2 sample; domain B.3)."""
    bedroom_cents: int = 2000
    bathroom_cents: int = 2000

    bedroom_minutes: int = 20
    """3 bedrooms and 2 bathrooms take 120 minutes (S2 sample; domain B.3)."""
    bathroom_minutes: int = 30

    most_rooms: int = 20
    """No cleaning counts more bedrooms or bathrooms (ours; as in the contract)."""

    most_configuration_members: int = 20
    """No configuration has more members once merged (ours; as in the contract)."""

    most_addresses: int = 1000
    """No customer has more addresses (ours; as in the contract)."""

    extras: Mapping[str, Extra] = field(default_factory=_extras)
    """Extras of a cleaning, 3500 and 30 minutes each (S2; laundry: ot/how-book)."""

    junk_products: Mapping[str, int] = field(default_factory=_junk_products)
    """Mattresses to haul away (ot/services)."""
    junk_item_cents: int = 7500
    """Any other item: the price of the smallest documented one (ours)."""
    junk_call_minutes: int = 30
    junk_item_minutes: int = 15

    carpet_base_cents: int = 5000
    """With the next: a carpet cleaning by sections (ours; the sources give no price)."""
    carpet_section_cents: int = 3500
    carpet_base_minutes: int = 30
    carpet_section_minutes: int = 30

    frequency_discounts: Mapping[str, Decimal] = field(default_factory=_no_discounts)
    """Percent per frequency; none by default, since the bi-weekly sample has discount 0 (S2)."""

    coupons: Mapping[str, Coupon] = field(default_factory=_coupons)
    """Coupons by code: FIRST20 takes 20 % of the subtotal (S2; domain B.3)."""

    minimum_notice_hours: int | None = None
    """Refuse services sooner than this; off, since the documented sample lies in the past."""
    maximum_horizon_days: int | None = None
    """Refuse services later than this; off likewise (ot/company names 30 days as an example)."""

    payment_due_days: int = 14
    """An invoice is due so many days after it was issued (ruling)."""
    invoice_prefix: str = "INV"
    """INV-2026-00142 (ot/invoices); the prefix is configurable (ot/inv-flow)."""

    merchant_name: str = "Willamette Home Services"
    """The company all bookings are with (ours)."""
    merchant_location: str = "100 Willamette St, Suite 200, Eugene, OR 97401"
    """Where the company itself receives customers (ours)."""
