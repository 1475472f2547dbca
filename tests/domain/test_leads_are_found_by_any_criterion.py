from __future__ import annotations

from typing import Any

import pytest

from mockserver.domain import customers, leads
from mockserver.domain.customers import NewAddress
from mockserver.domain.leads import LeadFields
from mockserver.domain.world import World
from mockserver.errors import BadRequest
from tests.domain.business import a_dummy, a_world, john


def a_few() -> World:
    """John Smith, John Doe of Dallas, and Ann Lee, made in this order."""
    world = a_world()
    john(world)
    doe = LeadFields(
        first_name="John",
        last_name="Doe",
        email="john.doe@acmeheating.com",
        address1="123 Main St",
        address2="Suite 200",
        city="Dallas",
        state="TX",
        zip="75201",
    )
    leads.create(world, doe)
    a_dummy(world, first_name="Ann", last_name="Lee", phone_number="+1-214-555-0198")
    return world


def names(found: tuple[Any, ...]) -> list[str]:
    """The last names in the order found."""
    return [customer.last_name for customer in found]


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"first_name": "OHN"}, ["Smith", "Doe"]),
        ({"first_name": "smith"}, []),
        ({"email": "ACMEheating"}, ["Doe"]),
        ({"phone": "2145550198"}, ["Lee"]),
        ({"phone": "+1 (214) 555"}, ["Lee"]),
        ({"phone": "555"}, ["Smith", "Lee"]),
        ({"phone": "none"}, []),
        ({"phone": "2145550198", "first_name": "john"}, ["Smith", "Doe", "Lee"]),
        ({"phone": "000000", "email": "", "first_name": "Ann"}, ["Lee"]),
        ({"phone": "", "email": "", "first_name": ""}, []),
        ({}, []),
    ],
)
def test_one_criterion_met_is_enough(criteria: dict[str, str], found: list[str]) -> None:
    assert names(leads.search(a_few(), **criteria)) == found


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"address1": "main"}, ["Smith", "Doe"]),
        ({"address1": "123 MAIN ST", "city": "dallas"}, ["Doe"]),
        ({"city": "Dal"}, []),
        ({"zip": "75201"}, ["Doe"]),
        ({"zip": "7520"}, []),
        ({"state": "tx", "address2": "suite 200"}, ["Doe"]),
        ({"state": "OR", "zip": "75201"}, []),
        ({"state": "OR", "city": ""}, ["Smith"]),
    ],
)
def test_an_address_must_meet_all_criteria(criteria: dict[str, str], found: list[str]) -> None:
    assert names(leads.by_address(a_few(), **criteria)) == found


def test_only_the_default_address_counts() -> None:
    world = a_few()
    office = NewAddress("1 Bay St", "Florence", "OR", "97439", label="Office")
    customers.add_address(world, "cust_01HQ3K5M7N", office)
    assert leads.by_address(world, city="Florence") == ()


@pytest.mark.parametrize("criteria", [{}, {"city": "", "zip": ""}])
def test_an_address_search_needs_a_criterion(criteria: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        leads.by_address(a_few(), **criteria)
