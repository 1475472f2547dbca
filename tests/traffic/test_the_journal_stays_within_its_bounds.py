"""However much comes in, the journal keeps the last of it, in bounded memory."""

from __future__ import annotations

import tracemalloc

import pytest

from mockserver.contract import Violation
from mockserver.errors import NotFound
from mockserver.traffic import Breach, Coverage, Journal, Limits, declare
from tests.traffic.recording import record, small_contract


def test_only_the_last_exchanges_are_kept_and_the_rest_is_counted() -> None:
    journal = Journal(Limits(entries=3))
    for _ in range(5):
        record(journal)
    assert [exchange.number for exchange in journal] == [3, 4, 5]
    assert len(journal) == 3
    assert journal.forgotten == 2


def test_bodies_are_cut_and_their_length_is_known() -> None:
    kept = record(Journal(Limits(body_bytes=4)), body=b"123456", answer=b"1234")
    assert (kept.request_body, kept.request_bytes, kept.request_is_cut) == (b"1234", 6, True)
    assert (kept.response_body, kept.response_bytes, kept.response_is_cut) == (b"1234", 4, False)


def test_path_query_and_headers_are_cut() -> None:
    headers = {"a": "1", "b": "2" * 100, "c": "3"}
    kept = record(Journal(Limits(head_bytes=10)), path="/" * 99, query="q" * 99, headers=headers)
    assert (len(kept.path), len(kept.query)) == (10, 10)
    assert kept.request_headers == {"a": "1", "b": "2" * 7}


def test_all_exchanges_together_are_bounded() -> None:
    journal = Journal(Limits(total_bytes=10_000))
    for _ in range(100):
        record(journal, body=b"x" * 3000)
    assert [exchange.number for exchange in journal] == [99, 100]


def test_a_violation_is_kept_without_the_value_that_may_be_large() -> None:
    violation = Violation("body", ("a", 0), "type", "must be a string", ["x" * 10_000])
    kept = record(Journal(), verdict="refused", violations=[violation] * 500)
    assert len(kept.violations) == 100
    assert kept.violations[0] == Breach("body", "a.0", "type", "must be a string", ("a", 0))


def test_names_that_a_client_made_up_are_cut_on_the_way_to_a_violation() -> None:
    violation = Violation("body", ("n" * 10_000,), "additionalProperties", "is not known")
    (breach,) = record(Journal(), violations=[violation]).violations
    assert breach.pointer == ("n" * 200,)
    assert "pointer" not in breach.to_json()


def test_an_explanation_as_long_as_a_body_is_not_kept() -> None:
    journal = Journal(Limits(body_bytes=10))
    assert record(journal, explanation={"a": 1}).explanation == b'{"a":1}'
    assert record(journal, explanation={"a": "x" * 10}).explanation is None


def test_a_journal_for_nothing_keeps_nothing() -> None:
    journal = Journal(Limits(entries=0))
    assert record(journal).number == 1
    assert list(journal) == []


def test_ten_thousand_unused_journals_cost_little() -> None:
    declared = declare(small_contract())
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        unused = [(Journal(), Coverage(declared)) for _ in range(10_000)]
        assert tracemalloc.get_traced_memory()[0] - before < 4_000_000
        assert len(unused) == 10_000
    finally:
        tracemalloc.stop()


def test_numbers_go_on_after_clearing() -> None:
    journal = Journal()
    record(journal)
    journal.clear()
    assert list(journal) == []
    assert record(journal).number == 2


def test_a_fork_is_empty_and_has_the_same_bounds() -> None:
    journal = Journal(Limits(entries=2))
    record(journal)
    fork = journal.fork()
    assert list(fork) == []
    assert fork.limits is journal.limits
    assert record(fork).number == 1
    assert len(journal) == 1


def test_pages_are_cut_from_either_end() -> None:
    journal = Journal()
    for _ in range(5):
        record(journal)
    rows, total = journal.listed(page=2, per_page=2)
    assert ([exchange.number for exchange in rows], total) == ([3, 2], 5)
    rows, total = journal.listed(newest_first=False, page=3, per_page=2)
    assert ([exchange.number for exchange in rows], total) == ([5], 5)
    assert journal.listed(page=9).rows == []


def test_an_exchange_is_got_by_its_number_while_it_is_kept() -> None:
    journal = Journal(Limits(entries=2))
    for _ in range(3):
        record(journal)
    assert journal.get(2).number == 2
    for number in (0, 1, 4):
        with pytest.raises(NotFound, match=f"no exchange {number}"):
            journal.get(number)


def test_a_method_that_somebody_made_up_is_cut() -> None:
    assert record(Journal(), "M" * 5000).method == "M" * 100
