"""Everybody who may not call is tried; a server that lets one in, or acts, is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract_tests.exchanges import Answer, Sent
from contract_tests.plan import Options, make_plan
from tests.judge.rules.tampering import bench_of, found, is_to, plan
from tests.judge.tampered import Send

KEY = "Bearer otesse_test_sk_contract"
SAMPLE = (
    "createCustomer",
    "updateBooking",
    "getInvoice",
    "deleteMerchantCustomer",
    "getLeadsCustomer",
)


def _authorization(sent: Sent) -> str:
    return next((v for n, v in sent.headers if n.lower() == "authorization"), "")


def _with(sent: Sent, authorization: str) -> Sent:
    kept = tuple(pair for pair in sent.headers if pair[0].lower() != "authorization")
    return replace(sent, headers=(*kept, ("Authorization", authorization)))


@pytest.mark.parametrize("operation", SAMPLE)
def test_a_right_server_is_clean_and_everybody_was_tried(operation: str) -> None:
    bench = bench_of("access", operation)
    assert [finding.title for finding in bench.findings] == []
    assert bench.unreached_things == []


def test_a_server_that_takes_any_key_is_found() -> None:
    def takes_any(sent: Sent, send: Send) -> Answer:
        is_key = _authorization(sent).startswith("Bearer ") and is_to(sent, "GET", "/v1/bookings")
        return send(_with(sent, KEY) if is_key else sent)

    codes = found("access", "listBookings", takes_any)
    assert set(codes) <= {"access.accepted", "access.order"}
    assert codes.count("access.accepted") > 5


def test_a_scope_that_is_not_asked_for_is_found() -> None:
    def knows_no_scopes(sent: Sent, send: Send) -> Answer:
        limited = "_sk_no" in _authorization(sent) and is_to(sent, "POST", "/cancel")
        return send(_with(sent, KEY) if limited else sent)

    bench = bench_of("access", "cancelBooking", knows_no_scopes)
    assert {f.code for f in bench.findings} == {"access.accepted"}
    assert "without the scope bookings:write" in bench.findings[0].title


def _keys(sent: Sent) -> list[str]:
    return [v for n, v in sent.headers if n.lower() in ("authorization", "x-api-key")]


def test_a_second_key_that_rescues_the_first_is_found() -> None:
    def tries_both(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if answer.status == 401 and len(_keys(sent)) > 1:
            return send(_with(sent, f"Bearer {_keys(sent)[1]}"))
        return answer

    bench = bench_of("access", "getInvoice", tries_both)
    (finding,) = bench.findings
    assert finding.code == "access.accepted"
    assert "expired OtesseKey and valid OtesseKeyHeader" in finding.title


def test_a_second_key_that_spoils_the_first_is_found() -> None:
    def wants_both(sent: Sent, send: Send) -> Answer:
        is_bad = len(_keys(sent)) > 1 and "contract" not in _keys(sent)[1]
        return send(_with(sent, "Bearer no") if is_bad else sent)

    codes = {finding.code for finding in bench_of("access", "listBookings", wants_both).findings}
    assert codes == {"access.refused"}


def test_a_refusal_that_acts_all_the_same_is_found() -> None:
    def acts_first(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if is_to(sent, "PATCH", "/v1/customers/") and answer.status == 401:
            send(_with(sent, KEY))
        return answer

    bench = bench_of("access", "updateCustomer", acts_first)
    assert "access.side-effect" in {f.code for f in bench.findings}


def test_a_refused_create_that_creates_is_found() -> None:
    def makes_first(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method == "POST" and sent.target == "/v1/bookings" and answer.status == 403:
            send(_with(sent, KEY))
        return answer

    bench = bench_of("access", "createBooking", makes_first)
    finding = next(f for f in bench.findings if f.code == "access.side-effect")
    assert "403" in finding.title


def test_a_record_that_shows_in_a_refusal_is_found() -> None:
    def tells(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if is_to(sent, "GET", "/v1/customers/") and answer.status == 401:
            shown = send(_with(sent, KEY))
            return replace(answer, body=answer.body[:-1] + b',"was":' + shown.body + b"}")
        return answer

    assert "access.leak" in found("access", "getCustomer", tells)


def test_an_unknown_id_that_is_told_to_strangers_is_found() -> None:
    def looks_first(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if is_to(sent, "GET", "/v1/invoices/") and answer.status == 401:
            known = send(_with(sent, KEY))
            return known if known.status == 404 else answer
        return answer

    assert set(found("access", "getInvoice", looks_first)) == {"access.order"}


def test_an_unknown_id_that_is_told_to_those_without_the_scope_is_found() -> None:
    def looks_first(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if is_to(sent, "GET", "/v1/invoices/") and answer.status == 403:
            known = send(_with(sent, KEY))
            return known if known.status == 404 else answer
        return answer

    assert set(found("access", "getInvoice", looks_first)) == {"access.order"}


def test_what_no_credential_was_given_for_is_said() -> None:
    alone = make_plan(Options("http://reference"))
    bench = bench_of("access", "cancelBooking", judged=alone)
    assert any("bookings:write" in each.what for each in bench.unreached_things)
    assert "--auth" in bench.unreached_things[0].why


def test_no_credential_of_the_file_is_printed() -> None:
    def takes_any(sent: Sent, send: Send) -> Answer:
        return send(_with(sent, KEY) if is_to(sent, "GET", "/v1/bookings") else sent)

    secrets = {each.text for each in plan().credentials.all}
    for finding in bench_of("access", "listBookings", takes_any).findings:
        shown = "\n".join([finding.title, *(each.curl for each in finding.exchanges)])
        assert not any(f" {secret}" in shown for secret in secrets)
