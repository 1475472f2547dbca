"""Mutants that reckon wrongly: prices, taxes, discounts, fees, balances, sums."""

from __future__ import annotations

from datetime import timedelta

from contract_tests.mutants.faults import money
from contract_tests.mutants.mutant import Mutant, replaced

_PRICED = "mockserver.domain.pricing:priced"
_CANCELLATION = "mockserver.domain.booking_progress:_cancellation"
_COUNTED = "mockserver.domain.customers:counted"

MONEY: tuple[Mutant, ...] = (
    Mutant(
        "total-without-discount",
        "rules",
        "The discount of a booking is shown, but not taken off its total.",
        "POST /v1/bookings with FIRST20 answers `total` = `subtotal` + `tax`.",
        ("createBooking", "updateBooking"),
        replaced(_PRICED, money.total_without_discount),
        'price = booking(coupon_code="FIRST20")["pricing"]\n'
        'ok = price["total"] == price["subtotal"] - price["discount"] + price["tax"]',
    ),
    Mutant(
        "tax-before-discount",
        "rules",
        "Tax is reckoned on the subtotal before the discount.",
        "POST /v1/bookings with FIRST20 answers the same `tax` as without.",
        ("createBooking", "updateBooking"),
        replaced(_PRICED, money.taxed_before_discount),
        'ok = booking(coupon_code="FIRST20")["pricing"]["tax"] == 1020',
    ),
    Mutant(
        "tax-cut-off",
        "rules",
        "Half a cent of tax is cut off instead of rounded up.",
        "POST /v1/invoices over 100 cents answers `tax` 8 instead of 9.",
        ("createInvoice", "createBooking", "updateBooking"),
        replaced(_PRICED, money.half_cents_cut_off),
        'line = {"description": "Key", "quantity": 1, "unit_price": 100}\n'
        'ok = invoice(line_items=[line])["tax"] == 9',
    ),
    Mutant(
        "large-totals-wrap",
        "rules",
        "A total from 2^32 cents on begins again at zero.",
        "POST /v1/invoices over 50 million dollars answers a small `total`.",
        ("createInvoice",),
        replaced(_PRICED, money.wrapped_total),
        'line = {"description": "Estate", "quantity": 1000, "unit_price": 5_000_000}\n'
        'ok = (made := invoice(line_items=[line], tax_rate=0))["total"] == made["subtotal"]',
    ),
    Mutant(
        "coupon-ignored",
        "rules",
        "A coupon is accepted and shown, but takes nothing off.",
        "POST /v1/bookings with FIRST20 answers `discount` 0.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.pricing:quote", money.coupon_ignored),
        'ok = booking(coupon_code="FIRST20")["pricing"]["discount"] == 3000',
    ),
    Mutant(
        "one-extra-charged",
        "rules",
        "Of several extras only the first is charged.",
        "POST /v1/bookings with two extras costs as much as with one.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.services:work", money.one_extra_charged),
        'rooms = {"bedrooms": 1, "bathrooms": 1, "extras": ["laundry", "inside_oven"]}\n'
        'ok = booking(configuration=rooms)["pricing"]["subtotal"] == 16000',
    ),
    Mutant(
        "changed-booking-keeps-its-price",
        "rules",
        "A changed configuration does not change the price.",
        "PATCH /v1/bookings/{id} of the bedrooms answers the old `pricing`.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:_repriced", money.old_price_kept),
        'one, rooms = booking().id, {"configuration": {"bedrooms": 4}}\n'
        'ok = patch(f"/v1/bookings/{one}", rooms)["pricing"]["subtotal"] == 17000',
    ),
    Mutant(
        "moved-booking-keeps-its-price",
        "rules",
        "A change of the address does not price the booking anew.",
        "PATCH /v1/bookings/{id} to an address in a dearer zone answers the old `pricing`.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:_costs_differ", money.moved_at_the_old_price),
        'one, there = customer().id, address(city="Portland", zip="97201")\n'
        'ok = patch(f"/v1/bookings/{booking(one).id}", {"address_id": '
        'post(f"/v1/customers/{one}/addresses", there).id})["pricing"]["subtotal"] > 15000',
    ),
    Mutant(
        "late-fee-doubled",
        "rules",
        "A late cancellation costs the whole total instead of half of it.",
        "POST /v1/bookings/{id}/cancel within 24 hours answers `cancellation_fee` = `total`.",
        ("cancelBooking",),
        replaced("mockserver.domain.booking_progress:share", money.fee_of(100), only_here=True),
        "made = booking(scheduled_at=hours(2))\n"
        'ok = post(f"/v1/bookings/{made.id}/cancel")["cancellation_fee"] == 8138',
    ),
    Mutant(
        "fee-at-exactly-24-hours",
        "rules",
        "A cancellation exactly 24 hours before the service costs the fee.",
        "POST /v1/bookings/{id}/cancel at that very second answers a fee.",
        ("cancelBooking",),
        replaced(_CANCELLATION, money.free_until(timedelta(seconds=-1))),
        "made = booking(scheduled_at=hours(24))\n"
        'ok = post(f"/v1/bookings/{made.id}/cancel")["cancellation_fee"] == 0',
    ),
    Mutant(
        "fee-forgotten-a-second-late",
        "rules",
        "A cancellation one second after the free time is still free.",
        "POST /v1/bookings/{id}/cancel 23:59:59 before the service answers no fee.",
        ("cancelBooking",),
        replaced(_CANCELLATION, money.free_until(timedelta(seconds=1))),
        "made = booking(scheduled_at=hours(24 - 1 / 3600))\n"
        'ok = post(f"/v1/bookings/{made.id}/cancel")["cancellation_fee"] > 0',
    ),
    Mutant(
        "fee-forgotten-until-12-hours",
        "rules",
        "A cancellation is free until 12 hours before the service.",
        "POST /v1/bookings/{id}/cancel 20 hours before answers `cancellation_fee` 0.",
        ("cancelBooking",),
        replaced(_CANCELLATION, money.free_until(timedelta(hours=12))),
        "made = booking(scheduled_at=hours(20))\n"
        'ok = post(f"/v1/bookings/{made.id}/cancel")["cancellation_fee"] > 0',
    ),
    Mutant(
        "void-invoice-still-owed",
        "rules",
        "A void invoice keeps its balance.",
        "POST /v1/invoices/{id}/void answers `balance` = `total`.",
        ("voidInvoice", "getInvoice", "listInvoices"),
        replaced("mockserver.domain.records:Invoice.balance", money.void_still_owed),
        'ok = post(f"/v1/invoices/{invoice().id}/void")["balance"] == 0',
    ),
    Mutant(
        "charged-but-still-owed",
        "rules",
        "An invoice charged at once is paid, but its amount is not booked.",
        "POST /v1/invoices with `auto_charge` answers `paid` and `amount_paid` 0.",
        ("createInvoice",),
        replaced("mockserver.domain.invoices:_paid", money.charged_but_owed),
        "made = invoice(auto_charge=True)\n"
        'ok = made["amount_paid"] == made["total"] and made["balance"] == 0',
    ),
    Mutant(
        "due-in-30-days",
        "rules",
        "An invoice is due 30 days after its issue instead of 14.",
        "POST /v1/invoices without `due_date` answers one a month ahead.",
        ("createInvoice",),
        replaced("mockserver.domain.invoices:_made", money.due_next_month),
        'ok = invoice()["due_date"] == hours(14 * 24)[:10]',
    ),
    Mutant(
        "paid-invoice-voided",
        "rules",
        "A paid invoice can be voided.",
        "POST /v1/invoices/{id}/void of a paid one answers 200 instead of 409.",
        ("voidInvoice",),
        replaced("mockserver.domain.invoices:void", money.paid_can_be_voided),
        'one = invoice(auto_charge=True).id\nok = post(f"/v1/invoices/{one}/void").status == 409',
    ),
    Mutant(
        "unpaid-counts-as-spent",
        "rules",
        "What a customer spent includes what was billed and never paid.",
        "GET /v1/customers/{id} answers `total_spent` above 0 with one pending invoice.",
        ("getCustomer", "listCustomers"),
        replaced(_COUNTED, money.unpaid_counts_as_spent),
        'one = invoice()["customer"]["id"]\n'
        'ok = get(f"/v1/customers/{one}")["stats"]["total_spent"] == 0',
    ),
    Mutant(
        "cancelled-count-as-booked",
        "rules",
        "The number of bookings of a customer includes cancelled ones.",
        "GET /v1/customers/{id} answers `total_bookings` 1 after the only one was cancelled.",
        ("getCustomer", "listCustomers"),
        replaced(_COUNTED, money.cancelled_count_as_booked),
        'made = booking(); post(f"/v1/bookings/{made.id}/cancel"); who = made["customer"]["id"]\n'
        'ok = get(f"/v1/customers/{who}")["stats"]["total_bookings"] == 0',
    ),
)
