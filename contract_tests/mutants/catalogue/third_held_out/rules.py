"""Held-out mutants of the third set that break a rule of the business."""

from __future__ import annotations

from contract_tests.mutants.faults.third_held_out import rules
from contract_tests.mutants.mutant import Mutant, replaced

_CANCEL = "mockserver.domain.booking_progress:cancel"
_ISSUE = "mockserver.domain.invoices:issue"

RULES: tuple[Mutant, ...] = (
    Mutant(
        "duration-as-first-booked",
        "rules",
        "A changed configuration does not change the duration, only the price.",
        "PATCH /v1/bookings/{id} with more bedrooms answers the same `estimated_duration`.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:_repriced", rules.duration_as_booked),
        'path = f"/v1/bookings/{booking().id}"\n'
        'ok = patch(path, {"configuration": {"bedrooms": 4}})["estimated_duration"] == 140',
    ),
    Mutant(
        "one-of-each-item",
        "rules",
        "The quantities of the items of a junk removal are not looked at.",
        "POST /v1/bookings for three mattresses costs as much as for one.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.services:_item", rules.one_of_each),
        'junk = {"items": [{"product": "prod_jr_full_mattress", "quantity": 3}]}\n'
        'ok = booking(industry="junk-removal", configuration=junk)["pricing"]["subtotal"] == 25500',
    ),
    Mutant(
        "small-tax-rate-is-a-share",
        "rules",
        "A tax rate below 1 is taken for a share instead of percent.",
        "POST /v1/invoices over 10000 at a `tax_rate` of 0.5 answers a tax of 5000, not of 50.",
        ("createInvoice",),
        replaced(_ISSUE, rules.small_rates_are_shares),
        'ok = invoice(tax_rate=0.5)["tax"] == 50',
    ),
    Mutant(
        "no-notice-unless-told",
        "rules",
        "A cancellation that does not say whether to notify the customer does not.",
        "POST /v1/bookings/{id}/cancel without a body answers `customer_notified: false`.",
        ("cancelBooking",),
        replaced(_CANCEL, rules.quiet_unless_told),
        'gone = post(f"/v1/bookings/{booking().id}/cancel")\n'
        'ok = gone["cancellation"]["customer_notified"] is True',
    ),
    Mutant(
        "blacklisted-cannot-cancel",
        "rules",
        "The booking of a customer on the blacklist cannot be cancelled.",
        "POST /v1/bookings/{id}/cancel answers 409 once its customer is blacklisted.",
        ("cancelBooking", "blacklistMerchantCustomer"),
        replaced(_CANCEL, rules.blacklisted_cannot_cancel),
        'one = customer(); mine = booking(one.id).id; other = uuid(one["email"]); '
        'put(f"/api/v1/merchant/customers/{other}/blacklist", {"id": other})\n'
        'ok = post(f"/v1/bookings/{mine}/cancel").status == 200',
    ),
    Mutant(
        "overdue-when-issued",
        "rules",
        "An invoice whose last day to pay is over when it is issued begins as overdue.",
        "POST /v1/invoices with a `due_date` in the past answers `overdue` instead of `pending`.",
        ("createInvoice",),
        replaced(_ISSUE, rules.overdue_at_once),
        'ok = invoice(due_date="2026-01-31")["status"] == "pending"',
    ),
)
