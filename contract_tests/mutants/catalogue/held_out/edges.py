"""Held-out mutants of the wire, of access and under stress."""

from __future__ import annotations

from contract_tests.mutants.faults.held_out import access, records, wire
from contract_tests.mutants.layers import answered, told
from contract_tests.mutants.mutant import Mutant, joined, replaced

_WRITES = ("createCustomer", "addCustomerAddress", "createBooking", "updateBooking")
_LISTS = ("listCustomers", "listBookings", "listInvoices")

WIRE: tuple[Mutant, ...] = (
    Mutant(
        "tag-of-the-second",
        "wire",
        "The entity tag is made from `updated_at`, so that two versions of one second share it.",
        "GET /v1/bookings/{id} with the `ETag` from before a change answers 304.",
        ("getBooking", "getCustomer", "updateBooking", "updateCustomer"),
        replaced("mockserver.wire.preconditions:tag_of", wire.tagged_by_the_second),
        'path = f"/v1/bookings/{booking().id}"; tag = get(path).headers["ETag"]; '
        'patch(path, {"notes": "Ring"})\n'
        'ok = get(path, headers_={"If-None-Match": tag}).status == 200',
    ),
    Mutant(
        "rate-reset-counts-down",
        "wire",
        "The end of the rate-limit window is told as the seconds until then.",
        "`X-RateLimit-Reset` of any answer is at most 60 instead of seconds since 1970.",
        (*_LISTS, "getCustomer", "getBooking", "getInvoice"),
        replaced("mockserver.rates:_end", wire.seconds_left),
        'ok = int(get("/v1/customers").headers["X-RateLimit-Reset"]) > 1_000_000_000',
    ),
    Mutant(
        "total-spent-with-a-decimal-point",
        "wire",
        "The list of customers writes what they spent as `195000.0`.",
        "GET /v1/customers has a number with a decimal point in `stats.total_spent`.",
        ("listCustomers",),
        told(wire.cents_with_a_point, "listCustomers"),
        'ok = all(type(row["stats"]["total_spent"]) is int '
        'for row in get("/v1/customers")["data"])',
    ),
    Mutant(
        "param-without-its-path",
        "wire",
        "A refusal names the member within an object as if it stood alone.",
        "POST /v1/customers with a wrong `address.zip` is refused with `param: zip`.",
        _WRITES,
        joined(
            told(wire.leaf_of_param, *_WRITES, status=400),
            told(wire.leaf_of_param, *_WRITES, status=422),
        ),
        'refused = customer(address=address(zip="abc"))\n'
        'ok = refused["error"]["param"] == "address.zip"',
    ),
    Mutant(
        "dollars-as-a-float",
        "wire",
        "A price for people is written without its last zeros: `$85.0`.",
        "GET /api/v1/merchant/customers/{id}/stats has another `formatted` than `amount`.",
        ("getMerchantCustomerStats",),
        replaced("mockserver.api.shapes.merchant:price_body", wire.shortest_dollars),
        'path = "/api/v1/merchant/customers/a1b2c3d4-e5f6-7890-abcd-ef1234567890/stats"\n'
        'ok = get(path)["data"]["bookings"][0]["price"]["formatted"] == "$85.00"',
    ),
    Mutant(
        "name-escaped-as-html",
        "wire",
        "The list of bookings escapes names as for a web page.",
        "GET /v1/bookings has `O&#x27;Neil` for `O'Neil` in `customer.name`.",
        ("listBookings",),
        told(wire.name_for_a_page, "listBookings"),
        'booking(customer(first_name="Ada", last_name="O\'Neil").id)\n'
        'ok = get("/v1/bookings")["data"][0]["customer"]["name"] == "Ada O\'Neil"',
    ),
)

ACCESS: tuple[Mutant, ...] = (
    Mutant(
        "second-key-rescues-the-first",
        "access",
        "A key in `X-API-Key` lets in whom `Authorization` does not.",
        "GET /v1/customers with an expired key there and a valid one here answers 200.",
        _LISTS,
        replaced("mockserver.wire.security:ContractSecurity.admit", access.second_key_tried),
        'how = {"X-API-Key": "otesse_test_sk_proofs"}\n'
        'ok = get("/v1/customers", key_="otesse_test_sk_lastyear", headers_=how).status == 401',
    ),
    Mutant(
        "bearer-in-its-case",
        "access",
        "The word `bearer` is only known with a capital letter.",
        "GET /v1/customers with `Authorization: bearer …` answers 401 instead of 200.",
        (*_LISTS, "getCustomer", "getBooking", "getInvoice"),
        replaced("mockserver.wire.security:_value", access.scheme_in_its_case),
        'how = {"Authorization": "bearer otesse_test_sk_proofs"}\n'
        'ok = get("/v1/customers", key_="", headers_=how).status == 200',
    ),
)

ROBUSTNESS: tuple[Mutant, ...] = (
    Mutant(
        "leap-day-breaks-the-calendar",
        "robustness",
        "The calendar fails as soon as a customer was born on a 29th of February.",
        "GET /api/v1/merchant/calendar/customers answers 500 once there is such a customer.",
        ("listCalendarCustomers", "createMerchantCustomer", "updateMerchantCustomer"),
        replaced("mockserver.domain.merchant:calendar", records.next_birthday_reckoned),
        'merchant(birthday="1988-02-29")\n'
        'ok = get("/api/v1/merchant/calendar/customers").status == 200',
    ),
    Mutant(
        "replay-without-location",
        "robustness",
        "An answer that is replayed for its key lacks `Location`.",
        "POST /v1/invoices sent again with its `Idempotency-Key` answers without `Location`.",
        ("createCustomer", "createBooking", "createInvoice"),
        answered(
            wire.replayed_without_location, "createCustomer", "createBooking", "createInvoice"
        ),
        'body = {"first_name": "Ada", "last_name": "Again", "email": "again@proofs.example"}; '
        'how = {"Idempotency-Key": "proof-3"}; post("/v1/customers", body, headers_=how)\n'
        'ok = "Location" in post("/v1/customers", body, headers_=how).headers',
    ),
)
