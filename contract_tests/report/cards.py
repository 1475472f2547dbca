"""Cards: one finding as HTML, from its rule to the lines that show it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contract_tests.exchanges import NO_JSON, Answer, Exchange
from contract_tests.findings import Finding
from contract_tests.report.heat_map import operation, phrase
from contract_tests.report.json_diff import Line, diff_lines
from contract_tests.report.legible import body_text, counted, cut, parsed, pretty
from contract_tests.report.markup import code, difference, element, shown
from contract_tests.report.verdict import label, rerun
from contract_tests.results import RunResult

Json = Any
_MOST_VALUE = 4_000
_MOST_BODY = 16_000
_MOST_EARLIER_BODY = 4_000
_MOST_STEPS = 60


def card(result: RunResult, finding: Finding, number: int, *, is_open: bool) -> str:
    """A finding; `is_open` shows at once what else lies folded under it."""
    opened = " open" if is_open else ""
    where = operation(label(result, finding.operation))
    chain = _chain(finding)
    return f"""<article class="card {finding.severity}" id="f-{finding.fingerprint}"
 data-severity="{finding.severity}" data-pack="{shown(finding.pack)}"
 data-operation="{shown(finding.operation)}" aria-labelledby="t-{finding.fingerprint}">
<p class="meta"><span class="badge {finding.severity}">{finding.severity}</span>
<code>{shown(finding.code)}</code> <span class="where">{where}</span></p>
<h3 id="t-{finding.fingerprint}"><span class="count">{number}.</span> {shown(finding.title)}</h3>
<figure><blockquote>{shown(finding.rule)}</blockquote>
<figcaption>{shown(finding.source)}</figcaption></figure>
<div class="pair"><div><h4>Expected</h4>{_value(finding.expected)}</div>
<div><h4>Got</h4>{_value(finding.got)}</div></div>
{_difference(finding)}
<details{opened}><summary>{_chain_title(finding)}</summary>{chain}</details>
{_reproduction(finding)}
{_again(result, finding, opened)}
<p class="small">Fingerprint <code>{finding.fingerprint}</code>{_subject(finding)}</p></article>"""


def _again(result: RunResult, finding: Finding, opened: str) -> str:
    command = rerun(result, finding)
    if not command:
        return ""
    title = f"Judge only this again (seed {finding.seed or result.seed})"
    return f"<details{opened}><summary>{title}</summary>{code(command, 'the command')}</details>"


def _value(value: Json) -> str:
    return code(cut(pretty(value), _MOST_VALUE))


def _subject(finding: Finding) -> str:
    return f" · about <code>{shown(finding.subject)}</code>" if finding.subject else ""


def _difference(finding: Finding) -> str:
    """Against what the reference answered, or else against what was expected."""
    lines: tuple[Line, ...] = ()
    title = "Difference: − expected, + got"
    if finding.reference and finding.exchanges:
        one, other = finding.reference[-1].answer, finding.exchanges[-1].answer
        title = "Difference of the last answer: − reference, + this server"
        lines = diff_lines(_whole(one), _whole(other))
    elif _is_nested(finding.expected) and _is_nested(finding.got):
        lines = diff_lines(finding.expected, finding.got)
    return f"<h4>{title}</h4>{difference(lines)}" if lines else ""


def _is_nested(value: Json) -> bool:
    return isinstance(value, dict | list)


def _whole(answer: Answer) -> Json:
    body = parsed(answer.body)
    return {
        "status": answer.status,
        "body": body_text(answer.body, 2_000) if body is NO_JSON else body,
    }


def _chain_title(finding: Finding) -> str:
    if not finding.exchanges:
        return "No request is needed to see it"
    return f"See it yourself: {counted(len(finding.exchanges), 'request')}"


def _chain(finding: Finding) -> str:
    if not finding.exchanges:
        return "<p>The contract itself shows it.</p>"
    shown_steps = finding.exchanges[-_MOST_STEPS:]
    first = len(finding.exchanges) - len(shown_steps)
    steps = []
    for index, exchange in enumerate(shown_steps, first):
        other = finding.reference[index].answer if index < len(finding.reference) else None
        is_last = index == len(finding.exchanges) - 1
        steps.append(_step(exchange, other, is_last=is_last))
    note = f"<p>The first {first} requests are left out here; the JSON report has them.</p>"
    return (
        f"{note if first else ''}{_variables(shown_steps)}"
        f'<ol start="{first + 1}">{"".join(steps)}</ol>{_together(shown_steps)}'
    )


def _variables(steps: Sequence[Exchange]) -> str:
    """Which variables of the shell the lines need."""
    names = sorted({name for each in steps for _, name in each.secrets if f"${name}" in each.curl})
    if not names:
        return ""
    listed = ", ".join(element("code", name) for name in names)
    return f'<p class="hint">Set {listed} first.</p>'


def _together(steps: Sequence[Exchange]) -> str:
    if len(steps) < 2:
        return ""
    lines = code("\n".join(cut(each.curl, _MOST_BODY) for each in steps), "all lines")
    return f"<details><summary>All lines at once</summary>{lines}</details>"


def _step(exchange: Exchange, reference: Answer | None, *, is_last: bool) -> str:
    answers = _answer("Answer", exchange.answer, is_open=is_last)
    if reference is not None:
        answers += _answer("The reference answers", reference, is_open=is_last)
    return f"<li>{code(cut(exchange.curl, _MOST_BODY), 'the line')}{answers}</li>"


def _answer(title: str, answer: Answer, *, is_open: bool) -> str:
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    body = body_text(answer.body, _MOST_BODY if is_open else _MOST_EARLIER_BODY)
    facts = [f"{answer.status} {phrase(answer.status)}", answer.media_type]
    facts.append(counted(len(answer.body), "byte"))
    if answer.elapsed_ms:
        facts.append(f"{answer.elapsed_ms:.0f} ms")
    opened = " open" if is_open and len(body) < 2_000 else ""
    summary = f"{title}: {' · '.join(each for each in facts if each)}"
    text = f"{cut(head, _MOST_VALUE)}\n\n{body}".strip("\n")
    return f"<details{opened}>{element('summary', summary)}{code(text)}</details>"


def _reproduction(finding: Finding) -> str:
    if not finding.reproduction:
        return ""
    test = code(finding.reproduction, "the test")
    return f"<details><summary>A ready test for pytest</summary>{test}</details>"
