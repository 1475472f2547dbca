from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from contract_tests.report.junit import junit
from contract_tests.results import ItemResult, Outcome, RunResult
from tests.report.runs import clean, faulty, finding, item


def _suites(run: RunResult) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(junit(run)))


@pytest.mark.parametrize("run", [faulty(), clean()])
def test_the_numbers_are_those_of_the_cases(run: RunResult) -> None:
    root = ElementTree.fromstring(junit(run))
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == sum(case.find(tag) is not None for case in cases)
        assert float(suite.attrib["time"]) >= 0
        assert all(len(case) <= 1 for case in cases)
        assert (suite[0].tag, suite[-1].tag) == ("properties", "system-out")
    assert int(root.attrib["tests"]) == sum(int(suite.attrib["tests"]) for suite in root)
    assert int(root.attrib["failures"]) == sum(int(suite.attrib["failures"]) for suite in root)


def test_each_pack_is_a_suite_and_each_of_its_operations_one_case() -> None:
    names = [
        (case.attrib["classname"], case.attrib["name"])
        for suite in _suites(faulty())
        for case in suite.iter("testcase")
    ]
    assert len(names) == len(set(names))
    assert ("contract.lifecycle", "PATCH /v1/customers/{id}") in names


def test_a_failure_says_title_rule_and_how_to_see_it() -> None:
    suite = next(each for each in _suites(faulty()) if each.attrib["name"] == "contract.lifecycle")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.attrib["type"] == "lifecycle.update_blanks_other_members"
    assert failure.attrib["message"] == "Changing first_name also empties phone"
    assert "Only the members that are sent are changed" in str(failure.text)
    assert 'curl -i -X PATCH -H "Authorization: Bearer $BEARER_VALID"' in str(failure.text)


def test_what_was_not_judged_is_skipped_or_broken_with_its_reason() -> None:
    run = replace(
        faulty(),
        items=(
            *(each for each in faulty().items if each.outcome is Outcome.SKIPPED),
            ItemResult("access", "getCustomer", Outcome.BROKEN, error="connection refused"),
            ItemResult("access", "listCustomers", Outcome.STOPPED),
        ),
    )
    root = ElementTree.fromstring(junit(run))
    error, skipped = root.find(".//error"), root.findall(".//skipped")
    assert error is not None
    assert error.attrib["message"] == "connection refused"
    messages = [each.attrib["message"] for each in skipped]
    assert any("none could be made" in each for each in messages)
    assert any("time budget" in each for each in messages)


def test_a_known_finding_fails_nothing_and_is_told() -> None:
    run = replace(clean(), items=(item(finding()),), known=frozenset({finding().fingerprint}))
    root = ElementTree.fromstring(junit(run))
    assert root.attrib["failures"] == "0"
    told = [str(each.text) for each in root.iter("system-out") if each.text]
    assert told == [f"known: {finding().fingerprint} Changing first_name also empties phone\n"]
