"""A journey and an invariant find the server that goes another way, and say so to a stranger."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from contract_tests.exchanges import Answer, Sent
from tests.judge.rules.tampering import bench_of, changed, found, is_to
from tests.judge.tampered import Send

Json = Any


def test_a_fee_that_is_forgotten_is_found() -> None:
    def without_fee(value: Json) -> Json:
        if isinstance(value, dict) and value.get("cancellation"):
            fee = value["cancellation"]["fee"] | {"applies": False, "amount": 0, "percentage": 0}
            return value | {
                "cancellation_fee": 0,
                "cancellation": value["cancellation"] | {"fee": fee},
            }
        return value

    codes = found("rules", "cancelBooking", lambda sent, send: changed(send(sent), without_fee))
    assert "rules.cancelling-late-costs-half" in codes
    assert "rules.fee-follows-the-moved-time" in codes


def test_a_total_that_is_a_cent_off_is_found_wherever_it_is_seen() -> None:
    def a_cent_off(value: Json) -> Json:
        if isinstance(value, dict):
            off = {name: a_cent_off(member) for name, member in value.items()}
            return off | {"total": off["total"] + 1} if {"total", "subtotal"} <= set(off) else off
        return [a_cent_off(each) for each in value] if isinstance(value, list) else value

    for pack in ("rules", "protocol"):
        codes = found(pack, "listBookings", lambda sent, send: changed(send(sent), a_cent_off))
        assert "rules.booking-total" in codes


def test_a_refusal_that_is_not_made_is_found_with_its_chain() -> None:
    def books_anybody(sent: Sent, send: Send) -> Answer:
        if is_to(sent, "PUT", "/blacklist"):
            return replace(send(replace(sent, body=b"{}")), status=200, body=b"")
        return send(sent)

    bench = bench_of("rules", "createBooking", books_anybody)
    finding = next(f for f in bench.findings if f.code == "rules.blacklisted-cannot-be-booked")
    assert finding.expected == {"status": [409]}
    assert finding.got["status"] == 201
    assert finding.rule == "a blacklisted customer 409 `customer_blacklisted`"
    methods = [exchange.sent.method for exchange in finding.exchanges]
    assert methods[0] == "POST"
    assert methods[-2:] == ["PUT", "POST"]


def test_a_header_that_says_something_else_is_found() -> None:
    def counts_down(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        name = "x-ratelimit-reset"
        kept = tuple(pair for pair in answer.headers if pair[0].lower() != name)
        return replace(answer, headers=(*kept, (name, "42")))

    codes = found("rules", "listCustomers", counts_down)
    assert codes == ["rules.rate-limit-window-ends-within-a-minute"]


def test_a_second_case_is_shown_without_the_first() -> None:
    def forgets_bathrooms(sent: Sent, send: Send) -> Answer:
        body = json.loads(sent.body) if sent.body else {}
        rooms = body.get("configuration") or {}
        if is_to(sent, "POST", "/bookings") and rooms.get("bathrooms") == 20:
            text = json.dumps(body | {"configuration": rooms | {"bathrooms": 19}})
            return send(replace(sent, body=text.encode()))
        return send(sent)

    bench = bench_of("rules", "createBooking", forgets_bathrooms)
    finding = next(f for f in bench.findings if "formula" in f.code)
    assert len(finding.exchanges) == 2
    assert isinstance(finding.got, dict)


def test_what_cannot_be_made_first_is_no_finding() -> None:
    def has_no_customers(sent: Sent, send: Send) -> Answer:
        if is_to(sent, "POST", "/v1/customers") and "leads" not in sent.target:
            return replace(send(sent), status=403)
        return send(sent)

    bench = bench_of("rules", "transferBookings", has_no_customers)
    assert [f.code for f in bench.findings if f.pack == "rules"] == []
    assert any("make customer" in each.what for each in bench.unreached_things)


def test_a_tax_at_another_rate_than_asked_for_is_found_wherever_invoices_are_made() -> None:
    def takes_small_rates_for_shares(sent: Sent, send: Send) -> Answer:
        body = json.loads(sent.body or b"{}")
        if is_to(sent, "POST", "/v1/invoices") and body.get("tax_rate") == 7.25:
            return send(replace(sent, body=json.dumps(body | {"tax_rate": 72.5}).encode()))
        return send(sent)

    codes = found("rules", "createInvoice", takes_small_rates_for_shares)
    assert "rules.invoice-taxed-at-the-rate-asked-for" in codes


def test_a_link_that_leads_elsewhere_is_found() -> None:
    def to_the_start_of_the_page(value: Json) -> Json:
        if "doc_url" in value.get("error", {}):
            value["error"]["doc_url"] = "https://docs.otesse.com/api/errors#top"
        return value

    def misled(sent: Sent, send: Send) -> Answer:
        return changed(send(sent), to_the_start_of_the_page)

    assert found("rules", "getInvoice", misled) == ["rules.error-links-to-its-code"]


def test_what_the_blacklist_does_not_forbid_is_found_when_it_is_refused() -> None:
    listed: list[str] = []

    def cancels_for_nobody_on_it(sent: Sent, send: Send) -> Answer:
        if is_to(sent, "PUT", "/blacklist"):
            listed.append(sent.target)
        answer = send(sent)
        is_refused = listed and is_to(sent, "POST", "/cancel")
        return replace(answer, status=409) if is_refused else answer

    codes = found("rules", "blacklistMerchantCustomer", cancels_for_nobody_on_it)
    assert "rules.blacklisting-forbids-nothing-else" in codes
