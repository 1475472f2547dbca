"""The HTML report: one page that needs nothing else, whatever a server put into its answers."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from contract_tests.findings import Severity
from contract_tests.report.cards import card
from contract_tests.report.heat_map import heat_map, operation
from contract_tests.report.legible import counted, duration, one_line
from contract_tests.report.markup import element, shown
from contract_tests.report.tables import PackRow, gaps, heat_rows, pack_rows
from contract_tests.report.verdict import label, verdict_of
from contract_tests.results import RunResult

_HERE = Path(__file__).parent
_SIGNS = {"clean": "✓", "faults": "✕", "nothing": "?", "unfinished": "!"}
_MEANINGS = {
    "lint": "is the contract testable?",
    "schema": "shapes; odd and broken input",
    "protocol": "the rules of HTTP",
    "lifecycle": "create, read back, change, delete",
    "collections": "pages, filters, search, order",
    "rules": "what the documents promise",
    "access": "who may do what",
    "differential": "same calls on a reference",
    "traffic": "recorded traffic",
    "diff": "two versions of the contract",
}
_MOST_WORST = 3
_MOST_OPEN = 8
_MOST_CARDS = 300
_MOST_GAPS_OPEN = 12


def page(result: RunResult) -> str:
    """The whole page; it makes no request and runs no script but its own."""
    style = (_HERE / "page.css").read_text("utf-8")
    script = (_HERE / "page.js").read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    verdict = verdict_of(result)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{shown(verdict.headline)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
{_verdict(result)}
</header>
<main>
{_first_screen(result)}
{heat_map(result)}
{_findings(result)}
{_leftovers(result)}
</main>
<footer>Made by <code>mockserver check</code>. Secrets are shown by the name of the shell variable
that has to hold them. {_footer(result)}</footer>
<script>{script}</script>
</body>
</html>
"""


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _verdict(result: RunResult) -> str:
    verdict = verdict_of(result)
    notes = "".join(element("p", note) for note in verdict.notes) + _worst(result)
    return (
        f'<div class="verdict {verdict.tone}"><span class="sign" aria-hidden="true">'
        f"{_SIGNS[verdict.tone]}</span><div><p class='kind'>Contract test report</p>"
        f"{element('h1', verdict.headline)}{notes}</div></div>{_facts(result)}"
    )


def _worst(result: RunResult) -> str:
    """Links to the worst findings."""
    links = "".join(
        f'<li><a href="#f-{f.fingerprint}">{shown(one_line(f.title, 160))}</a> '
        f'<span class="where">{operation(label(result, f.operation))}</span></li>'
        for f in result.findings[:_MOST_WORST]
    )
    more = len(result.findings) - _MOST_WORST
    rest = f'<li><a href="#findings">and {more} more</a></li>' if more > 0 else ""
    return f'<ul class="worst">{links}{rest}</ul>' if links else ""


def _facts(result: RunResult) -> str:
    facts = {
        "Judged server": result.url,
        "Contract": f"{result.contract_title} ({Path(result.contract).name})".removesuffix(" ()"),
        "Profile": result.profile,
        "Seed": str(result.seed),
        "Started": result.started,
        "Took": f"{duration(result.seconds)}, {counted(result.requests, 'request')}",
    }
    rows = "".join(f"<div>{element('dt', k)}{element('dd', v)}</div>" for k, v in facts.items())
    return f'<dl class="facts">{rows}</dl>'


def _first_screen(result: RunResult) -> str:
    return f'<div class="columns">{_packs(result)}{_not_reached(result)}</div>'


def _packs(result: RunResult) -> str:
    heads = "".join(f'<th scope="col">{each.value.title()}</th>' for each in Severity)
    rows = "".join(_pack(row) for row in pack_rows(result))
    return f"""<section aria-labelledby="packs"><h2 id="packs">Packs by severity</h2>
<p class="hint">A pack is a family of checks. Critical: data, money or access is at stake. Major: a
promise of the contract is broken. Minor: a flaw beside the promise.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="packs"><table class="packs">
<thead><tr><th scope="col">Pack</th>{heads}<th scope="col">Checks</th>
<th scope="col">Requests</th></tr></thead><tbody>{rows}</tbody></table></div></section>"""


def _pack(row: PackRow) -> str:
    found = "".join(
        f'<td class="number {severity if number else "none"}">{number}</td>'
        for severity, number in row.found.items()
    )
    meaning = f"<small>{shown(_MEANINGS[row.pack])}</small>" if row.pack in _MEANINGS else ""
    known = f" <small>+{row.known} known</small>" if row.known else ""
    judged = f"{row.judged} of {row.checks}" if row.judged < row.checks else str(row.checks)
    return (
        f'<tr><th scope="row">{shown(row.pack)}{known}{meaning}</th>{found}'
        f'<td class="number">{judged}</td><td class="number">{row.requests:,}</td></tr>'
    )


