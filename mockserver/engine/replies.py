"""The last step of an answer: its status, its content in the form that is declared, its headers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from mockserver.contract import Operation, Reply
from mockserver.engine.data import Maker, UnfillableError
from mockserver.engine.shapes import Shapes
from mockserver.engine.sheet import Content, Sheet
from mockserver.engine.world import text_of

Json = Any
UNKNOWN: Any = object()
"""Stands for an answer of which nothing is known: it is made up."""
_TRIES = 5
# One object for all: what is made of a schema is kept by its identity.
_TEXT: dict[str, str] = {"type": "string"}
_OF_RANGES = {"audio": "audio/mpeg", "font": "font/woff2", "image": "image/png",
              "text": "text/plain", "video": "video/mp4"}  # fmt: skip


class Source(NamedTuple):
    """Where made-up parts come from: a stream of chance, opened when it is needed, and an instant.

    The same source gives the same parts each time.
    """

    stream: Callable[[], random.Random]
    now: datetime


class Fitted(NamedTuple):
    """A value whose parts fit already; it is only held to the whole."""

    whole: Json


class Printer:
    """Writes answers that keep to the document."""

    def __init__(self, sheet: Sheet, maker: Maker) -> None:
        self._sheet, self._maker = sheet, maker
        self._statuses: dict[tuple[str, tuple[int, ...]], tuple[int, str]] = {}

    @property
    def shapes(self) -> Shapes:
        """The schemas of the document."""
        return self._sheet.shapes

    def status(self, operation: Operation, wanted: tuple[int, ...]) -> tuple[int, str]:
        """The first of the wanted statuses that is declared, with the name it is declared under.

        Else another success, a range, `default`, or a redirection. Where only refusals are declared
        it is the first of the wanted ones all the same, and its name is empty.
        """
        known = (operation.uid, wanted)
        if known not in self._statuses:
            self._statuses[known] = _status(operation, wanted)
        return self._statuses[known]

    def content(self, operation: Operation, name: str) -> Content:
        """The content that is declared under a status, as it is named in the document."""
        return self._sheet.answer(operation, name)

    def reply(
        self,
        operation: Operation,
        wanted: tuple[int, ...],
        value: Json,
        source: Source,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """A reply with a value made to fit what is declared; `headers` by their declared names."""
        status, name = self.status(operation, wanted)
        return self._reply(operation, status, name, value, source, headers or {})

    def reply_as(self, operation: Operation, status: int, value: Json, source: Source) -> Reply:
        """A reply of exactly this status, which the document must have an answer for."""
        rule = operation.response_for(status)
        assert rule is not None, "whoever asks for a status has seen that it is declared"
        return self._reply(operation, status, rule.status, value, source, {})

    def _reply(
        self,
        operation: Operation,
        status: int,
        name: str,
        value: Json,
        source: Source,
        headers: Mapping[str, str],
    ) -> Reply:
        if not name:
            return _undeclared(status, value, headers)
        content = self.content(operation, name)
        given = self._headers(operation, name, source, headers)
        if not content.media_type:
            return Reply(status, None, given)
        if isinstance(value, Fitted):
            validator = operation.responses[name].media_types[content.media_type]
            if value.whole is not None and validator.is_valid(value.whole):
                return Reply(status, value.whole, given, _media_type(content))
            value = value.whole
        return Reply(status, self._body(content, value, source), given, _media_type(content))

    def drawn(self, schema: Json, given: Mapping[str, Json], source: Source) -> Json:
        """A made-up value with the given members as far as the schema takes them."""
        return self._maker.draw(schema, source.stream(), now=source.now, given=given)

    def fitted(self, schema: Json, value: Json, source: Source) -> Json:
        """A value in the form of a schema; UnfillableError when the schema takes nothing."""
        trimmed = value if value is UNKNOWN else self.trimmed(schema, value)
        chance, now = source.stream(), source.now
        for _ in range(_TRIES):
            if trimmed is UNKNOWN or trimmed is None:
                body = self._maker.draw(schema, chance, now=now)
            else:
                body = self._maker.project(schema, trimmed, chance, now=now, fill="required")
            if body is not None:
                return body
        return None

    def trimmed(self, schema: Json, value: Json) -> Json:
        """A value without members that an object neither names nor explicitly lets through."""
        shape = self.shapes.flat(schema)
        if not isinstance(value, dict) or not shape.members or shape.is_open:
            return value
        return {name: each for name, each in value.items() if name in shape.members}

    def _body(self, content: Content, value: Json, source: Source) -> Json:
        if content.is_json:
            return self.fitted(content.schema, value, source)
        is_text = isinstance(value, str)
        return self.fitted(content.schema or _TEXT, value if is_text else UNKNOWN, source)

    def _headers(
        self, operation: Operation, name: str, source: Source, given: Mapping[str, str]
    ) -> dict[str, str]:
        """The given headers as far as they are declared, and those that are always there."""
        if not operation.responses[name].headers:
            return {}
        by_name = {each.lower(): value for each, value in given.items()}
        found: dict[str, str] = {}
        for header, node in self._sheet.headers(operation, name).items():
            if header.lower() in by_name:
                found[header] = by_name[header.lower()]
            elif node.get("required") is True:
                found[header] = self._header(node, header, source)
        return found

    def _header(self, node: dict[str, Any], name: str, source: Source) -> str:
        schema = node.get("schema") or _TEXT
        try:
            value = self._maker.draw(schema, source.stream(), now=source.now, name=name)
        except UnfillableError:
            return ""
        text = ",".join(map(text_of, value)) if isinstance(value, list) else text_of(value)
        return "".join(each for each in text if " " <= each <= "~")


def _undeclared(status: int, value: Json, headers: Mapping[str, str]) -> Reply:
    """A success of which the document says nothing: the value as it is, if there is one."""
    value = value.whole if isinstance(value, Fitted) else value
    body = None if value is UNKNOWN or status == 204 else value
    return Reply(status, body, headers if body is not None else {})


def _status(operation: Operation, wanted: tuple[int, ...]) -> tuple[int, str]:
    declared = operation.responses
    for each in wanted:
        if str(each) in declared:
            return each, str(each)
    others = sorted(name for name in declared if name[:1] in "23" and name.isdecimal())
    if others and others[0] < "300":
        return int(others[0]), others[0]
    for name in ("2XX", "2xx", "default"):
        if name in declared:
            return wanted[0], name
    return (int(others[0]), others[0]) if others else (wanted[0], "")


def _media_type(content: Content) -> str:
    """The media type that is sent, one of its kind where a range is declared."""
    kind, _, rest = content.media_type.partition("/")
    return _OF_RANGES.get(kind, "application/json") if rest == "*" else content.media_type
