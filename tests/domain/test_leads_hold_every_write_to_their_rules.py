from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mockserver.domain import customers, leads, merchant
from mockserver.domain.customers import NewAddress
from mockserver.domain.leads import LeadFields
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.errors import RuleBroken
from tests.domain.business import EUGENE, a_dummy, a_world, jane, john

SAM = LeadFields(
    first_name="Sam",
    last_name="Wilson",
    company_name="Stark Industries",
    email="sam.wilson@test.com",
    phone_number="+14155552671",
    preferred_contact_methods=("Email", "Phone"),
    address1="123 Main St",
    address2="Suite 100",
    city="Dallas",
    state="TX",
    zip="75001",
    marketing_email_opt_in=True,
    marketing_sms_opt_in=False,
)
NAMED = LeadFields(first_name="Sam", last_name="Wilson", email="sam@test.com")


def problems(call: Any, *arguments: Any, **members: Any) -> set[tuple[str, str]]:
    """Field and code of every problem a refused call tells."""
    with pytest.raises(RuleBroken) as refused:
        call(*arguments, **members)
    assert refused.value.code == "validation_error"
    return {(problem.field, problem.code) for problem in refused.value.problems}


def test_the_sample_body_makes_a_customer_all_families_see() -> None:
    world = a_world()
    sam = leads.create(world, SAM)
    assert sam.display_name == "Sam Wilson - Stark Industries"
    assert sam.contact_methods == ("email", "phone")
    assert (sam.marketing_email_opt_in, sam.marketing_sms_opt_in) == (True, False)
    address = sam.default_address
    assert address is not None
    assert (address.street, address.unit, address.city) == ("123 Main St", "Suite 100", "Dallas")
    assert leads.get(world, sam.uuid) == merchant.get(world, sam.uuid) == sam
    assert customers.get(world, sam.id) == sam


def test_names_and_one_contact_are_enough() -> None:
    sam = leads.create(a_world(), NAMED)
    assert (sam.contact_methods, sam.addresses, sam.company) == ((), (), None)
    assert (sam.marketing_email_opt_in, sam.marketing_sms_opt_in) == (False, False)
    assert sam.status == "active"


