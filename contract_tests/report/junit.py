"""The JUnit report: a suite for each pack, a case for each of its operations."""

from __future__ import annotations

from xml.etree import ElementTree

from contract_tests.findings import Finding
from contract_tests.report.legible import counted, cut, one_line, pretty, visible
from contract_tests.report.tables import Case, cases
from contract_tests.report.verdict import label, rerun, verdict_of
from contract_tests.results import Outcome, RunResult

_MOST_VALUE = 2_000
_MOST_CURL = 4_000
_MOST_STEPS = 20
_MOST_FINDINGS = 50


def junit(result: RunResult) -> bytes:
    """The report as XML; a baseline's findings are told, and fail nothing."""
    root = ElementTree.Element("testsuites", name="contract")
    every = cases(result)
    packs = dict.fromkeys((*result.packs, *(case.pack for case in every)))
    for pack in packs:
        suite = _suite(result, pack, [case for case in every if case.pack == pack])
        root.append(suite)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", f"{result.seconds:.3f}")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _suite(result: RunResult, pack: str, every: list[Case]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=f"contract.{pack}")
    properties = ElementTree.SubElement(suite, "properties")
    facts = {"url": result.url, "contract": result.contract, "profile": result.profile}
    for name, value in {**facts, "seed": result.seed, "verdict": _verdict(result)}.items():
        ElementTree.SubElement(properties, "property", name=name, value=one_line(value))
    for case in every:
        suite.append(_case(result, case))
    numbers = {
        "tests": len(every),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    for name, number in numbers.items():
        suite.set(name, str(number))
    suite.set("time", f"{sum(case.seconds for case in every):.3f}")
    suite.set("timestamp", result.started[:19])
    suite.set("hostname", "localhost")
    known = [f for case in every for f in case.findings if f.fingerprint in result.known]
    ElementTree.SubElement(suite, "system-out").text = "".join(
        f"known: {finding.fingerprint} {one_line(finding.title)}\n" for finding in known
    )
    return suite


def _case(result: RunResult, case: Case) -> ElementTree.Element:
    element = ElementTree.Element(
        "testcase",
        classname=f"contract.{case.pack}",
        name=one_line(label(result, case.operation)),
        time=f"{case.seconds:.3f}",
    )
    new = [finding for finding in case.findings if finding.fingerprint not in result.known]
    if new:
        _fail(element, result, new)
    elif case.outcome is Outcome.BROKEN:
        reasons = [item.error for item in case.items if item.error] or ["the check broke off"]
        broken = ElementTree.SubElement(
            element, "error", type="broken", message=one_line(reasons[0])
        )
        broken.text = visible("\n".join(reasons))
    elif case.outcome in (Outcome.SKIPPED, Outcome.STOPPED):
        ElementTree.SubElement(element, "skipped", message=one_line(_reason(case)))
    return element


def _fail(element: ElementTree.Element, result: RunResult, new: list[Finding]) -> None:
    """One failure for a case: the common schema allows no second."""
    title = new[0].title if len(new) == 1 else f"{len(new)} faults, first: {new[0].title}"
    failure = ElementTree.SubElement(element, "failure", type=new[0].code, message=one_line(title))
    texts = [_text(result, finding) for finding in new[:_MOST_FINDINGS]]
    if len(new) > _MOST_FINDINGS:
        texts.append(f"{counted(len(new) - _MOST_FINDINGS, 'more fault')} in the JSON report.\n")
    failure.text = "\n" + "\n".join(texts)


def _text(result: RunResult, finding: Finding) -> str:
    steps = [cut(each.curl, _MOST_CURL) for each in finding.exchanges[-_MOST_STEPS:]]
    lines = [
        f"{finding.severity}: {finding.title} [{finding.code}, {finding.fingerprint}]",
        f"rule: {finding.rule} ({finding.source})",
        f"expected: {cut(pretty(finding.expected), _MOST_VALUE)}",
        f"got: {cut(pretty(finding.got), _MOST_VALUE)}",
        *steps,
    ]
    if again := rerun(result, finding):
        lines.append(f"again: {again}")
    return visible("\n".join(lines)) + "\n"


def _reason(case: Case) -> str:
    reasons = [f"{each.what}: {each.why}" for item in case.items for each in item.unreached]
    reasons += [item.error for item in case.items if item.error]
    if case.outcome is Outcome.STOPPED:
        reasons.insert(0, "the time budget ended first")
    return "; ".join(reasons) or "no reason was given"


def _verdict(result: RunResult) -> str:
    return verdict_of(result).headline
