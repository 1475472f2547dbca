"""Held-out mutants of the second set: the wire, access, and what happens beside a call."""

from __future__ import annotations

from contract_tests.mutants.faults.second_held_out import edges, wire
from contract_tests.mutants.layers import answered, told
from contract_tests.mutants.mutant import Mutant, replaced

_BY_ID = ("getCustomer", "getBooking", "getInvoice")
_LISTS = ("listCustomers", "listBookings", "listInvoices")
_CREATES = ("createCustomer", "createBooking", "createInvoice")
_PLAIN_UPDATES = ("updateMerchantCustomer", "blacklistMerchantCustomer", "transferBookings")

WIRE: tuple[Mutant, ...] = (
    Mutant(
        "tag-without-quotes",
        "wire",
        "The entity tag is sent without its quotes.",
        "`ETag` of GET /v1/bookings/{id} does not begin with a quote.",
        _BY_ID,
        replaced("mockserver.wire.preconditions:tag_of", wire.bare_tag),
        'ok = get("/v1/bookings/bk_01HQ3K5M7N8P9R").headers["ETag"].startswith(\'"\')',
    ),
    Mutant(
        "location-behind-the-proxy",
        "wire",
        "`Location` names the host that the server has behind its proxy.",
        "POST /v1/bookings answers a `Location` on `app-1.internal`, which nobody can reach.",
        _CREATES,
        answered(wire.location_of_the_inside, *_CREATES),
        'ok = "internal" not in invoice().headers["Location"]',
    ),
    Mutant(
        "nulls-as-empty-texts",
        "wire",
        "The calendar writes an empty text where a text is null.",
        'GET /api/v1/merchant/calendar/customers has `email: ""` for a customer without one.',
        ("listCalendarCustomers",),
        told(wire.nulls_as_empty_texts, "listCalendarCustomers"),
        "one = merchant().id\n"
        'ok = [row["email"] for row in get("/api/v1/merchant/calendar/customers")["data"] '
        'if row["id"] == one] == [None]',
    ),
    Mutant(
        "missing-member-not-named",
        "wire",
        "The refusal of a body that lacks a member has no `param`.",
        "POST /v1/customers without `email` answers an error without `param`.",
        _CREATES,
        told(wire.without_param, *_CREATES, status=400),
        'ok = customer(email=None)["error"].get("param") == "email"',
    ),
    Mutant(
        "remaining-calls-never-fall",
        "wire",
        "`X-RateLimit-Remaining` is always the limit, whatever was used.",
        "A second call of the same window answers the same `X-RateLimit-Remaining`.",
        (*_LISTS, *_BY_ID),
        replaced("mockserver.rates:Allowance.headers", wire.nothing_counted),
        'left = [int(get("/v1/customers").headers["X-RateLimit-Remaining"]) for _ in range(2)]\n'
        "ok = left[1] == left[0] - 1",
    ),
    Mutant(
        "wrong-method-answers-404",
        "wire",
        "A method that a path does not have is answered as if there were no such path.",
        "DELETE /v1/customers answers 404 instead of 405.",
        ("listCustomers", "getCustomer", "listBookings"),
        answered(wire.wrong_method_unknown),
        'ok = delete("/v1/customers").status == 405',
    ),
    Mutant(
        "nothing-is-an-empty-object",
        "wire",
        "Updates by the merchant answer `{}` where the contract has no content.",
        "PUT /api/v1/merchant/customers/{id} answers a body.",
        _PLAIN_UPDATES,
        answered(wire.empty_object, *_PLAIN_UPDATES),
        'path = f"/api/v1/merchant/customers/{merchant().id}"\n'
        'ok = put(path, {"id": path[-36:], "note": "x"}).text == ""',
    ),
    Mutant(
        "default-mark-is-a-number",
        "wire",
        "The list of customers writes `is_default` as 0 or 1.",
        "GET /v1/customers has `is_default: 1` in the addresses.",
        ("listCustomers",),
        told(wire.flags_as_numbers, "listCustomers"),
        'customer()\nok = get("/v1/customers")["data"][0]["addresses"][0]["is_default"] is True',
    ),
)

