"""Mutants that break a rule of the business, within one family or between two."""

from __future__ import annotations

from contract_tests.mutants.catalogue.bookings import BOOKINGS
from contract_tests.mutants.catalogue.money import MONEY
from contract_tests.mutants.faults import leads, merchant
from contract_tests.mutants.layers import told, tolerated
from contract_tests.mutants.mutant import Mutant, joined, replaced

_TRANSFER = "mockserver.domain.merchant:transfer"
_STATISTICS = "mockserver.domain.merchant:statistics"
_NAMES = "mockserver.domain.lead_rules:_name_problems"
_EMAILS = "mockserver.domain.lead_rules:_email_problems"
_PHONES = "mockserver.domain.lead_rules:_phone_problems"

_MOVE = (
    'put("/api/v1/merchant/customers/transfer", {"from_customer_id": source, '
    '"to_customer_id": target})'
)
_TWO = (
    'one = customer(); made = booking(one.id); source, target = uuid(one["email"]), merchant().id; '
)

_MERCHANT: tuple[Mutant, ...] = (
    Mutant(
        "reason-kept-after-unblacklisting",
        "rules",
        "The reason stays when a customer is taken off the blacklist.",
        "GET …/{id}/stats answers `blacklist_reason` after DELETE …/{id}/blacklist.",
        ("unblacklistMerchantCustomer", "getMerchantCustomerStats"),
        replaced("mockserver.domain.merchant:unblacklist", merchant.reason_kept),
        'path = f"/api/v1/merchant/customers/{(one := merchant().id)}"; put(f"{path}/blacklist", '
        '{"id": one, "blacklist_reason": "Rude"}); delete(f"{path}/blacklist")\n'
        'ok = get(f"{path}/stats")["data"]["blacklist_reason"] is None',
    ),
    Mutant(
        "first-reason-kept",
        "rules",
        "Blacklisting a customer again does not replace the reason.",
        "GET …/{id}/stats answers the first of two reasons.",
        ("blacklistMerchantCustomer", "getMerchantCustomerStats"),
        replaced("mockserver.domain.merchant:blacklist", merchant.first_reason_kept),
        'path = f"/api/v1/merchant/customers/{(one := merchant().id)}"; [put(f"{path}/blacklist", '
        '{"id": one, "blacklist_reason": reason}) for reason in ("Rude", "Late")]\n'
        'ok = get(f"{path}/stats")["data"]["blacklist_reason"] == "Late"',
    ),
    Mutant(
        "other-id-in-the-body-accepted",
        "rules",
        "Blacklisting does not compare the id in the body with the path.",
        "PUT …/{id}/blacklist with the id of another customer answers 200 instead of 400.",
        ("blacklistMerchantCustomer",),
        replaced("mockserver.domain.merchant:blacklist", merchant.body_id_not_compared),
        "one, other = merchant().id, merchant().id\n"
        'ok = put(f"/api/v1/merchant/customers/{one}/blacklist", {"id": other}).status == 400',
    ),
    Mutant(
        "other-id-in-an-update-accepted",
        "rules",
        "An update by the merchant does not compare the id in the body with the path.",
        "PUT /api/v1/merchant/customers/{id} with another id answers 200 instead of 400.",
        ("updateMerchantCustomer",),
        replaced("mockserver.domain.merchant:amend", merchant.update_of_the_path),
        "one, other = merchant().id, merchant().id\n"
        'ok = put(f"/api/v1/merchant/customers/{one}", {"id": other}).status == 400',
    ),
    Mutant(
        "transfer-loses-a-booking",
        "rules",
        "A transfer loses the last booking of the source.",
        "GET /v1/bookings/{id} of it answers 404 after PUT …/transfer.",
        ("transferBookings", "getBooking"),
        replaced(_TRANSFER, merchant.transfer_loses_one),
        f'{_TWO}{_MOVE}\nok = get(f"/v1/bookings/{{made.id}}").status == 200',
    ),
    Mutant(
        "transfer-copies-a-booking",
        "rules",
        "A transfer leaves a copy of the first booking with the source.",
        "GET …/{id}/stats of the source answers `times_booked` 1 after PUT …/transfer.",
        ("transferBookings", "getMerchantCustomerStats", "listBookings"),
        replaced(_TRANSFER, merchant.transfer_copies_one),
        f"{_TWO}{_MOVE}\n"
        'ok = get(f"/api/v1/merchant/customers/{source}/stats")["data"]["times_booked"] == 0',
    ),
    Mutant(
        "transfer-leaves-cancelled-bookings",
        "rules",
        "A transfer leaves cancelled bookings with the source.",
        "GET /v1/bookings/{id} of a cancelled one names the source after PUT …/transfer.",
        ("transferBookings", "getBooking"),
        replaced(_TRANSFER, merchant.transfer_leaves_cancelled),
        f'{_TWO}post(f"/v1/bookings/{{made.id}}/cancel"); {_MOVE}\n'
        'ok = get(f"/api/v1/merchant/customers/{source}/stats")["data"]["times_booked"] == 0',
    ),
    Mutant(
        "transfer-leaves-invoices",
        "rules",
        "A transfer leaves the invoices of the bookings with the source.",
        "GET /v1/invoices/{id} names the source after PUT …/transfer.",
        ("transferBookings", "listCustomerInvoices", "getInvoice"),
        replaced(_TRANSFER, merchant.transfer_leaves_invoices),
        f'source, target = uuid("john@example.com"), merchant().id; {_MOVE}\n'
        'ok = get("/v1/customers/cust_01HQ3K5M7N/invoices")["data"] == []',
    ),
    Mutant(
        "source-statistics-keep-ghosts",
        "rules",
        "The statistics of the source still count the bookings it gave away.",
        "GET …/{id}/stats of the source answers `times_booked` 1 after PUT …/transfer.",
        ("transferBookings", "getMerchantCustomerStats"),
        merchant.ghosts,
        f"{_TWO}{_MOVE}\n"
        'ok = get(f"/api/v1/merchant/customers/{source}/stats")["data"]["times_booked"] == 0',
    ),
    Mutant(
        "transfer-to-oneself-accepted",
        "rules",
        "A transfer from a customer to the same customer is accepted.",
        "PUT …/transfer with one id twice answers 200 instead of 400.",
        ("transferBookings",),
        replaced(_TRANSFER, merchant.same_customer_transferred),
        f"source = target = merchant().id\nok = {_MOVE}.status == 400",
    ),
    Mutant(
        "own-cancellations-not-counted",
        "rules",
        "The statistics of a customer do not count own cancellations.",
        "GET …/{id}/stats answers `times_cancelled_by_user` 0 after a cancellation.",
        ("getMerchantCustomerStats", "cancelBooking"),
        replaced(_STATISTICS, merchant.own_cancellations_not_counted),
        f'{_TWO}post(f"/v1/bookings/{{made.id}}/cancel"); '
        'stats = get(f"/api/v1/merchant/customers/{source}/stats")\n'
        'ok = stats["data"]["times_cancelled_by_user"] == 1',
    ),
    Mutant(
        "list-does-not-count-cancelled",
        "rules",
        "The list of the merchant leaves cancelled bookings out of `times_booked`.",
        "GET …/customers answers another `times_booked` than GET …/{id}/stats.",
        ("listMerchantCustomers",),
        replaced("mockserver.domain.merchant:everyone", merchant.cancelled_not_listed),
        f'{_TWO}post(f"/v1/bookings/{{made.id}}/cancel"); '
        'rows = get("/api/v1/merchant/customers")["data"]\n'
        'ok = [row["times_booked"] for row in rows if row["id"] == source] == [1]',
    ),
    Mutant(
        "cancelled-still-upcoming",
        "rules",
        "A cancelled booking that lies ahead counts as upcoming.",
        "GET …/{id}/stats answers `times_upcoming` 1 after the only one was cancelled.",
        ("getMerchantCustomerStats",),
        replaced("mockserver.domain.merchant:_is_upcoming", merchant.upcoming_whatever_became),
        f'{_TWO}post(f"/v1/bookings/{{made.id}}/cancel"); '
        'stats = get(f"/api/v1/merchant/customers/{source}/stats")\n'
        'ok = stats["data"]["times_upcoming"] == 0',
    ),
    Mutant(
        "last-visit-was-none",
        "rules",
        "The calendar takes any past booking for a visit, cancelled or not.",
        "GET …/calendar/customers answers `last_visited` for a booking that was cancelled.",
        ("listCalendarCustomers",),
        replaced("mockserver.domain.merchant:calendar", merchant.last_booked),
        "one = customer(); made = booking(one.id, scheduled_at=hours(-5)); "
        'post(f"/v1/bookings/{made.id}/cancel")\n'
        'ok = [row["last_visited"] for row in get("/api/v1/merchant/calendar/customers")["data"] '
        'if row["email"] == one["email"]] == [None]',
    ),
    Mutant(
        "dummy-for-ever",
        "rules",
        "A dummy customer stays one when its names and phone are known.",
        "GET …/{id} answers `is_dummy: true` after PUT …/{id} gave the last name.",
        ("updateMerchantCustomer", "getMerchantCustomer"),
        replaced("mockserver.domain.merchant:amend", merchant.dummy_for_ever),
        'one = "b2c3d4e5-f6a7-8901-bcde-f12345678901"; path = f"/api/v1/merchant/customers/{one}"; '
        'put(path, {"id": one, "last_name": "Known"})\n'
        'ok = get(path)["data"]["is_dummy"] is False',
    ),
    Mutant(
        "blank-name-accepted",
        "rules",
        "A name of spaces only is accepted.",
        'POST /api/v1/merchant/customers with `first_name` "  " answers 201 instead of 400.',
        ("createMerchantCustomer", "updateMerchantCustomer"),
        joined(
            tolerated(merchant.is_blank, "createMerchantCustomer", "updateMerchantCustomer"),
            replaced("mockserver.domain.merchant:_refuse_empty", merchant.blank_names),
        ),
        'ok = merchant(first_name="  ").status == 400',
    ),
)

