"""Mutants that let in whom they should not, or keep out whom they should let in."""

from __future__ import annotations

from contract_tests.mutants.faults import access
from contract_tests.mutants.layers import without_header
from contract_tests.mutants.mutant import Mutant, replaced

_DEMAND = "mockserver.wire.security:_demand"
_PRESENTED = "mockserver.wire.security:_presented"
_GRANT = "mockserver.wire.credentials:Credentials.grant"
_CHECK = "mockserver.wire.security:ContractSecurity.check"
_MERCHANT = (
    "listMerchantCustomers",
    "createMerchantCustomer",
    "listBlacklistedCustomers",
    "transferBookings",
    "listCalendarCustomers",
    "getMerchantCustomerStats",
    "blacklistMerchantCustomer",
    "unblacklistMerchantCustomer",
    "getMerchantCustomer",
    "updateMerchantCustomer",
    "deleteMerchantCustomer",
)
_OTESSE = ("listCustomers", "listBookings", "listInvoices")

ACCESS: tuple[Mutant, ...] = (
    Mutant(
        "cancel-needs-no-scope",
        "access",
        "Any valid key may cancel bookings.",
        "POST /v1/bookings/{id}/cancel without `bookings:write` answers 200 instead of 403.",
        ("cancelBooking",),
        replaced(_DEMAND, access.scopes_not_asked("cancelBooking")),
        'path = f"/v1/bookings/{booking().id}/cancel"\n'
        'ok = post(path, key_="otesse_test_sk_noBookingsWrite").status == 403',
    ),
    Mutant(
        "read-scope-writes",
        "access",
        "A key that may read customers may also change them.",
        "PATCH /v1/customers/{id} with `customers:read` alone answers 200 instead of 403.",
        ("updateCustomer",),
        replaced(
            _DEMAND,
            access.another_scope_will_do("updateCustomer", "customers:write", "customers:read"),
        ),
        'path = f"/v1/customers/{customer().id}"\n'
        'ok = patch(path, {}, key_="otesse_test_sk_onlyCustomersRead").status == 403',
    ),
    Mutant(
        "customer-scope-opens-invoices",
        "access",
        "Who may read customers may read their invoices.",
        "GET /v1/customers/{id}/invoices without `invoices:read` answers 200 instead of 403.",
        ("listCustomerInvoices",),
        replaced(
            _DEMAND,
            access.another_scope_will_do("listCustomerInvoices", "invoices:read", "customers:read"),
        ),
        'path = "/v1/customers/cust_01HQ3K5M7N/invoices"\n'
        'ok = get(path, key_="otesse_test_sk_noInvoicesRead").status == 403',
    ),
    Mutant(
        "missing-scope-answers-401",
        "access",
        "A key without the scope is refused as if it were unknown.",
        "GET /v1/invoices/{id} without `invoices:read` answers 401 instead of 403.",
        ("getInvoice",),
        replaced(_DEMAND, access.missing_scope_is_401),
        'path = f"/v1/invoices/{invoice().id}"\n'
        'ok = get(path, key_="otesse_test_sk_noInvoicesRead").status == 403',
    ),
    Mutant(
        "refused-invoice-is-made",
        "access",
        "An invoice that the key may not issue is refused, but made.",
        "POST /v1/invoices without `invoices:write` answers 403, and the list has one more.",
        ("createInvoice", "listInvoices"),
        access.refused_but_done,
        'one = customer().id; post("/v1/invoices", {"customer_id": one, "line_items": '
        '[{"description": "Windows", "quantity": 1, "unit_price": 1}]}, '
        'key_="otesse_test_sk_noInvoicesWrite")\n'
        'ok = get("/v1/invoices", customer_id=one)["data"] == []',
    ),
    Mutant(
        "bookings-listed-for-anyone",
        "access",
        "The list of bookings asks for no credential.",
        "GET /v1/bookings without credentials answers 200 instead of 401.",
        ("listBookings",),
        replaced(_PRESENTED, access.nobody_asked(access.is_list_of_bookings)),
        'ok = get("/v1/bookings", key_="").status == 401',
    ),
    Mutant(
        "head-for-anyone",
        "access",
        "HEAD asks for no credential.",
        "HEAD /v1/customers without credentials answers 200 instead of 401.",
        (*_OTESSE, "getCustomer", "getBooking", "getInvoice"),
        replaced(_PRESENTED, access.nobody_asked(access.is_head)),
        'ok = send("HEAD", "/v1/customers", key_="").status == 401',
    ),
    Mutant(
        "session-cookie-opens-everything",
        "access",
        "The session cookie of the merchant is taken in the place of an API key.",
        "GET /v1/customers with the cookie `session_token` alone answers 200 instead of 401.",
        _OTESSE,
        replaced(_PRESENTED, access.nobody_asked(access.has_session)),
        'how = {"Cookie": "session_token=proofs"}\n'
        'ok = get("/v1/customers", key_="", headers_=how).status == 401',
    ),
    Mutant(
        "key-header-unknown-to-bookings",
        "access",
        "The operations on bookings do not take a key in `X-API-Key`.",
        "GET /v1/bookings with `X-API-Key` answers 401 instead of 200.",
        ("listBookings", "getBooking", "createBooking", "updateBooking", "cancelBooking"),
        replaced(_PRESENTED, access.key_header_unknown),
        'how = {"X-API-Key": "otesse_test_sk_proofs"}\n'
        'ok = get("/v1/bookings", key_="", headers_=how).status == 200',
    ),
    Mutant(
        "any-bearer-is-a-key",
        "access",
        "An API key is not held to its form, so that a token of another family opens all.",
        "GET /v1/customers with `Authorization: Bearer leads-token` answers 200 instead of 401.",
        _OTESSE,
        replaced(_GRANT, access.any_form_taken),
        'ok = get("/v1/customers", key_="leads-token").status == 401',
    ),
    Mutant(
        "any-leads-token-accepted",
        "access",
        "Any token opens the leads API, also one that is over or known to be bad.",
        "GET /leads/v1/customers/search with an expired token answers 204 instead of 401.",
        ("searchLeadsCustomers", "createLeadsCustomer", "getLeadsCustomer", "updateLeadsCustomer"),
        replaced(_GRANT, access.any_token_of("leads")),
        'path = "/leads/v1/customers/search"\n'
        'ok = get(path, key_="leads-token-of-lastyear").status == 401',
    ),
    Mutant(
        "expired-key-accepted",
        "access",
        "A key that has expired still opens invoices.",
        "GET /v1/invoices with an expired key answers 200 instead of 401.",
        ("listInvoices", "getInvoice", "createInvoice", "voidInvoice"),
        replaced(_DEMAND, access.state_forgiven("expired", "invoices")),
        'ok = get("/v1/invoices", key_="otesse_test_sk_lastyear").status == 401',
    ),
    Mutant(
        "revoked-session-accepted",
        "access",
        "A session of the merchant that was withdrawn still works.",
        "GET /api/v1/merchant/customers with it answers 200 instead of 401.",
        _MERCHANT,
        replaced(_DEMAND, access.state_forgiven("revoked", "merchant")),
        'path = "/api/v1/merchant/customers/blacklist"\n'
        'ok = get(path, key_="session-withdrawn").status == 401',
    ),
    Mutant(
        "any-role-deletes",
        "access",
        "An employee whose role may not touch customers may delete them.",
        "DELETE /api/v1/merchant/customers/{id} by the receptionist answers 200 instead of 403.",
        ("deleteMerchantCustomer",),
        replaced(_DEMAND, access.role_not_asked),
        'path = f"/api/v1/merchant/customers/{merchant().id}"\n'
        'ok = delete(path, key_="receptionist-session").status == 403',
    ),
    Mutant(
        "challenge-missing",
        "access",
        "The merchant's 401 does not say how to log in.",
        "GET /api/v1/merchant/customers without credentials lacks `WWW-Authenticate`.",
        _MERCHANT,
        without_header("www-authenticate", *_MERCHANT, status=401),
        'came = get("/api/v1/merchant/customers", key_="")\n'
        'ok = "WWW-Authenticate" in came.headers',
    ),
    Mutant(
        "strangers-learn-which-bookings-exist",
        "access",
        "An unknown booking is refused before the credential is looked at.",
        "GET /v1/bookings/{id} of nothing, without credentials, answers 404 instead of 401.",
        ("getBooking",),
        replaced(_CHECK, access.unknown_before_unauthenticated),
        'ok = get("/v1/bookings/bk_01NOTHING0000", key_="").status == 401',
    ),
)
