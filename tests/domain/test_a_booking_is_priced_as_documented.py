from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.domain.customers import NewAddress, add_address
from mockserver.domain.pricing import coupon_of, priced, quote, rounded, share
from mockserver.domain.records import Pricing, Zone
from mockserver.domain.rules import Coupon, Rules
from mockserver.errors import RuleBroken
from tests.domain.business import CLEANING, COAST, a_world, booked, john

RULES = Rules()
OVEN_AND_FRIDGE = {
    "bedrooms": 3,
    "bathrooms": 2,
    "frequency": "one-time",
    "extras": ["inside_oven", "inside_fridge"],
}


def test_the_list_sample_of_s2_costs_16275_and_takes_120_minutes() -> None:
    price = quote(RULES, "cleaning", CLEANING)
    assert price.pricing == Pricing(subtotal=15000, discount=0, tax=1275, total=16275)
    assert price.duration_minutes == 120


def test_the_create_sample_of_s2_costs_19096() -> None:
    price = quote(RULES, "cleaning", OVEN_AND_FRIDGE, coupon=coupon_of(RULES, "FIRST20"))
    assert price.pricing == Pricing(subtotal=22000, discount=4400, tax=1496, total=19096)
    assert price.duration_minutes == 180


def test_the_lines_are_the_service_and_its_extras() -> None:
    lines = quote(RULES, "cleaning", OVEN_AND_FRIDGE).lines
    assert [(line.description, line.total) for line in lines] == [
        ("Residential Cleaning — 3BR/2BA", 15000),
        ("Inside Oven Cleaning", 3500),
        ("Inside Fridge Cleaning", 3500),
    ]


def test_no_frequency_has_a_discount_by_default() -> None:
    for frequency in ("one-time", "weekly", "bi-weekly", "monthly"):
        price = quote(RULES, "cleaning", {**CLEANING, "frequency": frequency})
        assert price.pricing.discount == 0


def test_a_frequency_discount_can_be_configured_as_in_the_invoice_sample() -> None:
    rules = Rules(frequency_discounts={"bi-weekly": Decimal(20)})
    price = quote(rules, "cleaning", {**CLEANING, "extras": ["inside_oven"]})
    assert price.pricing == Pricing(subtotal=18500, discount=3700, tax=1258, total=16058)
    assert price.discount_description == "Bi-weekly subscriber discount (20%)"


def test_the_zone_multiplies_the_base_and_adds_its_surcharge_before_the_extras() -> None:
    zone = Zone(COAST, "Coast", ("97439",), Decimal("1.25"), 1500)
    price = quote(RULES, "cleaning", OVEN_AND_FRIDGE, zone=zone)
    assert price.pricing.subtotal == 15000 * 125 // 100 + 1500 + 7000


def test_a_booking_is_priced_by_the_zone_of_its_address() -> None:
    world = a_world()
    customer = john(world)
    coast = NewAddress("1 Bay St", "Florence", "OR", "97439-1234", is_default=True)
    address = add_address(world, customer.id, coast)
    booking = booked(world, customer, address_id=address.id)
    assert (booking.zone_id, booking.pricing.subtotal) == (COAST, 15000 * 125 // 100 + 1500)


def test_a_coupon_may_take_a_fixed_amount_or_be_capped() -> None:
    fixed = quote(RULES, "cleaning", CLEANING, coupon=Coupon("FIVE", amount_cents=500))
    capped = Coupon("HALF", percent=Decimal(50), cap_cents=2000)
    assert fixed.pricing.discount == 500
    assert quote(RULES, "cleaning", CLEANING, coupon=capped).pricing.discount == 2000


def test_discounts_never_exceed_the_subtotal() -> None:
    coupon = Coupon("ALL", amount_cents=10**9)
    assert quote(RULES, "cleaning", CLEANING, coupon=coupon).pricing == Pricing(15000, 15000, 0, 0)


@pytest.mark.parametrize("code", ["SECOND20", "first20", "FIRST20 ", ""])
def test_an_unknown_coupon_is_refused(code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        coupon_of(RULES, code)
    assert (refused.value.code, refused.value.field) == ("invalid_coupon", "coupon_code")


@pytest.mark.parametrize(
    ("amount", "percent", "cents"), [(16275, 50, 8138), (1, 50, 1), (0, 50, 0), (3, 50, 2)]
)
def test_half_a_cent_is_rounded_up(amount: int, percent: int, cents: int) -> None:
    assert share(amount, percent) == cents


@given(st.integers(0, 10**12), st.decimals(0, 1, places=4))
def test_tax_is_on_the_discounted_amount_and_the_total_adds_up(
    subtotal: int, rate: Decimal
) -> None:
    price = priced(subtotal, subtotal // 5, rate)
    exact = (subtotal - subtotal // 5) * rate
    assert abs(price.tax - exact) <= Decimal("0.5")
    assert price.total == price.subtotal - price.discount + price.tax


@given(st.integers(-(10**9), 10**9))
def test_whole_cents_stay_as_they_are(cents: int) -> None:
    assert rounded(Decimal(cents)) == cents


@pytest.mark.parametrize("industry", ["junk-removal", "carpet-cleaning"])
@given(
    st.dictionaries(
        st.sampled_from(["items", "sections", "frequency", "extras"]) | st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_any_object_describes_the_other_industries(
    industry: str, configuration: dict[str, object]
) -> None:
    price = quote(RULES, industry, configuration)
    assert price.pricing.total > 0
    assert 0 < price.duration_minutes <= 40_000


def test_junk_is_priced_by_its_documented_products() -> None:
    items = [{"product": "prod_jr_full_mattress", "quantity": 2}, {"product": "sofa"}]
    price = quote(RULES, "junk-removal", {"items": items})
    assert price.pricing.subtotal == 2 * 8500 + 7500
    assert price.service_name == "Junk Removal — 3 items"


@pytest.mark.parametrize(
    ("number", "count"),
    [(1, 1), (7, 7), (1000, 1000), (1001, 1), (0, 1), (-3, 1), (3.0, 1), ("3", 1), (True, 1),
     (None, 1), ([], 1)],
)  # fmt: skip
def test_whole_numbers_from_1_to_1000_count_and_all_else_is_one(number: Any, count: int) -> None:
    def subtotal(industry: str, configuration: dict[str, Any]) -> int:
        return quote(RULES, industry, configuration).pricing.subtotal

    assert subtotal("carpet-cleaning", {"sections": number}) == 5000 + 3500 * count
    assert subtotal("junk-removal", {"items": number}) == 7500 * count
    assert subtotal("junk-removal", {"items": [{"quantity": number}]}) == 7500 * count
