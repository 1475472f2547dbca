"""Held-out mutants of the third set: the wire, access, and what a server must withstand."""

from __future__ import annotations

from contract_tests.mutants.faults.third_held_out import edges, wire
from contract_tests.mutants.layers import asked, told
from contract_tests.mutants.mutant import Mutant, replaced

_BY_ID = ("getCustomer", "getBooking", "getInvoice")
_LISTS = ("listCustomers", "listBookings", "listInvoices")

WIRE: tuple[Mutant, ...] = (
    Mutant(
        "page-read-up-to-the-first-letter",
        "wire",
        "Of a page number only the digits at its start are read.",
        "GET /v1/customers?page=1x answers 200 instead of 400.",
        _LISTS,
        asked(wire.leading_digits, *_LISTS),
        'ok = get("/v1/customers", page="1x").status == 400',
    ),
    Mutant(
        "fields-in-snake-case",
        "wire",
        "Refusals of the leads API name the failing members in another style of writing.",
        "POST /leads/v1/customers with a wrong `firstName` names the field `first_name`.",
        ("createLeadsCustomer", "updateLeadsCustomer"),
        told(wire.snake_case_fields, "createLeadsCustomer", "updateLeadsCustomer", status=400),
        'ok = [each["field"] for each in lead(firstName="7")["errors"]] == ["firstName"]',
    ),
    Mutant(
        "link-to-the-category",
        "wire",
        "The link of an unknown record's error leads to its category, not to its code.",
        "GET /v1/customers/{id} of nobody answers a `doc_url` that ends in `#not_found`.",
        _BY_ID,
        told(wire.link_to_the_category, *_BY_ID, status=404),
        'error = get("/v1/customers/cust_01NOBODY00")["error"]\n'
        'ok = error["doc_url"].endswith("#" + error["code"])',
    ),
    Mutant(
        "any-version-is-a-tag",
        "wire",
        "The `*` of `If-Match`, which stands for any version, is compared like a tag.",
        "PATCH /v1/customers/{id} with `If-Match: *` answers 412.",
        ("updateCustomer", "updateBooking"),
        replaced("mockserver.wire.preconditions:demand", wire.star_is_a_tag),
        'path, how = f"/v1/customers/{customer().id}", {"If-Match": "*"}\n'
        'ok = patch(path, {"last_name": "Byron"}, headers_=how).status == 200',
    ),
)

ACCESS: tuple[Mutant, ...] = (
    Mutant(
        "writers-may-read",
        "access",
        "A key that may write may read as well, though it lacks that scope.",
        "GET /v1/customers with a key for `customers:write` alone answers 200 instead of 403.",
        (*_LISTS, *_BY_ID, "listCustomerBookings", "listCustomerInvoices"),
        replaced("mockserver.wire.security:_demand", edges.writers_may_read),
        'ok = get("/v1/customers", key_="otesse_test_sk_onlyCustomersWrite").status == 403',
    ),
    Mutant(
        "any-scheme-of-authorization",
        "access",
        "The word before the credential in `Authorization` does not matter.",
        "GET /v1/customers with `Authorization: Basic otesse_test_sk_demo` answers 200.",
        (*_LISTS, *_BY_ID),
        replaced("mockserver.wire.security:_value", edges.any_scheme),
        'how = {"Authorization": "Basic otesse_test_sk_demo"}\n'
        'ok = get("/v1/customers", headers_=how).status == 401',
    ),
)

ROBUSTNESS: tuple[Mutant, ...] = (
    Mutant(
        "unreadable-body-is-none",
        "robustness",
        "A body that may be left out is taken for left out when it is not JSON.",
        'POST /v1/bookings/{id}/cancel with `{"reason":` cancels the booking.',
        ("cancelBooking", "voidInvoice"),
        replaced("mockserver.wire.framework:take_body", edges.unreadable_is_none),
        'path = f"/v1/bookings/{booking().id}"; post(f"{path}/cancel", \'{"reason":\')\n'
        'ok = get(path)["status"] == "confirmed"',
    ),
    Mutant(
        "ids-in-any-case",
        "robustness",
        "An id in capital or small letters names the same record.",
        "GET /v1/customers/{id} with the id in small letters answers 200 instead of 404.",
        (*_BY_ID, "updateCustomer", "updateBooking", "cancelBooking", "voidInvoice"),
        replaced("mockserver.contract.parameters:read_path", edges.ids_in_any_case),
        'ok = get("/v1/customers/cust_01hq3k5m7n").status == 404',
    ),
)
