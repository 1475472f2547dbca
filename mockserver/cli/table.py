"""Rows as text: columns that line up, for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

_LONGEST = 100


def table(headings: Sequence[str], rows: Sequence[Sequence[Any]], none: str) -> str:
    """The rows under their headings; numbers stand to the right. `none` is said of no rows."""
    if not rows:
        return none
    cells = [[cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    right = [
        all(isinstance(row[index], int | float) for row in rows) for index in range(len(headings))
    ]
    return "\n".join(_line(row, widths, right) for row in [list(headings), *cells])


def cell(value: Any) -> str:
    """A value as short text: nothing for None, JSON for what is no text."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    aligned = (
        text.rjust(width) if to_right else text.ljust(width)
        for text, width, to_right in zip(cells, widths, right, strict=True)
    )
    return "  ".join(aligned).rstrip()
