"""Texts made fit to be shown: control characters visible, values pretty, length bounded."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import Any

from contract_tests.exchanges import NO_JSON

Json = Any
_LARGEST_PRETTY = 50_000
_DEEPEST = 100
# Other (controls, formats such as bidirectional overrides, surrogates) and separators of lines.
_UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
# Joiners that emoji and several scripts are written with.
_KEPT = "\n\t\u200c\u200d"


def visible(text: object) -> str:
    """A text in which what cannot be seen, or is not allowed in XML, is written as an escape."""
    shown = str(text)
    if shown.replace("\n", "").replace("\t", "").isprintable():
        return shown
    return "".join(_escape(char) if _is_unseen(char) else char for char in shown)


def one_line(text: object, most: int = 300) -> str:
    """A text as one visible line of at most `most` characters."""
    joined = " ".join(visible(text).split())
    return joined if len(joined) <= most else joined[: most - 1] + "…"


def cut(text: str, most: int) -> str:
    """A visible text, of the first `most` characters with a note when it was longer."""
    if len(text) <= most:
        return visible(text)
    return f"{visible(text[:most])}\n… cut here: {most:,} of {len(text):,} characters are shown"


def storable(value: Json, depth: int = 0) -> Json:
    """A value that every reader of JSON takes: without NaN, lone surrogates or depth for ever."""
    if isinstance(value, dict | list | tuple) and depth > _DEEPEST:
        return "(nested too deeply)"
    if isinstance(value, dict):
        return {_encodable(str(key)): storable(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each, depth + 1) for each in value]
    if isinstance(value, str):
        return _encodable(value)
    return _plain(value)


def _plain(value: Json) -> Json:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return "(no JSON)" if value is NO_JSON else repr(value)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def pretty(value: Json) -> str:
    """A value as indented JSON, members in their order; a text that is no JSON as itself."""
    if isinstance(value, str):
        return visible(value)
    if value is NO_JSON:
        return "(no JSON)"
    return visible(json.dumps(storable(value), ensure_ascii=False, indent=2))


def compact(value: Json) -> str:
    """A value as JSON on one line; a text that is no JSON as itself, an empty one in quotes."""
    if value == "":
        return '""'
    if isinstance(value, str) or value is NO_JSON:
        return pretty(value)
    return visible(json.dumps(storable(value), ensure_ascii=False))


def body_text(body: bytes, most: int) -> str:
    """A body for people: JSON indented, other text as it is, what is no text as hex; then cut."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"({len(body):,} bytes that are not UTF-8; they begin {body[:64].hex(' ')})"
    value = parsed(body) if len(body) <= _LARGEST_PRETTY else NO_JSON
    is_text = value is NO_JSON or isinstance(value, str)
    return cut(text, most) if is_text else cut(pretty(value), most)


def parsed(body: bytes) -> Json:
    """The value of a body, or NO_JSON; whatever a hostile server sends."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return NO_JSON


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 fault`, `1,204 requests`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def duration(seconds: float) -> str:
    """Seconds for people: `0.8 s`, `42 s`, `2 min 5 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _is_unseen(char: str) -> bool:
    return char not in _KEPT and unicodedata.category(char) in _UNSEEN


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
