from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contract_tests.baseline import (
    Baseline,
    BaselineError,
    read_baseline,
    updated,
    write_baseline,
)
from contract_tests.results import Exit, ItemResult, Outcome, RunResult
from tests.report.runs import clean, finding, item

FIRST, LATER = date(2026, 2, 20), date(2026, 3, 1)
ENTRY = {"operation": "updateCustomer", "check": "lifecycle", "failure": "lifecycle.x"}


def _run(*items: ItemResult) -> RunResult:
    return replace(clean(), items=items)


def _file(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document))
    return path


def test_a_recorded_finding_counts_no_more_and_a_new_one_does(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "baseline.json"
    write_baseline(updated(Baseline(), _run(item(finding())), FIRST), path)
    known = read_baseline(path).known(LATER)
    assert known == {finding().fingerprint}
    assert replace(_run(item(finding())), known=known).exit is Exit.CLEAN
    other = finding(subject="email")
    assert replace(_run(item(finding()), item(other)), known=known).findings == (other,)


def test_the_file_has_the_shape_that_schemathesis_gives_its_own(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(updated(Baseline(), _run(item(finding())), FIRST), path)
    document = json.loads(path.read_text("utf-8"))
    assert document["format_version"] == 1
    (entry,) = document["entries"]
    assert entry["operation"] == "updateCustomer"
    assert entry["check"] == "lifecycle"
    assert entry["failure"] == "lifecycle.update_blanks_other_members"
    assert entry["signature"] == "phone"
    assert entry["first_seen"] == entry["last_seen"] == "2026-02-20"
    assert entry["id"] == finding().fingerprint


def test_schemathesis_reads_what_is_written(tmp_path: Path) -> None:
    theirs = pytest.importorskip("schemathesis.baseline")
    path = tmp_path / "baseline.json"
    write_baseline(updated(Baseline(), _run(item(finding())), FIRST), path)
    (entry,) = theirs.Baseline.load(path).entries
    assert entry.signature == "phone"


def test_an_entry_counts_again_after_its_last_day(tmp_path: Path) -> None:
    entry = {**ENTRY, "signature": "", "expires": "2026-02-28"}
    baseline = read_baseline(_file(tmp_path / "b.json", {"format_version": 1, "entries": [entry]}))
    assert baseline.known(date(2026, 2, 28))
    assert not baseline.known(LATER)
    assert len(baseline.expired(LATER)) == 1


def test_an_update_adds_dates_and_prunes_and_keeps_what_people_wrote() -> None:
    old = updated(Baseline(), _run(item(finding()), item(finding(subject="gone"))), FIRST)
    noted = replace(old.entries[1], expires=date(2026, 12, 31), extra={"reason": "ticket 12"})
    assert noted.signature == "phone"
    before = Baseline((old.entries[0], noted))
    after = updated(before, _run(item(finding()), item(finding(subject="new"))), LATER)
    assert [(e.signature, e.first_seen, e.last_seen) for e in after.entries] == [
        ("new", LATER, LATER),
        ("phone", FIRST, LATER),
    ]
    assert after.entries[1].extra == {"reason": "ticket 12"}
    assert after.entries[1].expires == date(2026, 12, 31)


@pytest.mark.parametrize(
    "run",
    [
        _run(ItemResult("lifecycle", "updateCustomer", Outcome.SKIPPED)),
        _run(ItemResult("lifecycle", "updateCustomer", Outcome.BROKEN)),
        _run(ItemResult("access", "updateCustomer", Outcome.PASSED)),
        _run(),
    ],
)
def test_what_was_not_judged_again_is_not_forgotten(run: RunResult) -> None:
    before = updated(Baseline(), _run(item(finding())), FIRST)
    assert updated(before, run, LATER) == before


def test_a_run_of_other_operations_prunes_only_when_all_were_chosen() -> None:
    before = updated(Baseline(), _run(item(finding())), FIRST)
    run = _run(ItemResult("lifecycle", "getCustomer", Outcome.PASSED))
    assert updated(before, run, LATER, is_filtered=True) == before
    assert updated(before, run, LATER) == Baseline()


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    found = [item(finding(subject=name)) for name in ("b", "a", "c")]
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    write_baseline(updated(Baseline(), _run(*found), FIRST), one)
    write_baseline(updated(Baseline(), _run(*found[::-1]), FIRST), other)
    assert one.read_bytes() == other.read_bytes()
    write_baseline(read_baseline(one), other)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "is no baseline: it has no list 'entries'"),
        ({"format_version": 1}, "it has no list 'entries'"),
        ({"format_version": 2, "entries": []}, "has format_version 2; 1 can be read"),
        ({"format_version": 1, "entries": [3]}, r"entries\[0\] is no object"),
        ({"format_version": 1, "entries": [ENTRY]}, "lacks the text 'signature'"),
        (
            {"format_version": 1, "entries": [{**ENTRY, "signature": "", "expires": "soon"}]},
            "expires 'soon' is no date such as 2026-12-31",
        ),
    ],
)
def test_a_file_that_is_no_baseline_is_refused_with_its_fault(
    tmp_path: Path, document: object, words: str
) -> None:
    with pytest.raises(BaselineError, match=words):
        read_baseline(_file(tmp_path / "b.json", document))


def test_a_file_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"is not there\. Write it with --update-baseline"):
        read_baseline(tmp_path / "none.json")
    (tmp_path / "b.json").write_text("{")
    with pytest.raises(BaselineError, match=r"--baseline .*b\.json cannot be read"):
        read_baseline(tmp_path / "b.json")
