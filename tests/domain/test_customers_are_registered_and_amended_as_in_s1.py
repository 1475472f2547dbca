from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mockserver.domain import bookings, customers, invoices
from mockserver.domain.customers import CustomerStats, NewAddress
from mockserver.domain.records import Identity
from mockserver.domain.rules import Rules
from mockserver.errors import Conflict, NotFound
from tests.domain.business import COAST, EUGENE, HOME, a_dummy, a_world, booked, done, jane, john

OFFICE = NewAddress(
    "789 Business Blvd, Suite 200",
    "Eugene",
    "OR",
    "97401",
    label="Office",
    access_notes="Check in at the front desk. Suite is on the 2nd floor.",
)


def test_a_new_customer_is_active_and_has_no_history() -> None:
    world = a_world()
    customer = john(world)
    assert customer.status == "active"
    assert customers.statistics(world, customer) == CustomerStats(0, 0, None, False)
    assert (customer.preferred_contact, customer.marketing_email_opt_in) == ("email", False)
    assert customers.get(world, customer.id) == customer


def test_the_address_given_becomes_the_default_one() -> None:
    (address,) = jane(a_world(), address=HOME).addresses
    assert (address.label, address.street, address.is_default) == ("Home", "123 Main St", True)
    assert (address.zone_id, address.access_notes) == (EUGENE, None)


def test_a_customer_without_address_has_none() -> None:
    assert jane(a_world()).addresses == ()


def test_an_invitation_is_put_into_the_outbox() -> None:
    world = a_world()
    customer = john(world)
    (mail,) = world.outbox
    assert (mail.kind, mail.to, mail.customer_id) == ("invitation", customer.email, customer.id)
    assert mail.at == world.now()


def test_a_seed_can_register_without_inviting() -> None:
    world = a_world()
    jane(world, invite=False)
    assert len(world.outbox) == 0


def test_preferences_are_accepted_on_creation() -> None:
    customer = jane(a_world(), preferred_contact="sms", marketing_opt_in=True)
    assert (customer.preferred_contact, customer.marketing_email_opt_in) == ("sms", True)


@pytest.mark.parametrize("email", ["john@example.com", "JOHN@Example.COM"])
def test_an_email_in_use_is_refused_whatever_its_case(email: str) -> None:
    world = a_world()
    john(world)
    with pytest.raises(Conflict) as refused:
        jane(world, email=email)
    assert (refused.value.code, refused.value.field) == ("resource_already_exists", "email")
    assert (len(world.customers), len(world.outbox)) == (1, 1)


