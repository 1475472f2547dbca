"""What was asked and answered before takes little to note again, and reads like any exchange."""

from __future__ import annotations

from datetime import timedelta

from mockserver.traffic import (
    Again,
    Coverage,
    Ended,
    First,
    Journal,
    Ledger,
    Limits,
    Recorded,
    declare,
)
from tests.traffic.recording import operation, record, small_contract


def _first(journal: Journal) -> Recorded:
    found = operation("listPets")
    return record(journal, query="limit=2", returned={"a": "1"}, answer=b"[]", operation=found)


def _again(first: Recorded, number: int, weight: int = 1_000) -> Again:
    at = first.at + timedelta(seconds=number)
    return First(first, weight, None), at, 10 * number, {"a": str(number)}


def test_it_is_found_with_what_was_its_own() -> None:
    journal = Journal()
    first = _first(journal)
    journal.extend([_again(first, 2), _again(first, 3)])
    whole = first._replace(
        number=3, at=first.at + timedelta(seconds=3), duration_us=30, response_headers={"a": "3"}
    )
    assert journal.get(3) == list(journal)[2] == journal.listed().rows[0] == whole
    assert (journal.last, len(journal), journal.count()) == (3, 3, 3)


def test_it_is_pushed_out_like_others() -> None:
    journal = Journal(Limits(entries=3))
    first = _first(journal)
    for number in range(2, 8):
        journal.extend([_again(first, number)])
    assert [each.number for each in journal] == [5, 6, 7]
    journal = Journal(Limits(total_bytes=10_000))
    first = _first(journal)
    journal.extend([_again(first, number, weight=2_000) for number in range(2, 20)])
    assert [each.number for each in journal] == [15, 16, 17, 18, 19]


def test_it_exercises_what_the_first_one_did() -> None:
    declared = declare(small_contract())
    ledger, once = Ledger(Journal(), Coverage(declared)), Coverage(declared)
    first = _first(Journal())
    once.count(first)
    ledger.put_off(Ended(first, None, None))
    for number in range(2, 5):
        once.count(first)
        ledger.repeat(_again(first, number))
    seen, usual = ledger.coverage.of("listPets"), once.of("listPets")
    assert (seen.exchanges, seen.statuses) == (usual.exchanges, usual.statuses) == (4, {"200": 4})
    assert (seen.parameters, seen.values) == (usual.parameters, usual.values)
    assert [each.number for each in ledger.journal] == [1, 2, 3, 4]


def test_among_others_it_keeps_its_place() -> None:
    ledger = Ledger(Journal(), Coverage(declare(small_contract())))
    first = _first(Journal())
    for number in (1, 4):
        ledger.put_off(Ended(first._replace(number=number, query="other"), None, None))
        ledger.repeat(_again(first, number + 1))
        ledger.repeat(_again(first, number + 2))
    rows = list(ledger.journal)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.query for row in rows] == ["other", "limit=2", "limit=2"] * 2
    assert ledger.coverage.of("listPets").exchanges == 6


def test_what_would_be_cut_is_not_noted_in_short() -> None:
    ledger = Ledger(Journal(Limits(body_bytes=4)), Coverage(declare(small_contract())))
    first = _first(Journal())
    assert ledger.weight_of(first) is not None
    assert ledger.weight_of(first._replace(response_body=b"12345", response_bytes=5)) is None
