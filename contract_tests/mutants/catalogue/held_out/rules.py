"""Held-out mutants that break a rule of the business."""

from __future__ import annotations

from contract_tests.mutants.faults.held_out import rules
from contract_tests.mutants.mutant import Mutant, replaced

RULES: tuple[Mutant, ...] = (
    Mutant(
        "fee-by-the-first-date",
        "rules",
        "Whether a cancellation is free goes by the date from before the booking was moved.",
        "A booking moved from tomorrow to next week is cancelled with a fee.",
        ("cancelBooking", "updateBooking"),
        rules.first_date_counts,
        'path = f"/v1/bookings/{booking(scheduled_at=hours(10)).id}"; '
        'patch(path, {"scheduled_at": hours(100)})\n'
        'ok = post(f"{path}/cancel")["cancellation_fee"] == 0',
    ),
    Mutant(
        "coupon-lost-on-change",
        "rules",
        "A booking that is priced anew loses its discount, though it keeps its coupon.",
        "PATCH /v1/bookings/{id} of the rooms answers `pricing.discount: 0`.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:_repriced", rules.repriced_without_coupon),
        'path = "/v1/bookings/" + booking(coupon_code="FIRST20").id\n'
        'ok = patch(path, {"configuration": {"bedrooms": 4}})["pricing"]["discount"] == 3400',
    ),
    Mutant(
        "completed-booking-billed-twice",
        "rules",
        "A completed booking gets two invoices.",
        "GET /v1/bookings/{id} shows two invoices once the service is over.",
        ("getBooking", "listInvoices", "listCustomerInvoices"),
        replaced("mockserver.domain.invoices:issue_for_booking", rules.issued_twice),
        'path = f"/v1/bookings/{booking(scheduled_at=hours(1)).id}"; advance("PT8H")\n'
        'ok = len(get(path)["invoices"]) == 1',
    ),
    Mutant(
        "overdue-on-its-due-date",
        "rules",
        "An invoice is overdue on the last day to pay it.",
        "GET /v1/invoices/{id} answers `overdue` on its `due_date`.",
        ("getInvoice", "listInvoices", "listCustomerInvoices"),
        replaced(
            "mockserver.domain.records:Invoice.overdue_at", rules.overdue_from_the_first_second
        ),
        'path = "/v1/invoices/" + invoice(due_date="2026-02-22").id; advance("PT48H")\n'
        'ok = get(path)["status"] == "pending"',
    ),
    Mutant(
        "zero-tax-is-the-default",
        "rules",
        "A tax rate of 0 is taken for none, so that the usual tax is added.",
        "POST /v1/invoices with `tax_rate: 0` answers a `tax` of 8.5 %.",
        ("createInvoice",),
        replaced("mockserver.domain.invoices:issue", rules.zero_tax_is_none),
        'ok = invoice(tax_rate=0)["tax"] == 0',
    ),
    Mutant(
        "no-bedrooms-refused",
        "rules",
        "A cleaning without bedrooms is refused as if they were missing.",
        "POST /v1/bookings with `bedrooms: 0` answers 422 instead of 201.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.services:_rooms", rules.zero_rooms_are_missing),
        'ok = booking(configuration={"bedrooms": 0, "bathrooms": 1}).status == 201',
    ),
    Mutant(
        "extras-take-no-time",
        "rules",
        "The estimated duration of a cleaning leaves its extras out.",
        "POST /v1/bookings with an extra answers the `estimated_duration` of one without.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.services:_cleaning", rules.extras_take_no_time),
        'made = booking(configuration={"bedrooms": 3, "bathrooms": 2, "extras": ["laundry"]})\n'
        'ok = made["estimated_duration"] == 150',
    ),
    Mutant(
        "own-email-counts-as-taken",
        "rules",
        "A change that repeats the customer's own e-mail address is refused.",
        "PATCH /v1/customers/{id} with its own `email` answers 409 instead of 200.",
        ("updateCustomer",),
        replaced("mockserver.domain.customers:_refuse_taken_email", rules.own_email_taken),
        "one = customer()\n"
        'ok = patch(f"/v1/customers/{one.id}", {"email": one["email"]}).status == 200',
    ),
    Mutant(
        "last-booking-lies-ahead",
        "rules",
        "The last booking of a customer may be one that has not taken place.",
        "GET /v1/customers/{id} has `stats.last_booking_at` after a first booking was made.",
        ("getCustomer", "listCustomers"),
        replaced("mockserver.domain.customers:counted", rules.last_of_all_bookings),
        "one = customer().id; booking(one)\n"
        'ok = get(f"/v1/customers/{one}")["stats"]["last_booking_at"] is None',
    ),
    Mutant(
        "once-blacklisted",
        "rules",
        "A customer that was taken off the blacklist still cannot be booked.",
        "POST /v1/bookings answers 409 after DELETE …/blacklist.",
        ("createBooking", "blacklistMerchantCustomer", "unblacklistMerchantCustomer"),
        rules.once_blacklisted,
        'one = customer(); who = uuid(one["email"]); '
        'path = f"/api/v1/merchant/customers/{who}/blacklist"; put(path, {"id": who}); '
        "delete(path)\n"
        "ok = booking(one.id).status == 201",
    ),
)
