from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mockserver.domain import agenda, bookings, invoices
from mockserver.domain.invoices import NewLine
from mockserver.domain.records import Booking, Invoice
from mockserver.domain.world import World
from tests.domain.business import a_world, at, booked, john


def at_time(world: World, now: str) -> int:
    """Set the clock and let things happen; how many did."""
    world.clock.freeze(at(now))
    return agenda.catch_up(world)


def states(world: World, booking: Booking) -> tuple[str, list[str]]:
    """The booking's status, and those of its invoices."""
    issued = invoices.of_booking(world, booking.id)
    return bookings.get(world, booking.id).status, [invoice.status for invoice in issued]


def test_a_booking_starts_completes_and_its_invoice_falls_overdue() -> None:
    world = a_world()
    booking = booked(world, john(world))
    seen = [
        (at_time(world, now), *states(world, booking))
        for now in (
            "2026-02-26T09:59:59Z",
            "2026-02-26T10:00:00Z",
            "2026-02-26T11:59:59Z",
            "2026-02-26T12:00:00Z",
            "2026-03-12T23:59:59Z",
            "2026-03-13T00:00:00Z",
        )
    ]
    assert seen == [
        (0, "confirmed", []),
        (1, "in_progress", []),
        (0, "in_progress", []),
        (1, "completed", ["pending"]),
        (0, "completed", ["pending"]),
        (1, "completed", ["overdue"]),
    ]


def test_one_jump_does_it_all_each_at_its_own_moment() -> None:
    world = a_world()
    booking = booked(world, john(world))
    assert at_time(world, "9998-12-31T23:59:59Z") == 3
    timeline = bookings.get(world, booking.id).timeline
    assert [(entry.status, entry.at) for entry in timeline] == [
        ("confirmed", at("2026-02-20T15:00:00Z")),
        ("in_progress", at("2026-02-26T10:00:00Z")),
        ("completed", at("2026-02-26T12:00:00Z")),
    ]
    (invoice,) = invoices.of_booking(world, booking.id)
    assert (invoice.issued_at, invoice.due_date) == (at("2026-02-26T12:00:00Z"), date(2026, 3, 12))
    assert (invoice.status, invoice.updated_at) == ("overdue", at("2026-03-13T00:00:00Z"))


def test_invoices_are_numbered_in_the_order_services_end() -> None:
    world = a_world()
    customer = john(world)
    later = booked(world, customer, scheduled_at=at("2026-03-02T10:00:00Z"))
    sooner = booked(world, customer, scheduled_at=at("2026-03-01T10:00:00Z"))
    at_time(world, "2026-04-01T00:00:00Z")
    numbers = [invoices.of_booking(world, booking.id)[0].number for booking in (sooner, later)]
    assert numbers == ["INV-2026-00001", "INV-2026-00002"]


def test_a_booking_made_in_the_past_stays_confirmed() -> None:
    world = a_world()
    booking = booked(world, john(world), scheduled_at=at("2026-02-01T10:00:00Z"))
    assert at_time(world, "2026-05-01T00:00:00Z") == 0
    assert states(world, booking) == ("confirmed", [])


def test_what_lies_before_the_start_of_the_world_keeps_its_state() -> None:
    world = a_world(now="2026-02-01T00:00:00Z")
    customer = john(world)
    past = booked(world, customer, scheduled_at=at("2026-02-10T10:00:00Z"))
    running = booked(world, customer, scheduled_at=at("2027-01-01T09:00:00Z"))
    bookings.start(world, running.id)
    world.clock.freeze(at("2027-01-01T10:00:00Z"))
    agenda.begin(world)
    assert at_time(world, "2027-01-01T11:00:00Z") == 1
    assert states(world, past) == ("confirmed", [])
    assert states(world, running) == ("completed", ["pending"])


def test_cancelled_and_rescheduled_bookings_leave_the_agenda() -> None:
    world = a_world()
    customer = john(world)
    gone, moved = booked(world, customer), booked(world, customer)
    bookings.cancel(world, gone.id)
    bookings.amend(world, moved.id, scheduled_at=at("2026-06-01T10:00:00Z"))
    assert at_time(world, "2026-05-01T00:00:00Z") == 0
    assert at_time(world, "2026-06-01T10:00:00Z") == 1
    assert states(world, moved)[0] == "in_progress"


def test_a_paid_invoice_never_falls_overdue_and_one_over_nothing_neither() -> None:
    world = a_world()
    customer = john(world)

    def issued(price: int) -> Invoice:
        line = NewLine("Hour", 1, price)
        return invoices.issue(
            world, customer_id=customer.id, line_items=[line], due_date=date(2026, 3, 1)
        )

    paid, free, owed = issued(100), issued(0), issued(100)
    invoices.pay(world, paid.id)
    assert at_time(world, "2026-03-02T00:00:00Z") == 1
    statuses = [invoices.get(world, invoice.id).status for invoice in (paid, free, owed)]
    assert statuses == ["paid", "pending", "overdue"]


def test_an_invoice_made_after_its_due_date_stays_pending() -> None:
    world = a_world()
    invoice = invoices.issue(
        world,
        customer_id=john(world).id,
        line_items=[NewLine("Hour", 1, 100)],
        due_date=date(2026, 1, 1),
    )
    assert at_time(world, "2026-05-01T00:00:00Z") == 0
    assert invoices.get(world, invoice.id).status == "pending"


def test_a_service_of_no_duration_starts_and_ends_at_once() -> None:
    world = a_world()
    booking = booked(world, john(world), configuration={"bedrooms": 0, "bathrooms": 0})
    assert at_time(world, "2026-02-26T10:00:00Z") == 2
    assert states(world, booking) == ("completed", ["pending"])


def test_a_clock_set_back_brings_nothing_and_time_then_passes_again() -> None:
    world = a_world()
    assert at_time(world, "2026-02-01T00:00:00Z") == 0
    booking = booked(world, john(world), scheduled_at=at("2026-02-10T10:00:00Z"))
    assert at_time(world, "2026-02-10T10:00:00Z") == 1
    assert states(world, booking)[0] == "in_progress"


def test_a_running_clock_needs_no_call_twice_a_second() -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.advance(timedelta(days=7))
    assert (agenda.catch_up(world), agenda.catch_up(world)) == (3 - 1, 0)
    assert states(world, booking)[0] == "completed"


def test_forks_live_their_own_time() -> None:
    world = a_world()
    booking = booked(world, john(world))
    fork = world.fork("other")
    assert at_time(fork, "2026-02-26T10:00:00Z") == 1
    assert (states(fork, booking)[0], states(world, booking)[0]) == ("in_progress", "confirmed")
    assert at_time(world, "2026-02-26T10:00:00Z") == 1
    assert bookings.get(world, booking.id) == bookings.get(fork, booking.id)


def test_a_stored_row_without_due_date_stays_pending() -> None:
    world = a_world()
    invoice = invoices.issue(world, customer_id=john(world).id, line_items=[NewLine("H", 1, 1)])
    world.invoices.put(replace(invoice, due_date=None))
    assert at_time(world, "2027-01-01T00:00:00Z") == 0
