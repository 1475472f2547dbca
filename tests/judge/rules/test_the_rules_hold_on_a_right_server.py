"""Every journey can be told to its end on our server, and every invariant is met by some record."""

from __future__ import annotations

import pytest

from contract_tests.pack import load_pack
from contract_tests.packs.rules.invariants import Invariants, places_of
from tests.judge.rules.tampering import bench_of, plan

OPERATIONS = sorted(load_pack("rules").operations(plan()))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_found_and_nothing_is_left_out(operation: str) -> None:
    bench = bench_of("rules", operation)
    assert [finding.title for finding in bench.findings] == []
    assert bench.unreached_things == []


def test_every_invariant_is_met_by_records_that_are_seen() -> None:
    held = Invariants(plan(), places_of(plan().contract, plan().semantics))
    for operation in (
        "listBookings",
        "listInvoices",
        "listCustomers",
        "getMerchantCustomerStats",
        "listBlacklistedCustomers",
        "createLeadsCustomer",
        "cancelBooking",
        "createInvoice",
        "getCustomer",
    ):
        for exchange in bench_of("rules", operation).caller.log:
            assert list(held.broken(exchange)) == []
    assert {each.code for each in plan().semantics.invariants} - set(held.held) == set()


def test_reading_alone_still_holds_the_invariants() -> None:
    bench = bench_of("rules", "listBookings", judged=plan(is_read_only=True))
    assert bench.findings == []
    assert {exchange.sent.method for exchange in bench.caller.log} == {"GET"}
    assert any("--read-only" in each.why for each in bench.unreached_things)