def _not_reached(result: RunResult) -> str:
    found = gaps(result)
    items = []
    for gap in found:
        names = [label(result, each) for each in gap.operations]
        where = shown(names[0]) if len(names) == 1 else _several(names)
        items.append(
            f"<li><strong>{shown(gap.what)}</strong> <span class='tag'>{shown(gap.pack)}</span>"
            f"<p>{shown(gap.why)}</p><p class='where'>{where}</p></li>"
        )
    first, rest = "".join(items[:_MOST_GAPS_OPEN]), "".join(items[_MOST_GAPS_OPEN:])
    more = len(items) - _MOST_GAPS_OPEN
    told = f"<ul>{first}</ul>" if items else "<p>Every check that was planned was carried out.</p>"
    if rest:
        told += (
            f"<details><summary>{counted(more, 'more reason')}</summary><ul>{rest}</ul></details>"
        )
    return (
        '<section class="gaps" aria-labelledby="gaps"><h2 id="gaps">Not reached, and why</h2>'
        f"{told}{_never_seen(result)}</section>"
    )


def _never_seen(result: RunResult) -> str:
    rows = heat_rows(result)
    missing = sum(len(row.where(is_declared=True, is_seen=False)) for row in rows)
    if not missing:
        return ""
    link = '<a href="#map">the map</a>'
    return (
        f"<p class='hint'>{counted(missing, 'declared answer')} never seen: {link} says which.</p>"
    )


def _several(names: list[str]) -> str:
    items = "".join(element("li", name) for name in names)
    summary = counted(len(names), "operation")
    return f"<details><summary>{summary}</summary><ul>{items}</ul></details>"


def _findings(result: RunResult) -> str:
    found = result.findings
    if not found:
        told = "<p>No fault was found.</p>"
    else:
        is_open = len(found) <= _MOST_OPEN
        cards = [
            card(result, finding, number, is_open=is_open)
            for number, finding in enumerate(found[:_MOST_CARDS], 1)
        ]
        told = _filters(result) + "".join(cards)
    if len(found) > _MOST_CARDS:
        left = counted(len(found) - _MOST_CARDS, "more finding")
        told += f"<p>{left} are in the JSON report.</p>"
    return (
        '<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2>'
        f"{told}{_known(result)}</section>"
    )


def _filters(result: RunResult) -> str:
    """Hidden until the script shows them: without it they would do nothing."""
    packs = dict.fromkeys(finding.pack for finding in result.findings)
    operations = dict.fromkeys(finding.operation for finding in result.findings)
    choices = (
        ("severity", "Severity", {each.value: each.value for each in Severity}),
        ("pack", "Pack", {each: each for each in packs}),
        ("operation", "Operation", {each: label(result, each) for each in sorted(operations)}),
    )
    selects = "".join(
        f'<label>{title} <select data-filter="{name}"><option value="*">all</option>'
        + "".join(f'<option value="{shown(k)}">{shown(v)}</option>' for k, v in values.items())
        + "</select></label>"
        for name, title, values in choices
    )
    return (
        f'<form class="filters" aria-label="Filter the findings" hidden>{selects}'
        '<output aria-live="polite"></output></form>'
    )


def _known(result: RunResult) -> str:
    known = result.known_findings
    if not known:
        return ""
    items = "".join(
        f"<li><span class='badge {f.severity}'>{f.severity}</span> {shown(f.title)} "
        f"<span class='where'>{shown(label(result, f.operation))}</span> "
        f"<code>{f.fingerprint}</code></li>"
        for f in known
    )
    summary = f"{counted(len(known), 'known fault')} of the baseline, not counted"
    return f"<details class='known'><summary>{summary}</summary><ul>{items}</ul></details>"


def _leftovers(result: RunResult) -> str:
    if not result.leftovers:
        return ""
    items = "".join(
        f"<li><code>{shown(each.resource)} {shown(each.id)}</code> {shown(each.why)}</li>"
        for each in result.leftovers
    )
    return (
        '<section aria-labelledby="leftovers"><h2 id="leftovers">Left behind</h2>'
        f"<p>Records that this run made and could not remove.</p><ul>{items}</ul></section>"
    )


def _footer(result: RunResult) -> str:
    return f"Packs: {shown(', '.join(result.packs))}."
