from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import click

from contract_tests.findings import Unreached
from contract_tests.report import Progress, explained, summary
from contract_tests.results import ItemResult, Outcome
from tests.report.runs import TOKEN, clean, faulty, finding, item

PASSED = ItemResult("schema", "listCustomers", Outcome.PASSED)


class Ticks:
    """A clock that moves one second each time it is read."""

    def __init__(self) -> None:
        self.now = -1.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_it_ends_with_verdict_findings_gaps_leftovers_and_counts() -> None:
    lines = summary(faulty()).splitlines()
    assert lines[0] == "6 faults found in 11 operations: 2 critical, 2 major, 2 minor."
    heads = ["Critical (2)", "Major (2)", "Minor (2)", "Not reached (2)", "Left behind (1)"]
    assert [line for line in lines if line in heads] == heads
    assert lines[-1] == (
        "96 checks (89 passed, 6 failed, 1 skipped), 1,785 requests, 1 min 23 s, seed 7"
    )


def test_a_finding_has_all_that_is_needed_to_act_on_it() -> None:
    text = summary(replace(clean(), items=(item(finding()),)))
    for words in (
        "  Changing first_name also empties phone",
        f"PATCH /v1/customers/{{id}}  [{finding().code}, {finding().fingerprint}]",
        "rule      Only the members",
        'expected  {"id": "cust_01"',
        '"phone": null',
        "see it    curl -i -X PATCH",
        "(after 1 request)",
        "--packs lifecycle --only updateCustomer --seed 7",
    ):
        assert words in text, words


def test_what_was_not_reached_takes_few_lines_and_points_to_the_report() -> None:
    gaps = tuple(Unreached("rules", "createInvoice", f"rule {n}", "why") for n in range(40))
    run = replace(clean(), items=(replace(PASSED, unreached=gaps),), packs=("schema",))
    lines = summary(run, report=Path("out/report.html")).splitlines()
    start = lines.index("Not reached (40)")
    assert len(lines[start + 1 : -2]) == 13
    assert lines[-3] == "  28 more reasons. See out/report.html."


def test_colours_are_for_terminals_alone() -> None:
    styled = summary(faulty(), is_styled=True)
    assert "\x1b[" in styled
    assert click.unstyle(styled) == summary(faulty())


def test_progress_is_a_line_for_each_tenth_where_nobody_watches() -> None:
    stream = io.StringIO()
    progress = Progress(stream, now=Ticks())
    for done in range(1, 41):
        progress.item_finished(item(finding()) if done == 3 else PASSED, done, 40)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[0] == " 4/40 checks, 1 finding, 4.0 s  schema"
    assert lines[-1].startswith("40/40 checks, 1 finding")


def test_a_slow_run_is_not_silent_for_minutes() -> None:
    stream, clock = io.StringIO(), Ticks()
    progress = Progress(stream, now=clock)
    for done in range(1, 4):
        clock.now += 30
        progress.item_finished(PASSED, done, 1000)
    assert stream.getvalue() == "   2/1000 checks, 0 findings, 1 min 2 s  schema\n"


def test_progress_is_a_bar_in_one_updating_line_on_a_terminal() -> None:
    stream = io.StringIO()
    progress = Progress(stream, is_terminal=True, now=Ticks())
    for done in (1, 2):
        progress.item_finished(PASSED, done, 2)
    assert stream.getvalue().count("\r") == 2
    assert stream.getvalue().count("\n") == 1
    assert "[##########..........] 1/2 checks" in stream.getvalue()
    assert "[####################] 2/2 checks" in stream.getvalue()


def test_a_run_that_ends_early_leaves_its_line() -> None:
    stream = io.StringIO()
    progress = Progress(stream, is_terminal=True, now=Ticks())
    progress.item_finished(PASSED, 1, 20)
    progress.close()
    assert stream.getvalue().endswith("schema\n")


def test_a_failed_test_says_all_of_one_finding() -> None:
    text = explained(finding())
    assert text.startswith("critical: Changing first_name also empties phone\n")
    assert text.count("curl -i") == 2
    assert "rule      Only the members" in text
    assert TOKEN not in text


def test_a_run_that_ended_before_its_first_check_leaves_nothing() -> None:
    stream = io.StringIO()
    Progress(stream, is_terminal=True).close()
    assert stream.getvalue() == ""
