"""What a terminal is given beyond plain text: colours, unless NO_COLOR asks for none."""

from __future__ import annotations

import os
from typing import Any, TextIO

_FAILED, _REFUSED, _DONE = 500, 400, 200


def wants_no_colour() -> bool:
    """Whether the environment asks for none (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))


def is_colourful(stream: TextIO) -> bool:
    """Whether colours are for this stream: it is a terminal, and nobody asked for none."""
    return stream.isatty() and not wants_no_colour()


def status_colour(status: Any) -> str:
    """The colour of a status: green, cyan for 1xx and 3xx, yellow, red; magenta for none."""
    if not isinstance(status, int):
        return "magenta"
    if status >= _FAILED:
        return "red"
    if status >= _REFUSED:
        return "yellow"
    return "green" if status // 100 == _DONE // 100 else "cyan"
