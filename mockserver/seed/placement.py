"""Putting into a world what a scenario says in full: zones, staff and rows."""

from __future__ import annotations

from dataclasses import replace

from mockserver.domain import customers
from mockserver.domain.records import Booking, Customer, Identity, Invoice, Mail, Staff
from mockserver.domain.world import World
from mockserver.seed.names import draw_pools
from mockserver.seed.phrases import ROLES
from mockserver.seed.scenario import Scenario


def place(world: World, scenario: Scenario) -> None:
    """Put zones, staff and rows into an empty world, each as the scenario says it.

    Invoice numbers go on after the highest running number a row has.
    """
    for zone in scenario.zones:
        world.zones.put(zone)
    for member in scenario.staff:
        world.staff.put(member)
    for customer in scenario.rows.customers:
        _place_customer(world, customer)
    for row in scenario.rows.bookings:
        booking = _place_booking(world, row.booking)
        if row.invoice is not None:
            _place_invoice(world, replace(row.invoice, booking_id=booking.id))
    for invoice in scenario.rows.invoices:
        _place_invoice(world, invoice)
    for mail in scenario.rows.outbox:
        _place_mail(world, mail)
    numbers = [_running_number(invoice) for invoice in world.invoices]
    world.invoices_numbered = max(numbers, default=0)


def hire(world: World, scenario: Scenario) -> None:
    """Make up the rest of the staff; each serves one zone and perhaps a second."""
    if not scenario.more_staff:
        return
    chance = world.ids.stream("seed staff")
    pools = draw_pools(world.ids.stream("seed staff names"), scenario.locale, ())
    zone_ids = [zone.id for zone in scenario.zones]
    for _ in range(scenario.more_staff):
        served = chance.sample(zone_ids, min(len(zone_ids), chance.choice((1, 1, 2))))
        name = f"{chance.choice(pools.first_names)} {chance.choice(pools.last_names)}"
        staff_id = world.claim(world.staff.__contains__, "staff", 8)
        world.staff.put(Staff(staff_id, name, chance.choice(ROLES), None, tuple(sorted(served))))


def _place_customer(world: World, customer: Customer) -> None:
    world.clock.freeze(customer.created_at)
    claimed = customers.identify(world, Identity(id=customer.id, uuid=customer.uuid or None))
    addresses = tuple(
        replace(address, id=address.id or world.ids.prefixed("addr", 10))
        for address in customer.addresses
    )
    subscription = customer.subscription
    if subscription is not None and not subscription.id:
        subscription = replace(subscription, id=world.ids.prefixed("sub", 10))
    world.customers.put(
        replace(customer, uuid=claimed.uuid, addresses=addresses, subscription=subscription)
    )


def _place_booking(world: World, booking: Booking) -> Booking:
    booking_id = world.claim(world.bookings.__contains__, "bk", 14, booking.id or None)
    placed = replace(booking, id=booking_id)
    world.bookings.put(placed)
    return placed


def _place_invoice(world: World, invoice: Invoice) -> None:
    invoice_id = world.claim(world.invoices.__contains__, "inv", 10, invoice.id or None)
    number = invoice.number or _free_number(world, invoice)
    world.invoices.put(replace(invoice, id=invoice_id, number=number))


def _place_mail(world: World, mail: Mail) -> None:
    mail_id = world.claim(world.outbox.__contains__, "mail", 10, mail.id or None)
    world.outbox.put(replace(mail, id=mail_id))


def _free_number(world: World, invoice: Invoice) -> str:
    """The next running number that no row has."""
    while True:
        world.invoices_numbered += 1
        prefix, year = world.rules.invoice_prefix, invoice.issued_at.year
        number = f"{prefix}-{year:04}-{world.invoices_numbered:05}"
        if world.invoices.find("number", number) is None:
            return number


def _running_number(invoice: Invoice) -> int:
    return int(invoice.number.rsplit("-", 1)[1])
