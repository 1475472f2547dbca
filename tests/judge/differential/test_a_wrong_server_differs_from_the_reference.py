"""A server with one fault answers a random sequence otherwise, and the finding says where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contract_tests.exchanges import Answer, Sent
from contract_tests.targets import References
from tests.judge.differential.faults import Change, judged, told

Json = Any


def _forgotten_notes(body: Json) -> None:
    body["notes"] = None


def _page_as_total(body: Json) -> None:
    body["pagination"]["total"] = len(body["data"])


def _a_cent_more(body: Json) -> None:
    body["pricing"]["tax"] += 1


def _no_location(sent: Sent, answer: Answer) -> Answer:
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "location")
    return replace(answer, headers=kept) if sent.method == "POST" else answer


def _deleted_twice(sent: Sent, answer: Answer) -> Answer:
    is_second = sent.method == "DELETE" and answer.status == 404
    return Answer(200, (), b"") if is_second else answer


_FAULTS: list[tuple[str, Change, str, str]] = [
    ("updateBooking", told("GET", "/v1/bookings/", _forgotten_notes), "body", "/notes"),
    ("listCustomers", told("GET", "/v1/customers", _page_as_total), "body", "/pagination/total"),
    ("createBooking", told("POST", "/v1/bookings", _a_cent_more), "body", "/pricing/tax"),
    ("createCustomer", _no_location, "header", "Location"),
    ("deleteMerchantCustomer", _deleted_twice, "status", "404>200"),
]


@pytest.mark.parametrize(("operation", "change", "kind", "place"), _FAULTS)
def test_a_fault_is_found_and_placed(
    references: References, operation: str, change: Change, kind: str, place: str
) -> None:
    (finding,) = judged(references, operation, change).findings
    assert finding.code == f"differential.{kind}"
    assert place in finding.subject


def test_the_chain_is_short_and_paired(references: References) -> None:
    change = told("GET", "/v1/bookings/", _forgotten_notes)
    (finding,) = judged(references, "updateBooking", change).findings
    assert len(finding.exchanges) == len(finding.reference) <= 4
    assert [e.operation for e in finding.exchanges] == [e.operation for e in finding.reference]


def test_the_same_seed_finds_the_same(references: References) -> None:
    change = told("POST", "/v1/bookings", _a_cent_more)
    found = [judged(references, "createBooking", change, seed=7).findings[0] for _ in range(2)]
    assert found[0].fingerprint == found[1].fingerprint
    assert [e.sent for e in found[0].exchanges] == [e.sent for e in found[1].exchanges]
