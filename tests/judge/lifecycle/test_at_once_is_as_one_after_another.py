"""What is asked for at once ends as if it had come one after another, or that is found."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from starlette.types import ASGIApp

from contract_tests.exchanges import Answer, Sent
from contract_tests.mutants.server import REFERENCE
from contract_tests.packs.lifecycle import racing
from contract_tests.packs.lifecycle.change import Change
from contract_tests.reporter import Reporter
from tests.judge.lifecycle.facing import facing, found
from tests.judge.lifecycle.tampering import without_header
from tests.judge.tampered import Send


@pytest.mark.parametrize(
    ("mutant", "findings"),
    [(REFERENCE, set()), ("race-for-an-email", {"done-twice-at-once /email"})],
)
def test_of_creates_that_share_a_unique_value_one_is_taken(
    reference: ASGIApp, mutant: str, findings: set[str]
) -> None:
    with facing(reference, "createCustomer", mutant) as bench:
        racing.judge_creates(Reporter(bench), bench.semantics.resources["customer"], {})
        assert found(bench) == findings


@pytest.mark.parametrize("mutant", [REFERENCE, "changes-at-once-lose-one"])
def test_changes_of_several_members_are_all_kept(reference: ASGIApp, mutant: str) -> None:
    with facing(reference, "updateCustomer", mutant) as bench:
        resource = bench.semantics.resources["customer"]
        assert resource.update is not None
        made, other = bench.make("customer"), bench.make("customer")
        change = Change(Reporter(bench), resource, resource.update, made, {}, other)
        racing.judge_changes(change)
        assert ("lost-at-once /first_name" in found(bench)) is (mutant != REFERENCE)


def test_a_record_that_takes_the_id_of_another_is_found(reference: ASGIApp) -> None:
    made: list[str] = []

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if answer.status != 201:
            return answer
        made.append(answer.json["id"])
        return replace(answer, body=json.dumps({**answer.json, "id": made[0]}).encode())

    with facing(reference, "createCustomer", tamper=tamper) as bench:
        racing.judge_creates(Reporter(bench), bench.semantics.resources["customer"], {})
        assert "lost-at-once /last_name" in found(bench)


@pytest.mark.parametrize("is_ignored", [False, True])
def test_a_create_with_one_key_happens_once(reference: ASGIApp, is_ignored: bool) -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        return send(without_header(sent, "Idempotency-Key") if is_ignored else sent)

    with facing(reference, "createInvoice", tamper=tamper) as bench:
        needs = {"owner": bench.make("customer")}
        invoice = bench.semantics.resources["invoice"]
        racing.judge_key(Reporter(bench), invoice, needs, "Idempotency-Key")
        assert found(bench) == ({"done-twice-at-once idempotency key"} if is_ignored else set())


@pytest.mark.parametrize("status", [409, 200])
def test_what_can_be_done_once_is_done_once(reference: ASGIApp, status: int) -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return replace(answer, status=status) if answer.status == 409 else answer

    with facing(reference, "cancelBooking", tamper=tamper) as bench:
        call = {"path": {"id": bench.make("booking").id}}
        racing.judge_once(Reporter(bench), "cancelBooking", call)
        assert found(bench) == ({"done-twice-at-once cancelBooking"} if status == 200 else set())


def test_nothing_is_sent_at_once_where_the_rate_is_capped(reference: ASGIApp) -> None:
    with facing(reference, "cancelBooking", rate=1000.0) as bench:
        racing.judge_once(Reporter(bench), "cancelBooking", {"path": {"id": "bk_0"}})
        assert bench.requests == 0
        assert ["--rate" in each.why for each in bench.unreached_things] == [True]