def test_duplicates_are_allowed() -> None:
    world = a_world()
    leads.create(world, SAM)
    leads.create(world, SAM)
    assert len(world.customers) == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"first_name": None}, {("firstName", "REQUIRED")}),
        ({"last_name": "  "}, {("lastName", "REQUIRED")}),
        ({"first_name": "S"}, {("firstName", "INVALID_LENGTH")}),
        ({"first_name": " S "}, {("firstName", "INVALID_LENGTH")}),
        ({"last_name": "W" * 51}, {("lastName", "INVALID_LENGTH")}),
        ({"last_name": "W1lson"}, {("lastName", "INVALID_FORMAT")}),
        ({"last_name": "Wil\nson"}, {("lastName", "INVALID_FORMAT")}),
        ({"email": "no address"}, {("email", "INVALID_FORMAT")}),
        ({"phone_number": "4155552671"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"phone_number": "+1-214-555-0198"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"phone_number": "+0155552671"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"phone_number": "+1" + "2" * 15}, {("phoneNumber", "INVALID_FORMAT")}),
        (
            {"email": None, "phone_number": None, "marketing_email_opt_in": False},
            {("email", "REQUIRED"), ("phoneNumber", "REQUIRED")},
        ),
        ({"email": None}, {("email", "REQUIRED")}),
        ({"phone_number": None, "marketing_sms_opt_in": True}, {("phoneNumber", "REQUIRED")}),
        (
            {"preferred_contact_methods": ("Email", "email", "Fax")},
            {
                ("preferredContactMethods[1]", "INVALID_VALUE"),
                ("preferredContactMethods[2]", "INVALID_VALUE"),
            },
        ),
        (
            {"first_name": "S", "last_name": None, "email": "x", "phone_number": "y"},
            {
                ("firstName", "INVALID_LENGTH"),
                ("lastName", "REQUIRED"),
                ("email", "INVALID_FORMAT"),
                ("phoneNumber", "INVALID_FORMAT"),
            },
        ),
    ],
)
def test_all_problems_are_told_at_once_on_create_and_update(
    changes: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    world = a_world()
    assert problems(leads.create, world, replace(SAM, **changes)) == expected
    assert len(world.customers) == 0
    sam = leads.create(world, SAM)
    assert problems(leads.update, world, sam.uuid, LeadFields(**changes)) == expected
    assert leads.get(world, sam.uuid) == sam


@pytest.mark.parametrize("name", ["Al", "W" * 50, " Al ", "Ólafur-Þór O'Neil"])
def test_names_of_2_to_50_characters_are_kept_as_given(name: str) -> None:
    sam = leads.create(a_world(), replace(SAM, first_name=name))
    assert sam.first_name == name


def test_repeated_contact_methods_are_dropped() -> None:
    methods = ("SMS", "Email", "SMS")
    sam = leads.create(a_world(), replace(SAM, preferred_contact_methods=methods))
    assert (sam.contact_methods, sam.preferred_contact) == (("sms", "email"), "sms")


def test_an_update_keeps_what_is_absent_and_clears_what_is_null() -> None:
    world = a_world()
    sam = leads.create(world, SAM)
    world.clock.advance(timedelta(hours=1))
    fields = LeadFields(
        last_name="Wilder",
        company_name=None,
        phone_number=None,
        preferred_contact_methods=None,
        marketing_email_opt_in=None,
    )
    assert leads.update(world, sam.uuid.upper(), fields) == replace(
        sam,
        last_name="Wilder",
        company=None,
        phone=None,
        contact_methods=(),
        marketing_email_opt_in=False,
        updated_at=world.now(),
    )


def test_an_empty_update_changes_nothing() -> None:
    world = a_world()
    sam = leads.create(world, SAM)
    world.clock.advance(timedelta(hours=1))
    assert leads.update(world, sam.uuid, LeadFields()) == sam


def test_address_members_change_the_default_address_alone() -> None:
    world = a_world()
    customer = john(world)
    office = NewAddress("1 Bay St", "Florence", "OR", "97439", label="Office")
    customers.add_address(world, customer.id, office)
    fields = LeadFields(address2="Suite 9", zip="10001", address1=None)
    home, other = leads.update(world, customer.uuid, fields).addresses
    assert (home.street, home.unit, home.city, home.zip) == (None, "Suite 9", "Eugene", "10001")
    assert (home.id, home.label, home.zone_id) == ("addr_01HQ3K5M7N", "Home", None)
    assert other.street == "1 Bay St"


def test_a_customer_without_address_gets_one() -> None:
    world = a_world()
    customer = jane(world)
    assert leads.update(world, customer.uuid, LeadFields(city=None)).addresses == ()
    (address,) = leads.update(world, customer.uuid, LeadFields(zip="97401")).addresses
    assert (address.is_default, address.zone_id, address.street) == (True, EUGENE, None)


@pytest.mark.parametrize("members", [{"address2": ""}, {"address2": "", "city": "Dallas"}])
def test_an_empty_text_of_an_address_is_kept_on_create_as_on_update(
    members: dict[str, Any],
) -> None:
    world = a_world()
    made = leads.create(world, replace(NAMED, **members))
    first = leads.update(world, leads.create(world, NAMED).uuid, LeadFields(**members))
    again = leads.update(world, leads.create(world, SAM).uuid, LeadFields(**members))
    assert [len(each.addresses) for each in (made, first, again)] == [1, 1, 1]
    assert [each.addresses[0].unit for each in (made, first, again)] == ["", "", ""]
    assert made.addresses[0].street is first.addresses[0].street is None


def test_nulls_alone_make_no_address() -> None:
    made = leads.create(a_world(), replace(NAMED, address1=None, zip=None))
    assert made.addresses == ()


def test_a_phone_another_family_wrote_may_stay_but_not_be_written() -> None:
    world = a_world()
    customer = merchant.add(
        world, first_name="John", last_name="Doe", phone_number="+1-214-555-0198"
    )
    updated = leads.update(world, customer.uuid, LeadFields(company_name="Acme"))
    assert (updated.phone, updated.company) == ("+1-214-555-0198", "Acme")
    again = LeadFields(phone_number="+1-214-555-0199")
    assert problems(leads.update, world, customer.uuid, again) == {
        ("phoneNumber", "INVALID_FORMAT")
    }


def test_the_merged_record_must_satisfy_the_rules() -> None:
    world = a_world()
    dummy = a_dummy(world, first_name="", phone_number=None)
    assert problems(leads.update, world, dummy.uuid, LeadFields(city="Eugene")) == {
        ("firstName", "REQUIRED"),
        ("email", "REQUIRED"),
        ("phoneNumber", "REQUIRED"),
    }


def test_an_unknown_customer_is_a_problem_of_its_id() -> None:
    world = a_world()
    unknown = "00000000-0000-4000-8000-000000000000"
    assert problems(leads.update, world, unknown, SAM) == {("customerId", "NOT_FOUND")}
    assert leads.get(world, unknown) is None


def test_an_id_in_the_body_must_be_that_of_the_path() -> None:
    world = a_world()
    sam, other = leads.create(world, SAM), leads.create(world, SAM)
    assert leads.update(world, sam.uuid, LeadFields(), body_id=sam.uuid.upper()) == sam
    assert problems(leads.update, world, sam.uuid, SAM, body_id=other.uuid) == {
        ("customerId", "INVALID_VALUE")
    }


def test_an_update_tells_what_its_id_and_what_the_record_would_lack() -> None:
    world = a_world()
    sam, other = leads.create(world, NAMED), leads.create(world, SAM)
    cleared = LeadFields(email=None)
    assert problems(leads.update, world, sam.uuid, cleared, body_id=other.uuid) == {
        ("customerId", "INVALID_VALUE"),
        ("email", "REQUIRED"),
        ("phoneNumber", "REQUIRED"),
    }


def test_the_contact_choices_are_the_ones_of_the_customers_api() -> None:
    world: World = a_world()
    customer: Customer = john(world)
    methods = LeadFields(preferred_contact_methods=("Phone", "Email"), marketing_email_opt_in=True)
    leads.update(world, customer.uuid, methods)
    seen = customers.get(world, customer.id)
    assert (seen.preferred_contact, seen.marketing_email_opt_in) == ("phone", True)
