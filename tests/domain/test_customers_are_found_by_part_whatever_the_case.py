from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.domain import customers
from mockserver.domain.customers import CustomerFilter
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from tests.domain.business import COAST, EUGENE, HOME, a_dummy, a_world, at, jane, john


def found(world: World, **wanted: Any) -> list[str]:
    """The first names found, in order."""
    page = customers.search(world, CustomerFilter(**wanted))
    return [customer.first_name or "" for customer in page.rows]


@pytest.mark.parametrize(
    "needle",
    [
        "john",
        "SMITH",
        "hn sm",
        "@example.com",
        "JOHN@",
        "+1555123",
        "5551234567",
        "(555) 123-4567",
        "+1 555.123",
        "1-5",
    ],
)
def test_a_part_of_name_email_or_phone_finds(needle: str) -> None:
    world = a_world()
    john(world)
    assert found(world, search=needle) == ["John"]


@pytest.mark.parametrize(
    "needle",
    [
        "smith john",
        "joh n",
        "smithjohn@example.com",
        "com+1555",
        "4567155",
        "555x123",
        "(777)",
        "\x1f",
        "h\x1fj",
        "123 main",
    ],
)
def test_no_needle_spans_two_members_or_finds_elsewhere(needle: str) -> None:
    world = a_world()
    john(world)
    assert found(world, search=needle) == []


def test_digits_are_compared_with_dashed_phones_and_as_written_with_the_rest() -> None:
    world = a_world()
    a_dummy(world, first_name="Dashed", phone_number="+1-214-555-0198")
    a_dummy(world, first_name="Mailed", email="acme.2145@example.com")
    a_dummy(world, first_name="Version", last_name="1.2")
    assert sorted(found(world, search="2145")) == ["Dashed", "Mailed"]
    assert found(world, search="214.555") == ["Dashed"]
    assert sorted(found(world, search="1.2")) == ["Dashed", "Version"]


def test_an_empty_search_asks_nothing() -> None:
    world = a_world()
    john(world)
    assert found(world, search="") == ["John"]


def test_filters_combine() -> None:
    world = a_world()
    john(world)
    customers.change_status(world, jane(world, address=HOME).id, "inactive")
    assert found(world, search="example", status="active") == ["John"]
    assert found(world, status="inactive", zone_id=EUGENE) == ["Jane"]
    assert found(world, status="deactivated") == []
    assert sorted(found(world)) == ["Jane", "John"]


def test_zones_are_those_of_any_address() -> None:
    world = a_world()
    customer = john(world)
    customers.add_address(world, customer.id, replace(HOME, zip="97439"))
    assert found(world, zone_id=EUGENE) == found(world, zone_id=COAST) == ["John"]
    assert found(world, zone_id="zone_01NOWHERE0") == []


def test_subscribers_are_those_with_an_active_subscription() -> None:
    world = a_world()
    customers.subscribe(world, john(world).id, "weekly")
    customers.subscribe(world, jane(world).id, "weekly", status="cancelled")
    assert found(world, has_subscription=True) == ["John"]
    assert found(world, has_subscription=False) == ["Jane"]


def test_created_after_is_strict() -> None:
    world = a_world()
    john(world)
    assert found(world, created_after=at("2026-02-20T15:00:00Z")) == []
    assert found(world, created_after=at("2026-02-20T14:59:59Z")) == ["John"]


def test_the_newest_come_first_and_ties_go_by_id() -> None:
    world = a_world()
    for name in "abc":
        jane(world, first_name=name, email=f"{name}@example.com")
        jane(world, first_name=name, email=f"{name}2@example.com")
        world.clock.advance(timedelta(seconds=1))
    rows = customers.search(world, CustomerFilter()).rows
    assert [row.first_name for row in rows] == ["c", "c", "b", "b", "a", "a"]
    assert [row.id for row in rows[:2]] == sorted(row.id for row in rows[:2])


def test_a_page_past_the_end_is_empty_and_still_counts() -> None:
    world = a_world()
    john(world)
    page = customers.search(world, CustomerFilter(page=9, per_page=25))
    assert (page.rows, page.total, page.total_pages) == ((), 1, 1)


def test_nothing_found_has_no_pages() -> None:
    page = customers.search(a_world(), CustomerFilter())
    assert (page.total, page.total_pages) == (0, 0)


def test_pages_of_a_phone_search_do_not_overlap() -> None:
    world = a_world()
    for index in range(7):
        a_dummy(world, first_name=f"P{index}", phone_number=f"+1-555-000-{index:04}")
    a_dummy(world, first_name="Written", last_name="5-5")
    pages = [found(world, search="5-5", page=page, per_page=3) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert len({name for page in pages for name in page}) == 8


NAMES = st.text("aBcß é1-+.", min_size=1, max_size=5)
PHONES = st.text("+-() 0123", max_size=8)


@given(
    st.lists(st.tuples(NAMES, NAMES, st.none() | NAMES, st.none() | PHONES), max_size=6),
    st.text("aBcß é0123-+().@", min_size=1, max_size=4),
)
def test_search_agrees_with_its_definition(
    people: list[tuple[str, str, str | None, str | None]], needle: str
) -> None:
    world = a_world()
    made = [
        a_dummy(world, first_name=first, last_name=last, email=email, phone_number=phone)
        for first, last, email, phone in people
    ]
    expected = {customer.id for customer in made if _holds(customer, needle)}
    page = customers.search(world, CustomerFilter(search=needle, per_page=None))
    assert {customer.id for customer in page.rows} == expected
    assert page.total == len(expected)


def _holds(customer: Customer, needle: str) -> bool:
    texts = [customer.name, customer.email or "", customer.phone or ""]
    if any(needle.casefold() in text.casefold() for text in texts):
        return True
    number = _digits(needle)
    only_phone = all(character in "0123456789 +-()." for character in needle)
    return only_phone and number != "" and number in _digits(customer.phone or "")


def _digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")
