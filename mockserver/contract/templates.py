"""Path templates: what stands in one segment of `/files/{name}.{ext}`, spelled one way."""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARAMETER = re.compile(r"\{([^{}]*)\}")
# What a segment may hold unencoded (RFC 3986, 3.3), beside letters, digits and `-._~`.
_PLAIN = "!$&'()*+,;=:@"


def is_parameter(segment: str) -> bool:
    """Whether the whole segment is one parameter."""
    return _PARAMETER.fullmatch(segment) is not None


def names_in(template: str) -> list[str]:
    """The names of the parameters in a path or segment, in their order."""
    return _PARAMETER.findall(template)


def is_mixed(segment: str) -> bool:
    """Whether a segment holds text beside a parameter, or several parameters."""
    return "{" in segment and bool(names_in(segment)) and not is_parameter(segment)


def pattern_of(segment: str) -> re.Pattern[str]:
    """What a sent segment looks like, with one group for each parameter of a mixed one."""
    parts = _PARAMETER.split(segment)
    texts, number = parts[::2], len(parts) // 2
    groups = ["(.+?)"] * (number - 1) + ["(.+)"]
    written = [re.escape(spelled(text)) for text in texts]
    return re.compile("".join(a + b for a, b in zip(written, [*groups, ""], strict=True)) + r"\Z")


def spelled(text: str) -> str:
    """A segment with exactly what must be percent-encoded encoded; `%2F` stays as it is."""
    return quote_from_bytes(unquote_to_bytes(text), safe=_PLAIN)


def literals_of(segment: str) -> int:
    """How many characters of a segment are no parameter: the more, the more exactly it is meant."""
    return len(_PARAMETER.sub("", segment))
