"""Runs made up for the tests of reports: one with faults, one clean, one hostile."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from contract_tests.exchanges import Answer, Exchange, Pairs, Sent
from contract_tests.findings import Finding, Leftover, Severity, Unreached
from contract_tests.results import ItemResult, Outcome, RunResult

URL = "http://127.0.0.1:4010"
TOKEN = "otesse_test_sk_demo"
LABELS = {
    "listCustomers": "GET /v1/customers",
    "createCustomer": "POST /v1/customers",
    "getCustomer": "GET /v1/customers/{id}",
    "updateCustomer": "PATCH /v1/customers/{id}",
    "deleteCustomer": "DELETE /v1/customers/{id}",
    "listBookings": "GET /v1/bookings",
    "createBooking": "POST /v1/bookings",
    "cancelBooking": "POST /v1/bookings/{id}/cancel",
    "createInvoice": "POST /v1/invoices",
    "searchLeads": "GET /leads/v1/customers/search",
    "merchantStatistics": "GET /api/v1/merchant/customers/statistics",
}
STATUSES = {
    "listCustomers": (200, 400, 401, 403, 429),
    "createCustomer": (201, 400, 401, 403, 409, 422, 429),
    "getCustomer": (200, 401, 403, 404, 429),
    "updateCustomer": (200, 400, 401, 403, 404, 409, 412, 422, 429),
    "deleteCustomer": (204, 401, 403, 404, 409, 429),
    "listBookings": (200, 400, 401, 403, 429),
    "createBooking": (201, 400, 401, 403, 404, 409, 422, 429),
    "cancelBooking": (200, 401, 403, 404, 409, 422, 429),
    "createInvoice": (201, 400, 401, 403, 404, 422, 429),
    "searchLeads": (200, 400, 401),
    "merchantStatistics": (200, 401, 403),
}
PACKS = (
    "lint",
    "schema",
    "protocol",
    "lifecycle",
    "collections",
    "rules",
    "access",
    "differential",
)


def exchange(
    method: str,
    target: str,
    status: int,
    answer: Any,
    *,
    operation: str = "",
    body: Any = None,
    secrets: Pairs = ((TOKEN, "BEARER_VALID"),),
    headers: Pairs = (("Content-Type", "application/json"), ("X-Request-Id", "req_01")),
) -> Exchange:
    """An exchange; bytes are sent and answered as they are, other values as JSON."""
    sent: list[tuple[str, str]] = [("Authorization", f"Bearer {TOKEN}")]
    if body is not None:
        sent.append(("Content-Type", "application/json"))
    return Exchange(
        operation,
        URL,
        Sent(method, target, tuple(sent), None if body is None else _bytes(body)),
        Answer(status, headers, _bytes(answer), 3.2),
        secrets,
    )


def item(finding: Finding, **changes: Any) -> ItemResult:
    """An item that failed with one finding."""
    base = ItemResult(
        finding.pack,
        finding.operation,
        Outcome.FAILED,
        (finding,),
        requests=31,
        seconds=1.25,
        first_finding_s=0.7,
    )
    return replace(base, **changes)


def finding(**changes: Any) -> Finding:
    """A finding with a chain of two requests."""
    before = {"id": "cust_01", "first_name": "Ada", "phone": "+15550100", "tags": ["vip", "a"]}
    after = {"id": "cust_01", "first_name": "Grace", "phone": None, "tags": ["vip", "a"]}
    base = Finding(
        code="lifecycle.update_blanks_other_members",
        severity=Severity.CRITICAL,
        operation="updateCustomer",
        title="Changing first_name also empties phone",
        rule="Only the members that are sent are changed; all others keep their value.",
        source="openapi.yaml, PATCH /v1/customers/{id}, description",
        expected={**before, "first_name": "Grace"},
        got=after,
        exchanges=(
            exchange("POST", "/v1/customers", 201, before, body={"first_name": "Ada"}),
            exchange("PATCH", "/v1/customers/cust_01", 200, after, body={"first_name": "Grace"}),
        ),
        subject="phone",
        seed=7,
    )
    return replace(base, **changes)


def faulty() -> RunResult:
    """Six findings in five packs, gaps, a leftover and an undeclared status."""
    failing = [item(each) for each in (finding(), *_others())]
    return _run((*failing, *_passing(), *_unjudged()))


def clean() -> RunResult:
    """No finding and nothing left out."""
    return _run(tuple(_passing()))


def hostile(text: str) -> RunResult:
    """A run in which everything that a server could choose is this text."""
    body = text.encode("utf-8", "surrogatepass")
    bad = exchange(
        "POST", "/v1/customers", 500, body, body=text, headers=(("X-Evil", text), ("Server", text))
    )
    found = finding(
        title=f"The answer says {text}",
        rule=text,
        source=text,
        expected={text: text},
        got=[text, {"deep": text}],
        exchanges=(bad, bad),
        reference=(bad, exchange("POST", "/v1/customers", 201, {"ok": text})),
        subject=text,
        reproduction=text,
    )
    gap = Unreached("rules", "createInvoice", text, text)
    left = Leftover("customer", text, text)
    items = (
        item(found, leftovers=(left,), unreached=(gap,)),
        ItemResult("rules", "createInvoice", Outcome.SKIPPED, unreached=(gap,)),
        ItemResult("schema", "createInvoice", Outcome.BROKEN, error=text),
    )
    return replace(_run(items), contract_title=text, url=text)


def _others() -> list[Finding]:
    page = {"data": [{"id": "cust_01"}, {"id": "cust_02"}], "total": 2, "total_pages": 1, "page": 1}
    right = {**page, "total": 45, "total_pages": 23}
    pages = exchange("GET", "/v1/customers?per_page=2", 200, page)
    crash = exchange("GET", "/leads/v1/customers/search?email=%00", 500, b"<h1>Error</h1>")
    booked = exchange("POST", "/v1/bookings", 201, {"id": "bk_9", "total": 9720}, body={"hours": 2})
    made = finding(
        code="differential.other_answer",
        severity=Severity.CRITICAL,
        operation="createBooking",
        title="The total differs from the reference: tax is taken before the discount",
        rule="tax = (subtotal − discount) × tax rate, rounded half up to the cent.",
        source="openapi.yaml, Booking.total",
        expected=9180,
        got=9720,
        exchanges=(*finding().exchanges[:1], booked),
        reference=(
            *finding().exchanges[:1],
            exchange("POST", "/v1/bookings", 201, {"id": "bk_7", "total": 9180}, body={"hours": 2}),
        ),
        subject="total",
        reproduction=_READY,
    )
    total = finding(
        code="collections.total_is_page_length",
        severity=Severity.MAJOR,
        operation="listCustomers",
        title="`total` is the length of the page, not the number of customers",
        rule="total: the number of customers that match, over all pages.",
        source="openapi.yaml, #/components/schemas/Page/properties/total",
        expected=right,
        got=page,
        exchanges=(pages,),
        subject="total",
    )
    challenge = finding(
        code="protocol.no_challenge",
        severity=Severity.MINOR,
        operation="getCustomer",
        title="401 comes without WWW-Authenticate",
        rule="A server generating a 401 response MUST send a WWW-Authenticate header field.",
        source="RFC 9110, 15.5.2",
        expected="a WWW-Authenticate header",
        got="none",
        exchanges=(exchange("GET", "/v1/customers/cust_01", 401, {"error": "unauthorized"}),),
        subject="",
    )
    broke = finding(
        code="schema.server_error",
        severity=Severity.MAJOR,
        operation="searchLeads",
        title="A NUL in the query makes the server fail with 500",
        rule="Declared answers: 200, 400, 401.",
        source="openapi.yaml, GET /leads/v1/customers/search",
        expected="one of 200, 400, 401",
        got=500,
        exchanges=(crash,),
        subject="500",
    )
    unsafe = finding(
        code="lint.unbounded_text",
        severity=Severity.MINOR,
        operation="createInvoice",
        title="`notes` has no maxLength",
        rule="Every text that a client sends is bounded.",
        source="openapi.yaml, #/components/schemas/InvoiceCreate/properties/notes",
        expected="maxLength",
        got={"type": "string"},
        exchanges=(),
        subject="notes",
    )
    return [made, total, challenge, broke, unsafe]


def _passing() -> list[ItemResult]:
    items = []
    for number, pack in enumerate(PACKS[1:]):
        for place, (name, declared) in enumerate(STATUSES.items()):
            counts = {
                (name, status): 3 ** (index % 4 + 1) + place
                for index, status in enumerate(declared)
                if (status not in (429, 412) and (status + place) % 7) or status < 300
            }
            seen = counts if number == 0 else {(name, declared[0]): 4}
            items.append(
                ItemResult(
                    pack, name, Outcome.PASSED, requests=sum(seen.values()), seconds=0.4, seen=seen
                )
            )
    return items


def _unjudged() -> list[ItemResult]:
    paid = "It needs an invoice that is paid; none could be made with the operations declared."
    late = "Answers with 429 need a rate limit; the server under judgement shows none."
    odd = {("searchLeads", 500): 1}
    return [
        ItemResult(
            "rules",
            "createInvoice",
            Outcome.SKIPPED,
            unreached=(Unreached("rules", "createInvoice", "refund of a paid invoice", paid),),
        ),
        *(
            ItemResult(
                "protocol",
                name,
                Outcome.PASSED,
                unreached=(Unreached("protocol", name, "status 429", late),),
                seen=odd if name == "searchLeads" else {},
            )
            for name in STATUSES
        ),
        ItemResult(
            "access",
            "deleteCustomer",
            Outcome.PASSED,
            leftovers=(Leftover("customer", "cust_01KX", "DELETE answered 409"),),
        ),
    ]


def _run(items: tuple[ItemResult, ...]) -> RunResult:
    return RunResult(
        url=URL,
        contract="openapi.yaml",
        contract_title="Home services: customers, bookings, invoices, leads",
        profile="standard",
        seed=7,
        packs=PACKS,
        started="2026-02-20T15:00:00Z",
        seconds=83.4,
        items=items,
        statuses=STATUSES,
        labels=LABELS,
    )


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


_READY = """\
import httpx


def test_the_total_is_that_of_the_reference() -> None:
    with httpx.Client(base_url="http://127.0.0.1:4010") as client:
        answer = client.post("/v1/bookings", json={"hours": 2})
    assert answer.json()["total"] == 9180
"""
