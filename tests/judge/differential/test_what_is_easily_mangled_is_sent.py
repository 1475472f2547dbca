"""Texts and dates that people forget are sent wherever they may be, and seen again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.contract import load_contract
from contract_tests.exchanges import Answer, Sent
from contract_tests.packs.differential.edges import edges
from contract_tests.plan import CONTRACT
from contract_tests.targets import References
from tests.judge.differential.faults import judged, unharmed

Json = Any
_TEXT = {"type": "string", "maxLength": 60}
_NAME = {"type": "string", "maxLength": 40, "pattern": "^[^\\u0000-\\u001F]*$"}
_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}


def _edges(members: dict[str, Json], template: Json) -> list[dict[str, Json]]:
    contract = load_contract(CONTRACT)
    return edges(
        contract, members, template, frozenset({"/code"}), datetime(2026, 12, 5, tzinfo=UTC)
    )


def test_each_member_gets_what_its_schema_takes() -> None:
    texts = [each["/name"] for each in _edges({"/name": _NAME, "/note": _TEXT}, {})]
    notes = [each["/note"] for each in _edges({"/name": _NAME, "/note": _TEXT}, {})]
    assert not any("\n" in text for text in texts)
    assert any("\n" in text and "\t" in text for text in notes)
    assert all(any(sign in text for text in notes) for sign in ("  ", "<b>", '"', "ש", "e\u0301"))


def test_what_is_declared_named_or_listed_is_no_free_text() -> None:
    members = {"/code": _TEXT, "/owner_id": _TEXT, "/kind": {**_TEXT, "enum": ["a", "b"]}}
    assert _edges(members, {}) == []


def test_a_mark_stays_before_the_text() -> None:
    found = _edges({"/note": _TEXT}, {"note": "= 'Ring ' + mark"})
    assert found
    assert all(each["/note"].startswith("= ('Ring ' + mark) + \"") for each in found)


def test_days_at_the_edges_are_tried_in_the_form_of_each_member() -> None:
    found = _edges({"/due": _DAY, "/at": _MOMENT, "/code": {"type": "string", "maxLength": 3}}, {})
    assert [each["/due"] for each in found] == [
        "2026-12-31",
        "2027-01-01",
        "2028-02-29",
        "1988-02-29",
    ]
    assert [each["/at"][:10] for each in found] == [each["/due"] for each in found]


def test_line_breaks_that_are_lost_are_found(references: References) -> None:
    def heard(sent: Sent) -> Sent:
        if sent.method != "POST" or sent.target != "/v1/bookings" or not sent.body:
            return sent
        return replace(sent, body=sent.body.replace(b"\\n", b" "))

    (finding,) = judged(references, "createBooking", unharmed, heard=heard).findings
    assert (finding.code, finding.subject[-6:]) == ("differential.body", "/notes")


def test_a_list_that_fails_for_a_leap_day_is_found(references: References) -> None:
    def fails(sent: Sent, answer: Answer) -> Answer:
        is_list = sent.target.endswith("/calendar/customers") and b"-02-29T" in answer.body
        return replace(answer, status=500, body=b"{}") if is_list else answer

    (finding,) = judged(references, "createMerchantCustomer", fails).findings
    assert (finding.code, finding.subject) == ("differential.status", "status 200>500")


@pytest.mark.parametrize("operation", ["cancelBooking", "updateMerchantCustomer"])
def test_a_server_that_keeps_them_is_clean(references: References, operation: str) -> None:
    bench = judged(references, operation, unharmed)
    assert bench.findings == []
    bodies = [each.sent.body or b"" for each in bench.caller.log]
    assert any(b"two\\nlines" in body for body in bodies)
    assert any(b"e\xcc\x81" in body for body in bodies)
