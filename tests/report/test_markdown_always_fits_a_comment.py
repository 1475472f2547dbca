from __future__ import annotations

from dataclasses import replace

from contract_tests.findings import Unreached
from contract_tests.report.markdown import MOST_BYTES, markdown
from contract_tests.results import ItemResult, Outcome
from tests.report.runs import clean, exchange, faulty, finding, item


def test_it_has_verdict_packs_findings_and_gaps() -> None:
    text = markdown(faulty())
    assert text.startswith("## ❌ 6 faults found in 11 operations: 2 critical")
    assert "| lifecycle | 1 | 0 | 0 | 0 | 12 of 12 |" in text
    assert text.count("<details>") == 6
    assert "### Not reached" in text
    assert "refund of a paid invoice" in text


def test_only_the_ten_worst_are_shown() -> None:
    found = [item(finding(subject=str(number))) for number in range(25)]
    text = markdown(replace(clean(), items=tuple(found)))
    assert text.count("<details>") == 10
    assert "15 more findings in the full report" in text


def test_it_stays_short_whatever_was_found() -> None:
    huge = "é`|" * 100_000
    called = exchange("POST", "/" + "x" * 50_000, 500, huge.encode(), body=huge)
    found = [
        item(
            finding(title=huge, rule=huge, source=huge, expected=huge, got=huge, subject=str(n)),
            unreached=(Unreached("rules", "createInvoice", f"{n}{huge}", huge),),
        )
        for n in range(40)
    ]
    found = [
        replace(each, findings=(replace(each.findings[0], exchanges=(called,) * 30),))
        for each in found
    ]
    run = replace(clean(), items=tuple(found), url=huge, contract_title=huge)
    assert len(markdown(run).encode()) < MOST_BYTES


def test_a_run_that_proved_nothing_does_not_look_green() -> None:
    skipped = ItemResult("rules", "createInvoice", Outcome.SKIPPED)
    assert markdown(replace(clean(), items=(skipped,))).startswith("## ⚠️ Nothing was proved")