ACCESS: tuple[Mutant, ...] = (
    Mutant(
        "key-form-open-at-its-end",
        "access",
        "A key only has to begin in the documented form.",
        "GET /v1/customers with the key `otesse_test_sk_abc-$!` answers 200.",
        _LISTS,
        replaced("mockserver.wire.credentials:Credentials.grant", edges.form_from_its_start),
        'ok = get("/v1/customers", key_="otesse_test_sk_abc-$!").status == 401',
    ),
    Mutant(
        "writers-must-read",
        "access",
        "A key that may write is refused unless it may read as well.",
        "POST /v1/customers with a key for `customers:write` alone answers 403.",
        (*_CREATES, "updateCustomer", "cancelBooking"),
        replaced("mockserver.wire.security:_demand", edges.writers_must_read),
        'body = {"first_name": "Ada", "last_name": "Alone", "email": "alone@proofs.example"}\n'
        'ok = post("/v1/customers", body, key_="otesse_test_sk_onlyCustomersWrite").status == 201',
    ),
    Mutant(
        "forbidden-learn-which-customers-exist",
        "access",
        "A key without the scope is told that a customer does not exist.",
        "GET /v1/customers/{unknown} with a key for bookings alone answers 404 instead of 403.",
        ("getCustomer", "updateCustomer", "addCustomerAddress"),
        replaced("mockserver.wire.security:ContractSecurity.check", edges.unknown_before_forbidden),
        'path, key = "/v1/customers/cust_NOBODY", "otesse_test_sk_onlyBookingsRead"\n'
        "ok = get(path, key_=key).status == 403",
    ),
    Mutant(
        "key-in-the-query",
        "access",
        "A key is taken from the query as well.",
        "GET /v1/customers?api_key=… without any header answers 200.",
        _LISTS,
        replaced("mockserver.wire.security:_presented", edges.key_in_the_query),
        'ok = get("/v1/customers", key_="", api_key="otesse_test_sk_proofs").status == 401',
    ),
)

ROBUSTNESS: tuple[Mutant, ...] = (
    Mutant(
        "refused-cancel-changes-the-reason",
        "robustness",
        "Cancelling again is refused, but replaces the reason.",
        "GET /v1/bookings/{id} has the reason of the second cancellation, which was 409.",
        ("cancelBooking",),
        replaced("mockserver.domain.booking_progress:cancel", edges.reason_before_refusal),
        'path = f"/v1/bookings/{booking().id}"; post(f"{path}/cancel", {"reason": "Ill"}); '
        'post(f"{path}/cancel", {"reason": "Well"})\n'
        'ok = get(path)["cancellation"]["reason"] == "Ill"',
    ),
    Mutant(
        "numbers-kept-until-the-row-changes",
        "robustness",
        "The statistics of a customer are kept until the customer itself is changed.",
        "GET /v1/customers/{id} has the `total_bookings` from before a new booking.",
        ("getCustomer", "listCustomers", "createBooking"),
        edges.cached_by_its_own_row,
        'one = customer().id; path = f"/v1/customers/{one}"; get(path); booking(one)\n'
        'ok = get(path)["stats"]["total_bookings"] == 1',
    ),
    Mutant(
        "changes-at-once-lose-one",
        "robustness",
        "Of two changes of a customer at once, one is lost.",
        "After a PATCH of the phone and one of the first name at once, one has its old value.",
        ("updateCustomer",),
        edges.changes_from_an_old_copy,
        'path = f"/v1/customers/{customer().id}"; together(("PATCH", path, '
        '{"first_name": "Bea"}), ("PATCH", path, {"last_name": "Both"}))\n'
        'ok = (get(path)["first_name"], get(path)["last_name"]) == ("Bea", "Both")',
    ),
    Mutant(
        "search-is-a-pattern",
        "robustness",
        "The text of a search is read as a regular expression.",
        "GET /v1/customers?search=( answers 500.",
        ("listCustomers",),
        replaced("mockserver.domain.customer_search:search", edges.search_is_a_pattern),
        'ok = get("/v1/customers", search="(").status == 200',
    ),
)
