"""The Markdown report: a comment for a pull request, always short enough to be posted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from contract_tests.findings import Finding, Severity
from contract_tests.report.legible import counted, cut, duration, one_line, pretty, visible
from contract_tests.report.tables import Gap, gaps, pack_rows
from contract_tests.report.verdict import label, rerun, verdict_of
from contract_tests.results import RunResult

# GitHub takes 65 536 characters; what stands around the comment needs some as well.
MOST_BYTES = 60_000
_MOST_FINDINGS = 10
_MOST_GAPS = 20
_MOST_STEPS = 10
_SIGNS = {"clean": "✅", "faults": "❌", "nothing": "⚠️", "unfinished": "⚠️"}
# From generous to nothing: how many characters a value or a curl line may have.
_ROOM = (1_500, 700, 300, 100)


def markdown(result: RunResult) -> str:
    """The report, in fewer than 60 000 bytes: values are cut first, then findings left out."""
    head, tail = _head(result), _not_reached(result)
    for most in _ROOM:
        text = "\n".join([*head, *_findings(result, _MOST_FINDINGS, most), *tail]) + "\n"
        if len(text.encode()) < MOST_BYTES:
            return text
    for number in range(_MOST_FINDINGS - 1, -1, -1):
        text = "\n".join([*head, *_findings(result, number, _ROOM[-1]), *tail]) + "\n"
        if len(text.encode()) < MOST_BYTES:
            break
    return text


def plain(text: object, most: int = 300) -> str:
    """One line in which nothing is markup, names nobody and links to nothing."""
    escaped = re.sub(
        r"([\\`*_{}\[\]()#+\-!|<>~&]|:(?=//)|(?<=www)\.)", r"\\\1", one_line(text, most)
    )
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", escaped)


def fenced(text: str, language: str = "") -> str:
    """A block of code whose fence is longer than any within it."""
    shown = visible(text)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def _head(result: RunResult) -> list[str]:
    verdict = verdict_of(result)
    lines = [f"## {_SIGNS[verdict.tone]} {verdict.headline}", ""]
    lines += [f"{plain(note)}\n" for note in verdict.notes]
    facts = (result.contract_title, result.url, f"{result.profile} profile", f"seed {result.seed}")
    size = f"{counted(result.requests, 'request')} in {duration(result.seconds)}"
    lines += [" · ".join(plain(each) for each in (*facts, size) if each), ""]
    heads = ("pack", *(each.value for each in Severity), "known", "checks judged")
    rows = [
        (row.pack, *row.found.values(), row.known, f"{row.judged} of {row.checks}")
        for row in pack_rows(result)
    ]
    return [*lines, *_table(heads, rows), ""]


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    if not rows:
        return []
    lines = [_row(heads), "| --- |" + " ---: |" * (len(heads) - 1)]
    return [*lines, *(_row([plain(cell, 80) for cell in row]) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _findings(result: RunResult, number: int, most: int) -> list[str]:
    found = result.findings
    lines = [_details(result, finding, most) for finding in found[:number]]
    if len(found) > number:
        lines.append(f"{counted(len(found) - number, 'more finding')} in the full report.\n")
    return lines


def _details(result: RunResult, finding: Finding, most: int) -> str:
    summary = (
        f"<b>{finding.severity}</b> {_summary(finding.title)} "
        f"<code>{_summary(label(result, finding.operation))}</code>"
    )
    steps = [each.curl for each in finding.exchanges[-_MOST_STEPS:]]
    parts = [
        f"<details><summary>{summary}</summary>\n",
        f"**Rule** ({plain(finding.source)}):\n",
        fenced(cut(finding.rule, most)),
        "\n**Expected**\n",
        fenced(cut(pretty(finding.expected), most)),
        "\n**Got**\n",
        fenced(cut(pretty(finding.got), most)),
    ]
    if steps:
        left = len(finding.exchanges) - len(steps)
        note = f" (the last {len(steps)} of {len(finding.exchanges)} requests)" if left else ""
        parts += [f"\n**See it**{note}\n", fenced("\n".join(cut(x, most) for x in steps), "sh")]
    if again := rerun(result, finding):
        parts += ["\n**Judge only this again**\n", fenced(cut(again, 2_000), "sh")]
    parts.append(f"\nFingerprint `{finding.fingerprint}`\n")
    return "\n".join([*parts, "</details>\n"])


def _summary(text: str) -> str:
    """A text within HTML, in which nothing is markup of either kind, names anybody or links."""
    shown = escape(one_line(text), quote=False)
    shown = re.sub(r"[\\`*_{}\[\]()!|~:]", lambda found: f"&#{ord(found[0])};", shown)
    return re.sub(r"([@#])(?=[^\W\d])", "\\1\u2060", shown)


def _not_reached(result: RunResult) -> list[str]:
    found = gaps(result)
    if not found:
        return ["Everything that was meant to be judged was."]
    lines = ["### Not reached", "", *(f"- {_gap(result, gap)}" for gap in found[:_MOST_GAPS])]
    if len(found) > _MOST_GAPS:
        lines.append(f"- {counted(len(found) - _MOST_GAPS, 'more reason')} in the full report")
    return lines


def _gap(result: RunResult, gap: Gap) -> str:
    names = [plain(label(result, operation), 120) for operation in gap.operations[:3]]
    if len(gap.operations) > 3:
        names.append(f"{len(gap.operations) - 3} more")
    return (
        f"**{plain(gap.what, 120)}** ({plain(gap.pack, 40)}): {plain(gap.why)} — {', '.join(names)}"
    )
