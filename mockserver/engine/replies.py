"""The last step of an answer: its status, its content in the form that is declared, its headers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from mockserver.contract import Derived, Operation, Reply, Validator
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


class Header(NamedTuple):
    """A header as it is declared; `key` is its name in lower case."""

    name: str
    key: str
    node: dict[str, Any]
    is_required: bool


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One answer of an operation as the document declares it, read once.

    `name` is what its status is called there, empty where only refusals are declared; `validator`
    holds its content to the document, None where there is none; `media_type` is the one sent.
    `required` are the names of the headers that are always there.
    """

    status: int
    name: str
    content: Content
    headers: tuple[Header, ...]
    validator: Validator | None
    media_type: str
    is_json: bool
    required: frozenset[str]

    def items_at(self, place: tuple[str, ...]) -> Validator | None:
        """The validator of the items of a list in its content, as `Validator.items_at` has it."""
        return self.validator.items_at(place) if self.is_json and self.validator else None


class Printer:
    """Writes answers that keep to the document."""

    def __init__(self, sheet: Sheet, maker: Maker) -> None:
        self._sheet, self._maker = sheet, maker
        self._forms: dict[tuple[str, tuple[int, ...], str], Form] = {}

    @property
    def shapes(self) -> Shapes:
        """The schemas of the document."""
        return self._sheet.shapes

    def form(self, operation: Operation, wanted: tuple[int, ...]) -> Form:
        """The answer of the first of the wanted statuses that is declared.

        Else another success, a range, `default`, or a redirection. Where only refusals are declared
        it is the first of the wanted ones all the same, and its name is empty.
        """
        known = (operation.uid, wanted, "")
        form = self._forms.get(known)
        if form is None:
            form = self._forms[known] = self._read(operation, *_status(operation, wanted))
        return form

    def form_as(self, operation: Operation, status: int, name: str) -> Form:
        """The answer of a status that is declared under a name."""
        known = (operation.uid, (status,), name)
        form = self._forms.get(known)
        if form is None:
            form = self._forms[known] = self._read(operation, status, name)
        return form

    def _read(self, operation: Operation, status: int, name: str) -> Form:
        content = self._sheet.answer(operation, name)
        declared = self._sheet.headers(operation, name) if name else {}
        headers = tuple(
            Header(each, each.lower(), node, node.get("required") is True)
            for each, node in declared.items()
        )
        known = operation.responses[name].media_types if name else {}
        validator = known.get(content.media_type)
        is_json = bool(content.media_type) and content.is_json
        required = frozenset(each.name for each in headers if each.is_required)
        return Form(
            status, name, content, headers, validator, _media_type(content), is_json, required
        )

    def reply(
        self,
        operation: Operation,
        wanted: tuple[int, ...],
        value: Json,
        source: Source,
    ) -> Reply:
        """A reply with a value made to fit what is declared."""
        return self.written(self.form(operation, wanted), value, source, {})

    def written(self, form: Form, value: Json, source: Source, headers: Mapping[str, str]) -> Reply:
        """A reply in a form; a `Derived` value is the body as it stands.

        `headers` are taken as far as they are declared.
        """
        if not form.name:
            return _undeclared(form.status, value, headers)
        given = self._headers(form, source, headers) if form.headers else {}
        if form.validator is None:
            return Reply(form.status, None, given)
        if isinstance(value, Fitted):
            value = self.held(form, value.whole, source)
        elif not isinstance(value, Derived):
            value = self._body(form.content, value, source)
        return Reply(form.status, value, given, form.media_type)

    def held(self, form: Form, whole: Json, source: Source) -> Json:
        """A body whose parts fit already, held to the whole: made to fit where it does not."""
        if self.takes(form, whole):
            return whole
        return self._body(form.content, whole, source)

    def takes(self, form: Form, whole: Json) -> bool:
        """Whether a body keeps to the document as it is."""
        return whole is not None and form.validator is not None and form.validator.is_valid(whole)

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

    def _headers(self, form: Form, source: Source, given: Mapping[str, str]) -> dict[str, str]:
        """The given headers as far as they are declared, and those that are always there."""
        by_name = {each.lower(): value for each, value in given.items()}
        found: dict[str, str] = {}
        for header in form.headers:
            if header.key in by_name:
                found[header.name] = by_name[header.key]
            elif header.is_required:
                found[header.name] = self._header(header.node, header.name, source)
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
