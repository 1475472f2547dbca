"""Bodies of any media type: from bytes to the value their schema speaks of, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson

from mockserver.contract.bodies import read_json
from mockserver.contract.media import bare, is_json
from mockserver.contract.schemas import Validator
from mockserver.contract.shapes import Shape
from mockserver.contract.violations import Violation, ViolationError

_FORM = "application/x-www-form-urlencoded"
_CHARSET = re.compile(r"(?i);\s*charset\s*=\s*\"?([\w.-]+)")
_MOST_FIELDS = 10_000


def read_payload(
    text: bytes,
    content_type: str,
    validator: Validator,
    shape: Shape,
    encoding: Mapping[str, Any] | None = None,
) -> tuple[Any, list[Violation]]:
    """The value of a body and what is wrong with it; `content_type` is the whole header.

    JSON is parsed strictly, forms become an object of values read by `shape` (files are texts;
    `encoding` is that of the media type object), `text/*` is one text. What cannot be looked into
    (XML, images, archives) is a text that is not held to its schema.
    """
    kind = bare(content_type)
    if is_json(kind):
        return _json(text, validator)
    if kind in {_FORM, "multipart/form-data"}:
        try:
            pairs = _pairs(text) if kind == _FORM else _parts(text, content_type)
        except ValueError as error:
            return None, [Violation("body", (), "form", f"is no {kind}: {error}")]
        value = shape.object_of(_split(pairs, shape, encoding or {}))
        return value, validator.problems(value, "body")
    whole = _decoded(text, content_type)
    if kind.startswith("text/") and shape.types & {"string"}:
        return whole, validator.problems(whole, "body")
    return whole, []


def written(media_type: str, body: Any) -> bytes:
    """The bytes of a body: as JSON, as a form, or as the text it is."""
    if is_json(media_type):
        return orjson.dumps(body)
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode("utf-8", "replace")
    if bare(media_type) == _FORM and isinstance(body, dict):
        return urlencode({name: _field(value) for name, value in body.items()}).encode()
    return orjson.dumps(body)


def _json(text: bytes, validator: Validator) -> tuple[Any, list[Violation]]:
    try:
        value = read_json(text)
    except ViolationError as error:
        return None, list(error.violations)
    return value, validator.problems(value, "body")


def _field(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _decoded(text: bytes, content_type: str) -> str:
    """The text in its charset; bytes that are none in it are replaced."""
    named = _CHARSET.search(content_type)
    try:
        return text.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        return text.decode("latin-1")


def _pairs(text: bytes) -> list[tuple[str, str]]:
    sent = text.decode("latin-1")
    pairs = parse_qsl(sent, keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS)
    return [(name, value) for name, value in pairs if name]


def _parts(text: bytes, content_type: str) -> list[tuple[str, str]]:
    """The fields of a multipart body; ValueError when it has none that can be told apart."""
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + text)
    if not message.is_multipart():
        raise ValueError("its parts are not separated by the boundary of Content-Type")
    found = ((part, _name_of(part)) for part in message.get_payload() if isinstance(part, Message))
    return [(name, _content_of(part)) for part, name in found if name is not None]


def _name_of(part: Message) -> str | None:
    name = part.get_param("name", header="content-disposition")
    return name if isinstance(name, str) else None


def _content_of(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _split(
    pairs: list[tuple[str, str]], shape: Shape, encoding: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The fields with lists written in one text (`a,b`) taken apart, where the document says so."""
    styles = {n: e for n, e in encoding.items() if isinstance(e, dict) and not e.get("explode", 1)}
    found: list[tuple[str, str]] = []
    for name, text in pairs:
        if name in styles and "array" in shape.member(name).types:
            separator = _SEPARATORS.get(styles[name].get("style", "form"), ",")
            found.extend((name, part) for part in text.split(separator))
        else:
            found.append((name, text))
    return found


_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}
