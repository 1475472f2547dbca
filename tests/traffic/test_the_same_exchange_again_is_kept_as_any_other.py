"""What was asked and answered before takes little to note again, and reads like any exchange."""

from __future__ import annotations

from datetime import timedelta

from mockserver.traffic import Coverage, Journal, Ledger, Limits, Recorded, Repeated, declare
from tests.traffic.recording import operation, record, small_contract


def _first(journal: Journal) -> Recorded:
    found = operation("listPets")
    return record(journal, query="limit=2", returned={"a": "1"}, answer=b"[]", operation=found)


def _again(first: Recorded, number: int, weight: int = 1_000) -> Repeated:
    at = first.at + timedelta(seconds=number)
    return Repeated(first, weight, number, at, 10 * number, {"a": str(number)})


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
    for number in range(1, 5):
        once.count(first)
        ledger.put_off((_again(first, number) if number > 1 else first, None, None))
    seen, usual = ledger.coverage.of("listPets"), once.of("listPets")
    assert (seen.exchanges, seen.statuses) == (usual.exchanges, usual.statuses) == (4, {"200": 4})
    assert (seen.parameters, seen.values) == (usual.parameters, usual.values)
    assert [each.number for each in ledger.journal] == [1, 2, 3, 4]


def test_what_would_be_cut_is_not_noted_in_short() -> None:
    ledger = Ledger(Journal(Limits(body_bytes=4)), Coverage(declare(small_contract())))
    first = _first(Journal())
    assert ledger.weight_of(first) is not None
    assert ledger.weight_of(first._replace(response_body=b"12345", response_bytes=5)) is None
