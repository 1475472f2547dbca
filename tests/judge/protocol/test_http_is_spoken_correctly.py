"""Answers that break HTTP or the contract are found, by whichever pack gets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from contract_tests.exchanges import Answer, Sent
from tests.judge.rules.tampering import bench_of, found, is_to
from tests.judge.tampered import Send, Tamper

SAMPLE = ("listCustomers", "createCustomer", "getBooking", "cancelBooking", "searchLeadsCustomers")


def _on(status: int, change: Callable[[Answer], Answer]) -> Tamper:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return change(answer) if answer.status == status else answer

    return tamper


def _as(status: int, other: int) -> Tamper:
    return _on(status, lambda answer: replace(answer, status=other))


def _without(name: str) -> Callable[[Answer], Answer]:
    return lambda a: replace(a, headers=tuple(p for p in a.headers if p[0].lower() != name))


def _with(name: str, value: str) -> Callable[[Answer], Answer]:
    return lambda a: replace(
        a, headers=(*(p for p in a.headers if p[0].lower() != name), (name, value))
    )


@pytest.mark.parametrize("operation", SAMPLE)
def test_a_right_server_is_clean_and_every_status_was_seen(operation: str) -> None:
    bench = bench_of("protocol", operation)
    assert [finding.title for finding in bench.findings] == []
    assert bench.unreached_things == []


@pytest.mark.parametrize(
    ("operation", "tamper", "code"),
    [
        ("getCustomer", _on(401, _without("www-authenticate")), "protocol.missing-challenge"),
        ("getCustomer", _on(405, _with("allow", "GET")), "protocol.allow"),
        ("getCustomer", _on(405, _without("allow")), "protocol.allow"),
        ("getCustomer", _as(405, 200), "protocol.undeclared-method"),
        ("getCustomer", _as(304, 200), "protocol.condition"),
        ("getCustomer", _on(200, _without("content-type")), "protocol.undeclared-media-type"),
        ("getCustomer", _on(200, _without("x-ratelimit-limit")), "protocol.missing-header"),
        ("getCustomer", _on(404, lambda a: replace(a, body=b"{}")), "protocol.body-breaks-schema"),
        ("createCustomer", _as(201, 202), "protocol.undeclared-status"),
        (
            "createCustomer",
            _on(201, _with("location", "/v1/customers/cust_0000000000")),
            "protocol.location",
        ),
        (
            "createCustomer",
            _on(201, _with("location", "http://app-1.internal/v1/customers/cust_01HQ3K5M7N")),
            "protocol.location",
        ),
        ("createCustomer", _as(422, 500), "protocol.server-error"),
        ("createCustomer", _as(415, 400), "protocol.bad-request-status"),
        ("createCustomer", _as(413, 201), "protocol.bad-request-accepted"),
        ("listCustomers", _as(400, 200), "protocol.bad-request-accepted"),
    ],
)
def test_a_wrong_answer_is_found(operation: str, tamper: Tamper, code: str) -> None:
    assert code in found("protocol", operation, tamper)


@pytest.mark.parametrize(
    "inside",
    [
        'Traceback (most recent call last):\n  File "/srv/app/db.py", line 7, in save',
        "at Object.save (/home/node/app/db.js:10:5)",
        "psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint",
        "SELECT * FROM customers WHERE id = 'x'",
        "/usr/lib/python3/dist-packages/thing.py",
        "<Customer object at 0x7f3a2b1c9d00>",
    ],
)
def test_the_inside_of_a_server_in_an_error_is_found(inside: str) -> None:
    def tells(answer: Answer) -> Answer:
        value = json.loads(answer.body)
        value["error"]["message"] = inside
        return replace(answer, body=json.dumps(value).encode())

    assert "protocol.exposes-insides" in found("protocol", "getCustomer", _on(404, tells))


def test_a_member_that_is_not_checked_is_found() -> None:
    def forgives(sent: Sent, send: Send) -> Answer:
        if is_to(sent, "POST", "/leads/v1/customers") and sent.body:
            try:
                body = json.loads(sent.body)
            except (ValueError, RecursionError):
                return send(sent)
            if isinstance(body, dict) and "unknown_member" in body:
                del body["unknown_member"]
                return send(replace(sent, body=json.dumps(body).encode()))
        return send(sent)

    bench = bench_of("protocol", "createLeadsCustomer", forgives)
    finding = next(f for f in bench.findings if f.code == "protocol.bad-request-accepted")
    assert "unknown_member" in finding.title
    assert finding.got["status"] == 201


def test_a_refusal_that_names_another_member_is_found() -> None:
    def misleads(answer: Answer) -> Answer:
        value = json.loads(answer.body)
        value["error"]["param"] = "something_else"
        return replace(answer, body=json.dumps(value).encode())

    codes = found("protocol", "createInvoice", _on(422, misleads))
    assert "protocol.refusal-names-another" in codes


def test_a_valid_value_that_is_refused_is_found() -> None:
    def is_picky(sent: Sent, send: Send) -> Answer:
        if "𝒳".encode() in (sent.body or b""):
            return send(replace(sent, body=b'{"note": 7}'))
        return send(sent)

    bench = bench_of("protocol", "createMerchantCustomer", is_picky)
    assert "protocol.valid-refused" in {finding.code for finding in bench.findings}


def test_a_head_that_differs_is_found() -> None:
    def forgets(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return _without("content-type")(answer) if sent.method == "HEAD" else answer

    assert found("protocol", "getBooking", forgets) == ["protocol.head-differs"]


def _spells(name: str, value: str) -> Callable[[Sent], bool]:
    """Whether a request has a header field of exactly this name and this beginning."""
    return lambda sent: any(n == name and v.startswith(value) for n, v in sent.headers)


@pytest.mark.parametrize(
    ("operation", "is_known", "status", "subject"),
    [
        ("getCustomer", _spells("Authorization", "Bearer "), 401, "`bearer`"),
        ("getMerchantCustomer", _spells("Authorization", "Bearer "), 401, "`BEARER`"),
        ("createLeadsCustomer", _spells("Authorization", ""), 401, "`authorization`"),
        ("createCustomer", _spells("Content-Type", "application/json"), 415, "`Application/JSON`"),
        ("updateBooking", _spells("Content-Type", ""), 415, "`CONTENT-TYPE`"),
    ],
)
def test_a_spelling_that_is_not_known_is_found(
    operation: str, is_known: Callable[[Sent], bool], status: int, subject: str
) -> None:
    def refuses(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_tried = any(n.lower() in ("authorization", "content-type") for n, _ in sent.headers)
        return replace(answer, status=status) if is_tried and not is_known(sent) else answer

    findings = bench_of("protocol", operation, refuses).findings
    spelled = [f.subject for f in findings if f.code == "protocol.spelling-refused"]
    assert any(subject in each for each in spelled)


def test_a_credential_that_ends_meanwhile_is_no_matter_of_spelling() -> None:
    spelled: list[Sent] = []

    def forgets(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        spelled.extend([sent] if _spells("Authorization", "bearer")(sent) else [])
        return replace(answer, status=401) if spelled else answer

    bench = bench_of("protocol", "getCustomer", forgets)
    assert spelled
    assert "protocol.spelling-refused" not in {finding.code for finding in bench.findings}


def test_an_operation_that_never_does_well_is_told() -> None:
    codes = found("protocol", "listInvoices", _as(200, 404))
    assert "protocol.never-answered-2xx" in codes
