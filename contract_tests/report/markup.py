"""Markup: text escaped for HTML, and nothing that was not."""

from __future__ import annotations

from html import escape

from contract_tests.report.json_diff import Kind, Line
from contract_tests.report.legible import visible

_CLASSES = {Kind.SAME: "same", Kind.EXPECTED: "minus", Kind.GOT: "plus", Kind.FOLDED: "fold"}


def shown(text: object) -> str:
    """A text as HTML, also within an attribute; what cannot be seen is an escape."""
    return escape(visible(text))


def element(name: str, text: object) -> str:
    """An element that holds a text."""
    return f"<{name}>{shown(text)}</{name}>"


def code(text: object, copies: str = "") -> str:
    """A block of code; `copies` says what a button beside it copies."""
    extra = f' data-copy="{shown(copies)}"' if copies else ""
    # A line break after <pre> is not part of it: one of the text's own would be lost otherwise.
    return f'<pre tabindex="0"{extra}>\n<code>{shown(text)}</code></pre>'


def difference(lines: tuple[Line, ...]) -> str:
    """A difference as code: signs say what colours say."""
    rows = "".join(
        f'<span class="{_CLASSES[line.kind]}">{line.kind.value} {shown(line.text)}\n</span>'
        for line in lines
    )
    return f'<pre class="diff" tabindex="0"><code>{rows}</code></pre>'
