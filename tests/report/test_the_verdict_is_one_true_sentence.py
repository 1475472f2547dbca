from __future__ import annotations

from dataclasses import replace

import pytest

from contract_tests.report.verdict import rerun, verdict_of
from contract_tests.results import ItemResult, Outcome, RunResult
from tests.report.runs import clean, faulty, finding


def _with(*items: ItemResult) -> RunResult:
    return replace(clean(), items=items)


def _item(outcome: Outcome, **more: str) -> ItemResult:
    return ItemResult("rules", "createInvoice", outcome, **more)  # type: ignore[arg-type]


def test_faults_are_counted_by_severity() -> None:
    verdict = verdict_of(faulty())
    assert verdict.tone == "faults"
    assert verdict.headline == "6 faults found in 11 operations: 2 critical, 2 major, 2 minor."


def test_a_clean_run_says_what_it_rests_on() -> None:
    assert verdict_of(clean()).headline == "Clean: 77 checks of 11 operations found no fault."


@pytest.mark.parametrize(
    ("run", "tone", "words"),
    [
        (_with(), "nothing", "Nothing was proved: nothing was chosen"),
        (_with(_item(Outcome.SKIPPED)), "nothing", "Nothing was proved: none of 1 check "),
        (_with(_item(Outcome.STOPPED), _item(Outcome.PASSED)), "unfinished", "after 1 of 2 checks"),
        (_with(_item(Outcome.BROKEN), _item(Outcome.PASSED)), "unfinished", "1 check of 2 could"),
    ],
)
def test_a_run_that_proved_nothing_is_never_called_clean(
    run: RunResult, tone: str, words: str
) -> None:
    verdict = verdict_of(run)
    assert verdict.tone == tone
    assert words in verdict.headline
    assert "Clean" not in verdict.headline


def test_why_a_check_broke_off_is_told_with_the_verdict() -> None:
    run = _with(_item(Outcome.BROKEN, error="connection refused"), _item(Outcome.PASSED))
    assert verdict_of(run).notes == ("1 check broke off: connection refused",)


def test_known_faults_are_named_and_not_counted() -> None:
    run = faulty()
    known = replace(run, known=frozenset({run.findings[0].fingerprint}))
    verdict = verdict_of(known)
    assert verdict.headline.startswith("5 faults")
    assert "1 known fault of the baseline is not counted." in verdict.notes


def test_the_line_to_run_it_again_names_everything_that_is_not_the_default() -> None:
    run = replace(clean(), contract="their api.yaml", profile="deep")
    assert rerun(run, finding()) == (
        "mockserver check --url http://127.0.0.1:4010 --spec 'their api.yaml' --profile deep "
        "--packs lifecycle --only updateCustomer --seed 7"
    )
    assert rerun(clean(), finding(seed=0, operation="")).endswith("--packs lifecycle --seed 7")
    assert rerun(clean(), finding(code="traffic.undeclared_status")) == ""