def test_a_customer_has_two_identities_for_life() -> None:
    world = a_world()
    identity = Identity(id="cust_01HQ3K5M7X", uuid="A1B2C3D4-E5F6-7890-ABCD-EF1234567890")
    customer = jane(world, identity=identity)
    amended = customers.amend(world, customer.id, first_name="Janet")
    assert (amended.id, amended.uuid) == (
        "cust_01HQ3K5M7X",
        "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    )
    for taken in (Identity(id=customer.id), Identity(uuid=customer.uuid)):
        with pytest.raises(Conflict):
            jane(world, email="other@example.com", identity=taken)


def test_only_what_is_given_is_amended() -> None:
    world = a_world()
    customer = john(world)
    world.clock.advance(timedelta(hours=1))
    amended = customers.amend(world, customer.id, phone="+15551112222", preferred_contact="sms")
    assert amended == replace(
        customer,
        phone="+15551112222",
        contact_methods=("sms", "email"),
        updated_at=customer.updated_at + timedelta(hours=1),
    )
    assert customers.get(world, customer.id) == amended


def test_nothing_given_changes_nothing() -> None:
    world = a_world()
    customer = john(world)
    world.clock.advance(timedelta(hours=1))
    assert customers.amend(world, customer.id) == customer


def test_null_clears_the_phone() -> None:
    world = a_world()
    assert customers.amend(world, john(world).id, phone=None).phone is None


def test_preferences_are_merged_key_by_key() -> None:
    world = a_world()
    customer = john(world)
    customers.amend(world, customer.id, preferred_contact="phone")
    customers.amend(world, customer.id, marketing_opt_in=True)
    merged = customers.get(world, customer.id)
    assert (merged.preferred_contact, merged.marketing_email_opt_in) == ("phone", True)


def test_a_null_preference_falls_back_to_its_default() -> None:
    world = a_world()
    customer = jane(world, preferred_contact="sms", marketing_opt_in=True)
    amended = customers.amend(world, customer.id, preferred_contact=None, marketing_opt_in=None)
    assert (amended.preferred_contact, amended.marketing_email_opt_in) == ("email", False)


def test_the_preferred_contact_moves_to_the_front_of_the_methods() -> None:
    world = a_world()
    customer = replace(john(world), contact_methods=("email", "phone", "sms"))
    world.customers.put(customer)
    amended = customers.amend(world, customer.id, preferred_contact="sms")
    assert amended.contact_methods == ("sms", "email", "phone")


def test_amending_to_an_email_of_somebody_else_is_refused_but_not_to_the_own() -> None:
    world = a_world()
    customer = john(world)
    jane(world)
    assert customers.amend(world, customer.id, email="JOHN@example.com").email == "JOHN@example.com"
    with pytest.raises(Conflict):
        customers.amend(world, customer.id, email="Jane@Example.com", first_name="Lost")
    assert customers.get(world, customer.id).first_name == "John"


def test_an_email_another_family_let_two_customers_share_counts_as_taken() -> None:
    world = a_world()
    for _ in range(2):
        a_dummy(world, email="shared@example.com")
    with pytest.raises(Conflict):
        customers.amend(world, john(world).id, email="shared@example.com")


def test_an_added_address_keeps_the_default_unless_it_takes_it() -> None:
    world = a_world()
    customer = john(world)
    office = customers.add_address(world, customer.id, OFFICE)
    assert (office.label, office.is_default, office.access_notes) == (
        "Office",
        False,
        "Check in at the front desk. Suite is on the 2nd floor.",
    )
    customers.add_address(world, customer.id, replace(OFFICE, label="Beach", is_default=True))
    addresses = customers.get(world, customer.id).addresses
    assert [(address.label, address.is_default) for address in addresses] == [
        ("Home", False),
        ("Office", False),
        ("Beach", True),
    ]


def test_a_first_address_is_always_the_default() -> None:
    world = a_world()
    assert customers.add_address(world, jane(world).id, OFFICE).is_default


def test_addresses_are_limited() -> None:
    world = a_world(rules=Rules(most_addresses=2))
    customer = john(world)
    customers.add_address(world, customer.id, OFFICE)
    with pytest.raises(Conflict) as refused:
        customers.add_address(world, customer.id, OFFICE)
    assert refused.value.code == "address_limit_reached"


def test_an_address_belongs_to_the_zone_of_its_zip_code() -> None:
    world = a_world()
    customer = jane(world)
    zones = [
        customers.add_address(world, customer.id, replace(OFFICE, zip=code)).zone_id
        for code in ("97439-1234", "97401", "10001")
    ]
    assert zones == [COAST, EUGENE, None]


@pytest.mark.parametrize(
    "verb",
    [
        lambda world: customers.get(world, "cust_01NOBODY00"),
        lambda world: customers.amend(world, "cust_01NOBODY00", first_name="No"),
        lambda world: customers.add_address(world, "cust_01NOBODY00", OFFICE),
        lambda world: bookings.of_customer(world, "cust_01NOBODY00", bookings.BookingFilter()),
        lambda world: invoices.of_customer(world, "cust_01NOBODY00", invoices.InvoiceFilter()),
    ],
)
def test_an_unknown_customer_is_not_found(verb: Any) -> None:
    with pytest.raises(NotFound) as refused:
        verb(a_world())
    assert refused.value.code == "customer_not_found"


def test_statistics_are_counted_from_bookings_and_invoices() -> None:
    world = a_world()
    customer = john(world)
    first, second = done(world, booked(world, customer)), done(world, booked(world, customer))
    invoices.pay(world, invoices.of_booking(world, first.id)[0].id)
    bookings.cancel(world, booked(world, customer).id)
    booked(world, customer)
    customer = customers.subscribe(world, customer.id, "bi-weekly")
    assert customers.statistics(world, customer) == CustomerStats(
        total_bookings=3,
        total_spent=16275,
        last_booking_at=second.scheduled_at,
        active_subscription=True,
    )


def test_a_paused_subscription_is_not_active() -> None:
    world = a_world()
    customer = customers.subscribe(world, john(world).id, "weekly", status="paused")
    assert not customers.statistics(world, customer).active_subscription
