"""Every promise of a list is broken once, and the pack sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from contract_tests.exchanges import Answer, Sent
from tests.judge.lifecycle.tampering import Json, codes, edited, judged, path_of
from tests.judge.tampered import Send, Tamper

_BOOKINGS = "/v1/bookings"


def _answers(path: str, edit: Callable[[Json], None]) -> Tamper:
    """Edits the answers of a list."""

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_it = sent.method == "GET" and re.fullmatch(path, path_of(sent))
        return edited(answer, edit) if is_it and answer.status == 200 else answer

    return tamper


def _queries(path: str, pattern: str, replacement: str) -> Tamper:
    """Rewrites the queries of a list."""

    def tamper(sent: Sent, send: Send) -> Answer:
        if sent.method == "GET" and re.fullmatch(path, path_of(sent)):
            sent = replace(sent, target=re.sub(pattern, replacement, sent.target))
        return send(sent)

    return tamper


def _found(operation: str, tamper: Tamper, profile: str = "smoke") -> set[str]:
    return codes(judged("collections", operation, tamper, profile))


def test_a_total_of_the_page_alone_is_seen() -> None:
    def edit(body: Json) -> None:
        body["pagination"]["total"] = len(body["data"])

    assert "told-wrong" in _found("listBookings", _answers(_BOOKINGS, edit))


def test_pages_that_overlap_are_seen() -> None:
    last: list[Json] = []

    def edit(body: Json) -> None:
        if body["pagination"]["page"] > 1 and last and body["data"]:
            body["data"] = [last[0], *body["data"][1:]]
        last[:] = body["data"][-1:]

    assert "pages-do-not-part" in _found("listBookings", _answers(_BOOKINGS, edit))


def test_a_page_that_is_too_short_is_seen() -> None:
    tamper = _queries("/v1/customers", "per_page=100", "per_page=99")

    assert "page-length" in _found("listCustomers", tamper)


def test_another_default_size_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if (
            path_of(sent) == "/v1/invoices"
            and sent.method == "GET"
            and "per_page" not in sent.target
        ):
            mark = "&" if "?" in sent.target else "?"
            sent = replace(sent, target=f"{sent.target}{mark}per_page=20")
        return send(sent)

    assert "told-wrong" in _found("listInvoices", tamper)


def test_a_page_past_the_end_with_rows_is_seen() -> None:
    tamper = _queries(_BOOKINGS, r"([?&])page=999999", r"\1page=1")

    assert "past-the-end" in _found("listBookings", tamper)


def test_an_ignored_filter_is_seen() -> None:
    tamper = _queries("/v1/customers/[^/]+/bookings", "status=", "nothing=")

    assert "filter-differs" in _found("listCustomerBookings", tamper)


def test_a_filter_that_is_the_wrong_way_round_is_seen() -> None:
    tamper = _queries(_BOOKINGS, "date_from=", "date_to=")

    assert "filter-differs" in _found("listBookings", tamper)


def test_a_bound_that_is_left_out_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        bound = re.search(r"min_amount=(\d+)", sent.target)
        if bound and sent.method == "GET":
            target = sent.target.replace(bound[0], f"min_amount={int(bound[1]) + 1}")
            sent = replace(sent, target=target)
        return send(sent)

    assert "filter-differs" in _found("listInvoices", tamper)


def test_a_search_that_minds_case_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        word = re.search(r"email=([^&]+)", sent.target)
        if not word or not path_of(sent).endswith("/search") or answer.status != 200:
            return answer
        wanted = word[1].replace("%40", "@")
        rows = [r for r in answer.json["customers"] if wanted in (r["primaryEmail"] or "")]
        if not rows:
            return replace(answer, status=204, body=b"")
        return edited(answer, lambda body: body.update(customers=rows))

    assert "filter-differs" in _found("searchLeadsCustomers", tamper)


def test_filters_joined_by_the_other_word_are_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if path_of(sent).endswith("/by-address"):
            kept = re.sub(r"&(address2|city|state|zip)=[^&]*", "", sent.target)
            sent = replace(sent, target=kept)
        return send(sent)

    found = _found("findLeadsCustomersByAddress", tamper, "standard")

    assert "filter-differs" in found


def test_an_empty_answer_of_another_form_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent).endswith("/search") and answer.status == 204:
            headers = (("content-type", "application/json"),)
            return replace(answer, status=200, headers=headers, body=b'{"customers": []}')
        return answer

    assert "empty-otherwise" in _found("searchLeadsCustomers", tamper)


def test_another_order_is_seen() -> None:
    def edit(body: Json) -> None:
        body["data"].reverse()

    assert "disorder" in _found(
        "listCustomerBookings", _answers(r"/v1/customers/.*/bookings", edit)
    )
    assert "disorder" in _found("listCalendarCustomers", _answers(r".*/calendar/customers", edit))


def test_a_list_of_the_same_rows_that_differs_is_seen() -> None:
    def edit(body: Json) -> None:
        body["data"] = body["data"][:1]

    found = _found("listBlacklistedCustomers", _answers(r".*/customers/blacklist", edit))

    assert "lists-differ" in found


def test_a_row_of_somebody_else_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if re.fullmatch(r"/v1/customers/[^/]+/bookings", path_of(sent)):
            query = sent.target.partition("?")[2]
            sent = replace(sent, target=f"{_BOOKINGS}?{query}")
        return send(sent)

    assert "rows-of-others" in _found("listCustomerBookings", tamper)


def test_a_row_that_differs_from_its_record_is_seen() -> None:
    def edit(body: Json) -> None:
        for row in body["data"]:
            row["status"] = "confirmed"

    assert "row-differs" in _found("listBookings", _answers(_BOOKINGS, edit))


def test_an_order_that_changes_is_seen() -> None:
    count = [0]

    def edit(body: Json) -> None:
        count[0] += 1
        body["data"] = body["data"][count[0] % 2 :] + body["data"][: count[0] % 2]

    found = _found("listMerchantCustomers", _answers("/api/v1/merchant/customers", edit))

    assert "unstable" in found


def test_a_bad_query_that_is_taken_is_seen() -> None:
    tamper = _queries(_BOOKINGS, "per_page=101", "per_page=100")

    assert "bad-query-taken" in _found("listBookings", tamper)


def test_a_missing_filter_that_is_answered_otherwise_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_it = path_of(sent).endswith("/by-address") and answer.status == 400
        return replace(answer, status=204, body=b"") if is_it else answer

    assert "unfiltered-otherwise" in _found("findLeadsCustomersByAddress", tamper)


def test_the_list_of_nobody_answered_as_empty_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_it = path_of(sent).endswith("/invoices") and answer.status == 404
        return replace(answer, status=200, body=b'{"data": []}') if is_it else answer

    assert "absent-otherwise" in _found("listCustomerInvoices", tamper)


def test_a_list_that_lags_behind_is_seen() -> None:
    kept: list[Answer] = []

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent).endswith("/calendar/customers"):
            kept.append(answer)
            return kept[-2] if len(kept) > 1 else answer
        return answer

    assert "new-row-missing" in _found("listCalendarCustomers", tamper)


def test_a_whole_that_is_found_by_a_part_is_seen() -> None:
    path = "/leads/v1/customers/by-address"
    tamper = _queries(path, "address2=Suite[^&]*", "address2=Suite%20100")

    assert "filter-differs" in _found("findLeadsCustomersByAddress", tamper, "standard")