_LEADS: tuple[Mutant, ...] = (
    Mutant(
        "digits-in-last-names-accepted",
        "rules",
        "The last name of a lead may hold digits.",
        "POST /leads/v1/customers with `B2B` as last name answers 201 instead of 400.",
        ("createLeadsCustomer", "updateLeadsCustomer"),
        joined(
            tolerated(leads.is_digit_in_last_name, "createLeadsCustomer", "updateLeadsCustomer"),
            replaced(_NAMES, leads.digits_count_as_letters),
        ),
        'ok = lead(lastName="Brown2").status == 400',
    ),
    Mutant(
        "names-of-one-letter-accepted",
        "rules",
        "The first name of a lead may be one letter.",
        "POST /leads/v1/customers with `A` as first name answers 201 instead of 400.",
        ("createLeadsCustomer", "updateLeadsCustomer"),
        joined(
            tolerated(leads.is_letter_as_first_name, "createLeadsCustomer", "updateLeadsCustomer"),
            replaced(_NAMES, leads.one_letter_is_enough),
        ),
        'ok = lead(firstName="A").status == 400',
    ),
    Mutant(
        "lead-without-channel-accepted",
        "rules",
        "A lead needs neither e-mail address nor phone.",
        "POST /leads/v1/customers with neither answers 201 instead of 400.",
        ("createLeadsCustomer",),
        joined(
            tolerated(leads.is_missing_channel, "createLeadsCustomer"),
            replaced(_EMAILS, leads.email_not_asked),
            replaced(_PHONES, leads.phone_not_asked),
        ),
        "ok = lead(email=None).status == 400",
    ),
    Mutant(
        "sms-opt-in-without-phone-on-update",
        "rules",
        "A lead without a phone can agree to text messages by an update.",
        "PUT /leads/v1/customers/{customerId} answers 200 instead of 400.",
        ("updateLeadsCustomer",),
        replaced(_PHONES, leads.without_problem("phoneNumber", "REQUIRED", "marketingSmsOptIn")),
        "one = lead().id\n"
        'ok = put(f"/leads/v1/customers/{one}", {"marketingSmsOptIn": True}).status == 400',
    ),
    Mutant(
        "only-the-first-problem-told",
        "rules",
        "A refused lead names only the first of its failing members.",
        "POST /leads/v1/customers with two wrong members answers one entry in `errors`.",
        ("createLeadsCustomer", "updateLeadsCustomer"),
        told(leads.first_problem_told, "createLeadsCustomer", "updateLeadsCustomer", status=400),
        'ok = len(lead(firstName="7", email="nowhere")["errors"]) >= 2',
    ),
    Mutant(
        "billing-address-lags",
        "rules",
        "The billing address of a lead stays as it was first shown.",
        "GET /leads/v1/customers/id/{id} has another `billingCity` than `city` after a PUT.",
        ("getLeadsCustomer", "updateLeadsCustomer"),
        leads.billing_as_first_shown,
        'one = lead(city="Eugene").id; path = f"/leads/v1/customers/id/{one}"; get(path); '
        'put(f"/leads/v1/customers/{one}", {"city": "Salem"})\n'
        'ok = get(path)["data"]["billingCity"] == "Salem"',
    ),
)

RULES: tuple[Mutant, ...] = (*MONEY, *BOOKINGS, *_MERCHANT, *_LEADS)
