"""Held-out mutants of the second set that break a rule of the business."""

from __future__ import annotations

from contract_tests.mutants.faults.second_held_out import rules
from contract_tests.mutants.mutant import Mutant, replaced

_HISTORY = "mockserver.api.shapes.merchant:_booking"

RULES: tuple[Mutant, ...] = (
    Mutant(
        "fee-before-tax",
        "rules",
        "The fee of a late cancellation is a share of the price before tax.",
        "POST /v1/bookings/{id}/cancel answers a fee that is not half of `pricing.total`.",
        ("cancelBooking",),
        replaced("mockserver.domain.booking_progress:_cancellation", rules.fee_of_the_subtotal),
        'gone = post(f"/v1/bookings/{booking(scheduled_at=hours(2)).id}/cancel")\n'
        'ok = gone["cancellation_fee"] == (gone["pricing"]["total"] + 1) // 2',
    ),
    Mutant(
        "half-cents-of-fees-cut-off",
        "rules",
        "Half a cent of a fee is cut off instead of rounded up.",
        "A late cancellation of a booking over an odd total costs a cent too little.",
        ("cancelBooking",),
        replaced("mockserver.domain.booking_progress:share", rules.fee_cut_off, only_here=True),
        'gone = post(f"/v1/bookings/{booking(scheduled_at=hours(2)).id}/cancel")\n'
        'ok = gone["cancellation_fee"] == (gone["pricing"]["total"] + 1) // 2',
    ),
    Mutant(
        "coupon-leaves-extras-out",
        "rules",
        "A coupon takes nothing off extras.",
        "POST /v1/bookings with extras and FIRST20 answers less than 20 % discount.",
        ("createBooking", "updateBooking"),
        replaced("mockserver.domain.pricing:quote", rules.coupon_on_the_base),
        'price = booking(coupon_code="FIRST20", configuration={"bedrooms": 1, "bathrooms": 1, '
        '"extras": ["laundry"]})["pricing"]\n'
        'ok = price["discount"] * 5 == price["subtotal"]',
    ),
    Mutant(
        "tax-rounded-on-each-line",
        "rules",
        "The tax of an invoice is rounded line by line and added up.",
        "POST /v1/invoices of ten lines of 6 cents at 8.5 % answers a tax of 10 instead of 5.",
        ("createInvoice",),
        replaced("mockserver.domain.invoices:issue", rules.taxed_line_by_line),
        'line = {"description": "Bag", "quantity": 1, "unit_price": 6}\n'
        'ok = invoice(line_items=[line] * 10, tax_rate=8.5)["tax"] == 5',
    ),
    Mutant(
        "blacklisted-is-inactive",
        "rules",
        "Blacklisting a customer changes the status to `inactive` as well.",
        "GET /v1/customers/{id} answers `status: inactive` after the merchant's blacklisting.",
        ("blacklistMerchantCustomer", "getCustomer"),
        replaced("mockserver.domain.merchant:blacklist", rules.blacklisted_is_inactive),
        'one = customer(); other = uuid(one["email"]); '
        'put(f"/api/v1/merchant/customers/{other}/blacklist", {"id": other})\n'
        'ok = get(f"/v1/customers/{one.id}")["status"] == "active"',
    ),
    Mutant(
        "cancelling-forgets-the-crew",
        "rules",
        "A cancelled booking loses its crew.",
        "GET /v1/bookings/{id} has an empty `assigned_crew` after a cancel.",
        ("cancelBooking", "getBooking"),
        replaced("mockserver.domain.booking_progress:cancel", rules.crew_sent_home),
        'one = booking(); path = f"/v1/bookings/{one.id}"; post(f"{path}/cancel")\n'
        'ok = get(path)["assigned_crew"] == one["assigned_crew"] != []',
    ),
    Mutant(
        "transfer-takes-every-invoice",
        "rules",
        "A transfer of bookings takes along invoices that were issued by hand.",
        "GET /v1/customers/{id}/invoices of the source lacks an invoice without a booking.",
        ("transferBookings", "listCustomerInvoices"),
        replaced("mockserver.domain.merchant:transfer", rules.every_invoice_moves),
        'one = customer(); mail = one["email"]; bill = invoice(one.id).id; '
        'put("/api/v1/merchant/customers/transfer", {"from_customer_id": uuid(mail), '
        '"to_customer_id": uuid("john@example.com")})\n'
        'ok = ids(get(f"/v1/customers/{one.id}/invoices")) == [bill]',
    ),
    Mutant(
        "overdue-invoice-cannot-be-voided",
        "rules",
        "Only a pending invoice can be voided, not an overdue one.",
        "POST /v1/invoices/{id}/void of an overdue invoice answers 409.",
        ("voidInvoice",),
        replaced("mockserver.domain.invoices:void", rules.overdue_stays),
        'one = invoice().id; advance("P20D")\nok = post(f"/v1/invoices/{one}/void").status == 200',
    ),
    Mutant(
        "service-under-way-cancelled",
        "rules",
        "A booking whose service is under way can be cancelled.",
        "POST /v1/bookings/{id}/cancel of one `in_progress` answers 200 instead of 409.",
        ("cancelBooking",),
        replaced(
            "mockserver.domain.booking_progress:_refuse_cancelling",
            rules.under_way_can_be_cancelled,
        ),
        'path = f"/v1/bookings/{booking(scheduled_at=hours(1)).id}"; advance("PT90M")\n'
        'ok = post(f"{path}/cancel").status == 409',
    ),
    Mutant(
        "names-measured-in-bytes",
        "rules",
        "The length of the names of leads is measured in bytes.",
        "POST /leads/v1/customers with a name of 30 Greek letters answers 400.",
        ("createLeadsCustomer", "updateLeadsCustomer"),
        replaced("mockserver.domain.lead_rules:_name_problems", rules.names_in_bytes),
        'ok = lead(firstName="α" * 30).status == 201',
    ),
    Mutant(
        "history-before-tax",
        "rules",
        "The history of the merchant shows the price of a service before tax.",
        "GET …/{id}/stats has another `price.amount` than the `pricing.total` of the booking.",
        ("getMerchantCustomerStats",),
        replaced(_HISTORY, rules.history_before_tax),
        'one = customer(); mail = one["email"]; total = booking(one.id)["pricing"]["total"]\n'
        'shown = get(f"/api/v1/merchant/customers/{uuid(mail)}/stats")["data"]["bookings"][0]; '
        'ok = shown["price"]["amount"] == total',
    ),
    Mutant(
        "history-without-duration",
        "rules",
        "In the history of the merchant a service ends as it begins.",
        "GET …/{id}/stats has `to_date` equal to `from_date`.",
        ("getMerchantCustomerStats",),
        replaced(_HISTORY, rules.history_without_duration),
        'one = customer(); mail = one["email"]; booking(one.id)\n'
        'shown = get(f"/api/v1/merchant/customers/{uuid(mail)}/stats")["data"]["bookings"][0]; '
        'ok = shown["to_date"] > shown["from_date"]',
    ),
)
