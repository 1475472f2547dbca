"""A right server is never blamed: not with other ids, not with other people's rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Answer, Sent
from contract_tests.packs.differential.identities import Identities
from contract_tests.packs.differential.ordering import same_but_for_ties
from contract_tests.packs.differential.sides import open_arena
from contract_tests.packs.differential.steps import Step
from contract_tests.packs.differential.views import View
from contract_tests.plan import Options, make_plan
from contract_tests.targets import NOW, References
from tests.judge.differential.faults import judged, unharmed

_OPERATIONS = ("listCustomers", "updateBooking", "transferBookings", "updateLeadsCustomer")


@pytest.mark.parametrize("operation", _OPERATIONS)
def test_our_server_is_its_own_reference(references: References, operation: str) -> None:
    bench = judged(references, operation, unharmed, profile="smoke")
    assert bench.findings == []
    assert bench.unreached_things == []
    assert bench.caller.log


def test_ids_may_look_otherwise(references: References) -> None:
    """Every id of a customer is spelled otherwise on the wire, in both directions."""

    def change(_sent: Sent, answer: Answer) -> Answer:
        headers = tuple((n, v.replace("/cust_", "/cust_ZZ")) for n, v in answer.headers)
        return replace(answer, headers=headers, body=answer.body.replace(b'"cust_', b'"cust_ZZ'))

    def heard(sent: Sent) -> Sent:
        body = sent.body.replace(b'"cust_ZZ', b'"cust_') if sent.body else sent.body
        return replace(sent, target=sent.target.replace("cust_ZZ", "cust_"), body=body)

    bench = judged(references, "createBooking", change, heard=heard, profile="smoke")
    assert bench.findings == []


def _customer(born: str, **more: str) -> dict[str, str]:
    named = {"lastName": "Fowler", "primaryPhone": "+14585557001", **more}
    return {"id": "019c10eb-73c0-7201-94ae-63e595f19fb5", "createdAt": born, **named}


@pytest.mark.parametrize(
    ("more", "is_compared"),
    [
        ({}, False),
        ({"lastName": "Doe BCDFG"}, True),
        ({"primaryPhone": "+14585550000"}, True),
    ],
    ids=["another's", "ours", "not asked for"],
)
def test_rows_of_others_that_a_search_may_find_are_not_compared(
    references: References, more: dict[str, str], is_compared: bool
) -> None:
    """Of a text for a phone number only the digits count: it may find anybody."""
    plan = make_plan(Options("http://target", packs=("differential",)))
    target = references.open_world("theirs", NOW)
    bench = Bench(plan, target, "differential", "searchLeadsCustomers", "bcdfg")
    bench.kept["references"] = references
    arena = open_arena(bench)
    arena.group, arena.are_twins = "bcdfg", False
    step = Step(0, "searchLeadsCustomers", query={"phone": "v700a Doebcdfg"})
    mine, other = (
        {"customers": [_customer(at, **more)]}
        for at in ("2026-01-30T22:00:40Z", "2026-01-30T21:59:52Z")
    )
    view = View(arena, step, Identities())
    compared = view.comparable(mine, other)
    assert (compared[0] != compared[1]) is is_compared
    assert view.is_of_others(NO_JSON, other) is not is_compared
    arena.close()


def test_ties_may_be_broken_either_way() -> None:
    at = "2026-02-20T15:00:00Z"
    mine = [{"name": "a", "made": at}, {"name": "b", "made": at}]
    assert same_but_for_ties(mine, mine[::-1], lambda a, b: a == b)


def test_order_that_is_told_may_not_change() -> None:
    days = "2026-02-20T15:00:00Z", "2026-02-19T15:00:00Z"
    mine = [{"name": "a", "made": days[0]}, {"name": "b", "made": days[1]}]
    assert not same_but_for_ties(mine, mine[::-1], lambda a, b: a == b)
