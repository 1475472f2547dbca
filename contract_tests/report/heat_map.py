"""The heat map: which operation answered with which status, declared or not."""

from __future__ import annotations

from http import HTTPStatus

from contract_tests.report.markup import shown
from contract_tests.report.tables import Cell, HeatRow, heat_rows
from contract_tests.report.verdict import label
from contract_tests.results import RunResult

_LEGEND = """<ul class="legend">
<li><span class="cell heat2">12</span> declared and seen, how often</li>
<li><span class="cell unseen">○</span> declared, never seen</li>
<li><span class="cell undeclared">! 3</span> seen, but not declared</li>
<li><span class="cell">·</span> neither</li></ul>"""


def heat_map(result: RunResult) -> str:
    """The section with the map and the same as a list."""
    rows = heat_rows(result)
    if not rows:
        return ""
    statuses = sorted({status for row in rows for status in row.cells})
    heads = "".join(
        f'<th scope="col"><abbr title="{phrase(each)}">{each}</abbr></th>' for each in statuses
    )
    body = "".join(_row(result, row, statuses) for row in rows)
    return f"""<section aria-labelledby="map"><h2 id="map">Operations by status</h2>
<p class="hint">{_summary(rows)}</p>{_LEGEND}
<div class="scroll" tabindex="0" role="region" aria-labelledby="map"><table class="map">
<thead><tr><th scope="col">Operation</th><th scope="col">Faults</th>{heads}</tr></thead>
<tbody>{body}</tbody></table></div>{_as_list(result, rows)}</section>"""


def phrase(status: int) -> str:
    """What a status is called; nothing for one that has no name."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "not a registered status"


def _summary(rows: tuple[HeatRow, ...]) -> str:
    declared = [cell for row in rows for cell in row.cells.values() if cell.is_declared]
    seen = sum(bool(cell.count) for cell in declared)
    strange = sum(not cell.is_declared for row in rows for cell in row.cells.values())
    text = f"{seen} of {len(declared)} declared answers were seen."
    if strange:
        text += f" {strange} {'was' if strange == 1 else 'were'} seen that the contract lacks."
    return text


def _row(result: RunResult, row: HeatRow, statuses: list[int]) -> str:
    faults = '<td class="faults">0</td>'
    if row.findings:
        first = row.findings[0]
        faults = (
            f'<td class="faults"><a class="badge {first.severity}" href="#f-{first.fingerprint}">'
            f"{len(row.findings)}<span class='hidden'> {first.severity} at worst</span></a></td>"
        )
    cells = "".join(_cell(row.cells.get(status)) for status in statuses)
    return f'<tr><th scope="row">{operation(label(result, row.operation))}</th>{faults}{cells}</tr>'


def operation(text: str) -> str:
    """A method and a path; other texts as they are."""
    method, _, path = text.partition(" ")
    if not path.startswith("/"):
        return shown(text)
    breakable = shown(path).replace("/", "/<wbr>")
    return f'<span class="method">{shown(method)}</span> <span class="path">{breakable}</span>'


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return '<td aria-hidden="true">·</td>'
    if not cell.count:
        return (
            '<td class="unseen"><span aria-hidden="true">○</span>'
            '<span class="hidden">declared, not seen</span></td>'
        )
    if not cell.is_declared:
        return (
            f'<td class="undeclared">! {cell.count:,}<span class="hidden"> undeclared</span></td>'
        )
    return f'<td class="heat{min(len(str(cell.count)), 4)}">{cell.count:,}</td>'


def _as_list(result: RunResult, rows: tuple[HeatRow, ...]) -> str:
    items = "".join(f"<li>{_sentence(result, row)}</li>" for row in rows)
    return f"<details><summary>The same as a list</summary><ul class='plain'>{items}</ul></details>"


def _sentence(result: RunResult, row: HeatRow) -> str:
    parts = []
    for words, is_declared, is_seen in (
        ("seen", True, True),
        ("declared but not seen", True, False),
        ("seen but not declared", False, True),
    ):
        if cells := row.where(is_declared=is_declared, is_seen=is_seen):
            counts = (f"{c.status} ({c.count:,})" if c.count else str(c.status) for c in cells)
            parts.append(f"{words} {', '.join(counts)}")
    return f"{operation(label(result, row.operation))}: {'; '.join(parts) or 'nothing declared'}"
