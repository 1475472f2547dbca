"""Mutants that break a rule about bookings, and about the customers that they belong to."""

from __future__ import annotations

from contract_tests.mutants.faults import bookings
from contract_tests.mutants.layers import told
from contract_tests.mutants.mutant import Mutant, replaced

_BOOKABLE = "mockserver.domain.bookings:_bookable"

BOOKINGS: tuple[Mutant, ...] = (
    Mutant(
        "blacklisted-customer-books",
        "rules",
        "A blacklisted customer can be booked.",
        "POST /v1/bookings for one answers 201 instead of 409.",
        ("createBooking", "blacklistMerchantCustomer"),
        replaced(_BOOKABLE, bookings.blacklist_not_asked),
        'made = customer(); one = uuid(made["email"]); '
        'put(f"/api/v1/merchant/customers/{one}/blacklist", {"id": one})\n'
        "ok = booking(made.id).status == 409",
    ),
    Mutant(
        "inactive-customer-books",
        "rules",
        "A customer that is not active can be booked.",
        "POST /v1/bookings for an inactive customer answers 201 instead of 422.",
        ("createBooking",),
        replaced(_BOOKABLE, bookings.any_status_bookable),
        'post("/v1/customers/cust_01HQ4A7C2D/addresses", address())\n'
        'ok = booking("cust_01HQ4A7C2D").status == 422',
    ),
    Mutant(
        "moved-to-a-foreign-address",
        "rules",
        "A booking can be moved to the address of another customer.",
        "PATCH /v1/bookings/{id} with one answers 200 instead of 422.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:_moved", bookings.foreign_address_on_update),
        'changes = {"address_id": "addr_01HQ3K5M7N"}\n'
        'ok = patch(f"/v1/bookings/{booking().id}", changes).status == 422',
    ),
    Mutant(
        "cancelled-booking-editable",
        "rules",
        "A cancelled booking can be changed.",
        "PATCH /v1/bookings/{id} of one answers 200 instead of 409.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:amend", bookings.cancelled_editable),
        'path = f"/v1/bookings/{booking().id}"; post(f"{path}/cancel")\n'
        'ok = patch(path, {"notes": "Too late"}).status == 409',
    ),
    Mutant(
        "cancelled-twice",
        "rules",
        "A cancelled booking can be cancelled again.",
        "A second POST /v1/bookings/{id}/cancel answers 200 instead of 409.",
        ("cancelBooking",),
        replaced("mockserver.domain.booking_progress:cancel", bookings.cancelled_again),
        'path = f"/v1/bookings/{booking().id}/cancel"; post(path)\nok = post(path).status == 409',
    ),
    Mutant(
        "offset-of-times-dropped",
        "rules",
        "The offset of the time of a booking is dropped instead of reckoned.",
        "POST /v1/bookings at 10:00+02:00 answers `scheduled_at` 10:00Z instead of 08:00Z.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.api.instants:read_instant", bookings.offset_dropped),
        'made = booking(scheduled_at="2026-03-30T10:00:00+02:00")\n'
        'ok = made["scheduled_at"] == "2026-03-30T08:00:00Z"',
    ),
    Mutant(
        "second-default-address",
        "rules",
        "A new default address leaves the old one marked as default, too.",
        "GET /v1/customers/{id} shows two addresses with `is_default: true`.",
        ("addCustomerAddress", "getCustomer"),
        replaced("mockserver.domain.addresses:joined", bookings.second_default),
        'path = f"/v1/customers/{customer().id}"; '
        'post(f"{path}/addresses", address(is_default=True))\n'
        'ok = sum(each["is_default"] for each in get(path)["addresses"]) == 1',
    ),
    Mutant(
        "list-shows-the-old-status",
        "rules",
        "The bookings of a customer show the status from before a cancellation.",
        "GET /v1/customers/{id}/bookings answers `confirmed` for a cancelled booking.",
        ("cancelBooking", "listCustomerBookings"),
        bookings.stale_status,
        'made = booking(); post(f"/v1/bookings/{made.id}/cancel"); who = made["customer"]["id"]\n'
        'ok = get(f"/v1/customers/{who}/bookings")["data"][0]["status"] == "cancelled"',
    ),
    Mutant(
        "booking-keeps-the-old-name",
        "rules",
        "A booking shows the name its customer had when it was made.",
        "GET /v1/bookings/{id} has the old `customer.name` after the customer was renamed.",
        ("getBooking", "updateCustomer"),
        bookings.old_names,
        'made = booking(); who = made["customer"]["id"]; '
        'patch(f"/v1/customers/{who}", {"first_name": "Augusta"})\n'
        'ok = get(f"/v1/bookings/{made.id}")["customer"]["name"].startswith("Augusta")',
    ),
    Mutant(
        "customer-bookings-of-everyone",
        "rules",
        "The bookings of a customer are the bookings of everyone.",
        "GET /v1/customers/{id}/bookings of a new customer answers rows.",
        ("listCustomerBookings",),
        replaced("mockserver.domain.booking_search:of_customer", bookings.everyones_bookings),
        'ok = get(f"/v1/customers/{customer().id}/bookings")["data"] == []',
    ),
    Mutant(
        "unknown-customer-invoiced",
        "rules",
        "An invoice can be issued to a customer that does not exist.",
        "POST /v1/invoices for nobody answers 201 instead of 422.",
        ("createInvoice",),
        bookings.dangling_customer,
        'ok = invoice("cust_01NOBODY00").status == 422',
    ),
    Mutant(
        "timeline-newest-first",
        "rules",
        "The timeline of a booking begins with its latest status.",
        "GET /v1/bookings/{id} of a cancelled one begins `status_timeline` with `cancelled`.",
        ("getBooking",),
        told(bookings.timeline_reversed, "getBooking"),
        'path = f"/v1/bookings/{booking().id}"; post(f"{path}/cancel")\n'
        'ok = get(path)["status_timeline"][0]["status"] == "confirmed"',
    ),
)
