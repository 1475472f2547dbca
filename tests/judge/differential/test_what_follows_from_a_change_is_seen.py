"""After a change, what other families say of the same record is looked at as well."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from contract_tests.exchanges import Answer, Sent
from contract_tests.targets import References
from tests.judge.differential.faults import judged, unharmed

Json = Any


def test_a_text_that_another_family_derived_once_is_found(references: References) -> None:
    first: dict[str, str] = {}

    def stale(sent: Sent, answer: Answer) -> Answer:
        if sent.method == "POST":
            first.clear()
        if not sent.target.endswith("/stats") or answer.status != 200:
            return answer
        body = answer.json
        for index, row in enumerate(body["data"]["bookings"]):
            told = first.setdefault(f"{sent.target} {index}", row["formatted_location"])
            row["formatted_location"] = told
        return replace(answer, body=json.dumps(body).encode())

    (finding,) = judged(references, "updateBooking", stale).findings
    assert "/formatted_location" in finding.subject
    assert "updateBooking" in [exchange.operation for exchange in finding.exchanges]


def test_every_face_and_sub_list_is_looked_at(references: References) -> None:
    bench = judged(references, "updateBooking", unharmed)
    last = [exchange.operation for exchange in bench.caller.log][-50:]
    assert bench.findings == []
    assert {
        "updateBooking",
        "getBooking",
        "getCustomer",
        "listCustomerBookings",
        "getMerchantCustomerStats",
        "getLeadsCustomer",
        "listBookings",
        "listCalendarCustomers",
    } <= set(last)
