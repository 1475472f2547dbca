"""From a text to the JSON value it stands for, strictly."""

from __future__ import annotations

import math
import re
from typing import Any

from mockserver.contract.violations import shown

# The grammar of JSON numbers: no sign but '-', no leading zeros, ASCII digits only.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z", re.ASCII)
_LONGEST_INTEGER = 19


def coerce(text: str, types: frozenset[str]) -> Any:
    """The value that the text stands for under the given JSON types; ValueError when under none.

    Integers and numbers follow the JSON grammar, booleans are `true` and `false`; text is never
    taken for null.
    """
    if "integer" in types and _INTEGER.match(text) and len(text) <= _LONGEST_INTEGER:
        return int(text)
    if "number" in types and _NUMBER.match(text) and math.isfinite(float(text)):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    if "string" in types or not types:
        return text
    wanted = " or ".join(sorted(types))
    raise ValueError(f"must be {'an' if wanted[0] in 'aio' else 'a'} {wanted}, not {shown(text)}")
