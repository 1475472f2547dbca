"""Rows as text: columns that line up, for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

_LONGEST = 100

Colours = Mapping[str, Callable[[Any], str | None]]


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    none: str,
    colours: Colours | None = None,
) -> str:
    """The rows under their headings; numbers stand to the right. `none` is said of no rows.

    `colours` give the colour of a value, by heading; `click.echo` leaves them out where there is
    no terminal.
    """
    if not rows:
        return none
    cells = [[cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    right = [
        all(isinstance(row[index], int | float) for row in rows) for index in range(len(headings))
    ]
    chosen = [(colours or {}).get(heading) for heading in headings]
    lines = [click.style(_line(list(headings), widths, right), bold=True)]
    for row, shown in zip(rows, cells, strict=True):
        tints = [
            choose(value) if choose else None for choose, value in zip(chosen, row, strict=True)
        ]
        lines.append(_line(shown, widths, right, tints))
    return "\n".join(lines)


def cell(value: Any) -> str:
    """A value as short text: nothing for None, JSON for what is no text."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(
    cells: Sequence[str],
    widths: Sequence[int],
    right: Sequence[bool],
    tints: Sequence[str | None] = (),
) -> str:
    aligned = [
        text.rjust(width) if to_right else text.ljust(width)
        for text, width, to_right in zip(cells, widths, right, strict=True)
    ]
    aligned[-1] = aligned[-1].rstrip()
    painted = [
        click.style(text, fg=tint) if tint else text
        for text, tint in zip(aligned, tints or [None] * len(aligned), strict=True)
    ]
    return "  ".join(painted).rstrip()
