"""Mutants that fail under stress: reads that write, half writes, races, caches, large input."""

from __future__ import annotations

from contract_tests.mutants.faults import merchant, robustness
from contract_tests.mutants.layers import answered, delayed
from contract_tests.mutants.mutant import Mutant, replaced

ROBUSTNESS: tuple[Mutant, ...] = (
    Mutant(
        "reading-moves-updated-at",
        "robustness",
        "Reading a booking counts as a change of it.",
        "The second GET /v1/bookings/{id} answers another `updated_at` than the first.",
        ("getBooking",),
        answered(robustness.reading_writes, "getBooking"),
        'one, two = (get("/v1/bookings/bk_01HQ3K5M7N8P9R") for _ in range(2))\n'
        'ok = one["updated_at"] == two["updated_at"]',
    ),
    Mutant(
        "refused-change-writes-the-phone",
        "robustness",
        "A change of a customer that is refused for a taken e-mail address saves the phone.",
        "GET /v1/customers/{id} has the new `phone` after PATCH answered 409.",
        ("updateCustomer",),
        replaced("mockserver.domain.customers:amend", robustness.phone_written_before_refusal),
        'path = f"/v1/customers/{customer().id}"; '
        'patch(path, {"phone": "+15550199999", "email": "john@example.com"})\n'
        'ok = get(path)["phone"] != "+15550199999"',
    ),
    Mutant(
        "refused-change-writes-the-notes",
        "robustness",
        "A change of a booking that is refused for an unknown address saves the notes.",
        "GET /v1/bookings/{id} has the new `notes` after PATCH answered 422.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:amend", robustness.notes_written_before_refusal),
        'path = f"/v1/bookings/{booking().id}"; '
        'patch(path, {"notes": "Half", "address_id": "addr_01NOWHERE0"})\n'
        'ok = get(path)["notes"] is None',
    ),
    Mutant(
        "refused-blacklisting-blacklists",
        "robustness",
        "Blacklisting that is refused for another id in the body has been done by then.",
        "GET …/{id}/stats answers `is_blacklisted: true` after PUT answered 400.",
        ("blacklistMerchantCustomer", "getMerchantCustomerStats"),
        replaced("mockserver.domain.merchant:blacklist", robustness.blacklisted_before_refusal),
        'path = f"/api/v1/merchant/customers/{merchant().id}"; '
        'put(f"{path}/blacklist", {"id": merchant().id})\n'
        'ok = get(f"{path}/stats")["data"]["is_blacklisted"] is False',
    ),
    Mutant(
        "ties-in-any-order",
        "robustness",
        "Customers created in the same second come in an order that changes.",
        "GET /v1/customers twice answers two orders.",
        ("listCustomers",),
        robustness.ties_in_any_order,
        'customer(); customer(); one, two = (ids(get("/v1/customers")) for _ in range(2))\n'
        "ok = one == two",
    ),
    Mutant(
        "slow-list",
        "robustness",
        "The list of invoices takes 1.2 seconds.",
        "GET /v1/invoices answers late, whatever is asked for.",
        ("listInvoices",),
        delayed(1.2, "listInvoices"),
        'ok = get("/v1/invoices").seconds < 1.1',
    ),
    Mutant(
        "merchant-list-cached",
        "robustness",
        "The list of the merchant is cached for a second, whatever changes meanwhile.",
        "GET /api/v1/merchant/customers lacks a customer made since it was last read.",
        ("listMerchantCustomers",),
        robustness.cached_for_a_second,
        'path = "/api/v1/merchant/customers"; get(path); one = merchant().id\n'
        "ok = one in ids(get(path))",
    ),
    Mutant(
        "far-pages-fail",
        "robustness",
        "Pages beyond the ten-thousandth booking fail.",
        "GET /v1/bookings?page=500 answers 500 instead of an empty page.",
        ("listBookings", "listCustomerBookings"),
        replaced("mockserver.domain.booking_search:search", robustness.window_exceeded),
        'ok = get("/v1/bookings", page=500).status == 200',
    ),
    Mutant(
        "any-size-accepted",
        "robustness",
        "The size of a body is not limited to 1 MiB.",
        "POST /api/v1/merchant/customers with 2 MiB in a member nobody names answers 201, not 413.",
        ("createMerchantCustomer", "createCustomer", "createBooking", "createLeadsCustomer"),
        replaced("mockserver.wire.framework:_read", robustness.limit_lifted),
        'ok = merchant(padding="x" * 2_000_000).status == 413',
    ),
    Mutant(
        "last-writer-wins",
        "robustness",
        "`If-Match` is ignored, so that a change overwrites another one unseen.",
        "PATCH /v1/customers/{id} with an outdated `If-Match` answers 200 instead of 412.",
        ("updateCustomer", "updateBooking"),
        replaced("mockserver.wire.preconditions:demand", robustness.versions_not_compared),
        'path = f"/v1/customers/{customer().id}"; tag = get(path).headers["ETag"]; '
        'patch(path, {"first_name": "First"})\n'
        'ok = patch(path, {"first_name": "Second"}, headers_={"If-Match": tag}).status == 412',
    ),
    Mutant(
        "repeated-call-happens-twice",
        "robustness",
        "Idempotency keys are ignored.",
        "POST /v1/invoices twice with one `Idempotency-Key` makes two invoices.",
        ("createInvoice", "createBooking", "createCustomer", "addCustomerAddress"),
        replaced("mockserver.replays:Replays.find", robustness.never_replayed),
        'body = {"customer_id": "cust_01HQ3K5M7N", "line_items": [{"description": "Key", '
        '"quantity": 1, "unit_price": 100}]}; how = {"Idempotency-Key": "proof-1"}\n'
        'ok = len({post("/v1/invoices", body, headers_=how).id for _ in range(2)}) == 1',
    ),
    Mutant(
        "key-replayed-for-another-call",
        "robustness",
        "An idempotency key answers another request with the first answer.",
        "POST /v1/customers with a used key and another body answers 201 instead of 409.",
        ("createCustomer", "createBooking", "createInvoice", "addCustomerAddress"),
        replaced("mockserver.replays:_fingerprint", robustness.same_for_any_body),
        'path, how = f"/v1/customers/{customer().id}/addresses", {"Idempotency-Key": "proof-2"}; '
        "post(path, address(), headers_=how)\n"
        'ok = post(path, address(label="Office"), headers_=how).status == 409',
    ),
    Mutant(
        "race-for-an-email",
        "robustness",
        "Two customers made at once may get one e-mail address.",
        "POST /v1/customers twice at the same time with one `email` answers 201 twice.",
        ("createCustomer",),
        robustness.check_then_act,
        'body = {"first_name": "Ada", "last_name": "Racer", "email": "race@proofs.example"}\n'
        'ok = {a.status for a in together(*[("POST", "/v1/customers", body)] * 2)} == {201, 409}',
    ),
    Mutant(
        "long-notes-cut",
        "robustness",
        "A note of more than 255 characters is cut without a word.",
        "GET /api/v1/merchant/customers/{id} has 255 characters of a `note` of 300.",
        ("createMerchantCustomer", "getMerchantCustomer"),
        replaced("mockserver.domain.merchant:add", merchant.note_cut),
        'one = merchant(note="x" * 300).id\n'
        'ok = len(get(f"/api/v1/merchant/customers/{one}")["data"]["note"]) == 300',
    ),
)
