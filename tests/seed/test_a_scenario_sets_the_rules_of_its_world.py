"""What a scenario says about the business holds in its world, then and later."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from mockserver.bundle import scenario_directory
from mockserver.clock import Clock, parse_instant
from mockserver.domain import bookings
from mockserver.domain.rules import Coupon, Extra, Rules
from mockserver.domain.world import World
from mockserver.errors import RuleBroken
from mockserver.seed import grow
from tests.seed.growing import NOW, told

STRICT = """
company: {name: Ours, location: 1 Our St}
rules:
  tax_rate: 0.1
  free_cancellation_hours: 72
  fee_percent: 10
  minimum_notice_hours: 24
  maximum_horizon_days: 30
  frequency_discounts: {weekly: 20, monthly: 7.5}
  coupons: {TEN: {percent: 10, cap_cents: 500}}
  extras: {windows: {label: Windows, price_cents: 900, minutes: 15}}
  invoice_prefix: W
customers: {count: 5}
bookings: {confirmed: 10, completed: 10, cancelled: 10, upcoming_days: 90}
"""


def strict() -> World:
    return grow(told(STRICT), seed=1, clock=Clock.frozen(parse_instant(NOW)))


def test_rules_are_those_of_the_scenario() -> None:
    rules = strict().rules
    assert (rules.tax_rate, rules.fee_percent) == (Decimal("0.1"), 10)
    assert rules.free_cancellation_hours == 72
    assert rules.frequency_discounts == {"weekly": Decimal(20), "monthly": Decimal("7.5")}
    assert rules.coupons == {"TEN": Coupon("TEN", percent=Decimal(10), cap_cents=500)}
    assert rules.extras == {"windows": Extra("Windows", 900, 15)}
    assert (rules.merchant_name, rules.merchant_location) == ("Ours", "1 Our St")


def test_what_a_scenario_leaves_out_is_as_documented() -> None:
    assert told("{}").rules == Rules()


def test_every_rule_can_be_set() -> None:
    text = (scenario_directory() / "documented.yaml").read_text(encoding="utf-8")
    explained = text[: text.index("\nname:")]
    unsaid = {rule.name for rule in fields(Rules)} - {"merchant_name", "merchant_location"}
    assert not [name for name in unsaid if name not in explained]


def test_generated_rows_follow_the_rules() -> None:
    world = strict()
    assert all(invoice.number.startswith("W-") for invoice in world.invoices)
    assert all(booking.merchant_name == "Ours" for booking in world.bookings)
    for booking in world.bookings:
        net = booking.pricing.subtotal - booking.pricing.discount
        assert abs(booking.pricing.tax - net / 10) <= 0.5
        if booking.cancellation:
            assert booking.cancellation.free_until == booking.scheduled_at - timedelta(hours=72)
            assert booking.cancellation.fee_percent in (0, 10)


def test_limits_of_booking_bind_callers_but_not_the_past() -> None:
    world = strict()
    customer = next(c for c in world.customers if c.status == "active" and c.addresses)
    with pytest.raises(RuleBroken):
        bookings.book(
            world,
            customer_id=customer.id,
            industry="cleaning",
            configuration={"bedrooms": 1, "bathrooms": 1},
            scheduled_at=world.now() + timedelta(hours=1),
        )
    assert any(b.scheduled_at > world.now() + timedelta(days=30) for b in world.bookings)
