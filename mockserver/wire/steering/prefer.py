"""The grammar of the header `Prefer` (RFC 7240, section 2), read with forbearance."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A quoted text (its end may be missing), a separator, or anything else.
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"?|[,;]|[^",;]+|"', re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def split_prefer(header: str) -> Iterator[tuple[str, str, bool]]:
    """Name in lower case, value, and whether it stood after a `;` (a parameter), in order.

    A name without value has the empty one: RFC 7240 takes `foo`, `foo=` and `foo=""` for the same.
    """
    text, is_parameter = "", False
    for piece in [*_PIECES.findall(header), ","]:
        if piece not in {",", ";"}:
            text += piece
            continue
        name, _, value = text.partition("=")
        if name.strip():
            yield name.strip().lower(), _unquoted(value.strip()), is_parameter
        text, is_parameter = "", piece == ";"


def _unquoted(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else value
