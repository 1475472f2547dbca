"""Reproduction: a divergence as a test in Python that anybody can run against any server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.calling import NO_BODY, Caller
from contract_tests.packs.differential.comparing import Divergence
from contract_tests.packs.differential.match import Match, Played
from contract_tests.packs.differential.steps import Origin, mapped
from contract_tests.semantics import Face
from contract_tests.semantics.expressions import moment_text

Json = Any
_WORD = re.compile(r"[^a-z0-9]+")


class _Code:
    """A piece of Python within a value that is written as one."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def reproduction(match: Match, told: Divergence) -> str:
    """A test module that fails on the target and passes on the reference.

    Empty where no single member decides: on lists that others fill as well.
    """
    if not match.arena.are_twins and _is_shared(told):
        return ""
    return "".join(f"{line}\n" for line in _Writing(match, told).lines())


def _is_shared(told: Divergence) -> bool:
    return told.kind == "body" and told.pointer.startswith("/rows")


class _Writing:
    def __init__(self, match: Match, told: Divergence) -> None:
        self._match = match
        self._told = told
        self._arena = match.arena
        self._group = match.arena.group
        self._contract = match.arena.bench.contract

    def lines(self) -> Iterator[str]:
        yield f'"""{self._told.step.operation}: the answer of the reference, asked of another.'
        yield ""
        yield "Run it with pytest; BASE_URL names the server, CREDENTIAL_… replace the credentials."
        yield '"""'
        yield ""
        yield from self._imports()
        yield ""
        yield f'BASE_URL = os.environ.get("BASE_URL", "{self._arena.target.target.url}")'
        yield 'MARK = "".join(random.choices("bcdfghjklmnpqrstvwxz", k=9))'
        yield ""
        yield ""
        if any(each.step.search for each in self._match.played):
            yield from _FINDER
        yield from self._function()

    def _imports(self) -> Iterator[str]:
        yield from ("import os", "import random", "", "import httpx")

    def _function(self) -> Iterator[str]:
        name = _WORD.sub("_", self._told.step.operation.lower()).strip("_")
        yield f"def test_{name}_as_the_reference() -> None:"
        yield f"    with httpx.Client({self._client()}) as server:"
        for line in self._body():
            yield f"        {line}" if line else ""

    def _client(self) -> str:
        if not self._arena.is_frozen:
            return "base_url=BASE_URL"
        return 'base_url=BASE_URL, headers={"X-Mock-World": f"test-{MARK}"}'

    def _body(self) -> Iterator[str]:
        now = self._arena.start
        if self._arena.is_frozen:
            yield from self._clock(now)
        for played in self._match.played:
            if self._arena.is_frozen and played.step.seconds:
                now += timedelta(seconds=played.step.seconds)
                yield from self._clock(now)
            yield from self._call(played)
        yield from self._claims()

    def _clock(self, now: datetime) -> Iterator[str]:
        yield (
            'server.put(f"/__admin/clock?world=test-{MARK}", '
            f'json={{"now": {moment_text(now)!r}}}).raise_for_status()'
        )

    def _call(self, played: Played) -> Iterator[str]:
        step, operation = played.step, self._contract.operations[played.step.operation]
        parts = [repr(operation.method), self._url(played)]
        if step.query:
            parts.append(f"params={self._written(step.query)}")
        parts.append(f"headers={self._headers(played)}")
        if step.body is not NO_BODY:
            parts.append(f"json={self._written(step.body)}")
        yield f"a{step.serial} = server.request({', '.join(parts)})"
        if step.search is not None:
            rows = f"a{step.serial}.json(){_path(self._face(played).items)}"
            yield f"i{step.serial} = found({rows}, {self._mark_of(step.serial)})"

    def _mark_of(self, serial: int) -> str:
        """The mark that the item which a search found holds, as code."""
        item = str(self._arena.reference.items.get(serial)).lower()
        mark = re.search(f"{re.escape(self._group)}[a-z]*", item)
        return _marked(mark[0], self._group) if mark else "MARK"

    def _face(self, played: Played) -> Face:
        search = played.step.search
        assert search is not None
        return self._match.places.resources[search.resource].faces[search.face]

    def _url(self, played: Played) -> str:
        operation = self._contract.operations[played.step.operation]
        path = self._contract.base_path + operation.path
        values = played.step.path
        if not values:
            return repr(path)
        written = path.replace("{", "{{").replace("}", "}}") if not values else path
        for name, value in values.items():
            code = self._written(value) if isinstance(value, Origin) else repr(value)
            written = written.replace("{" + name + "}", "{" + code.replace('"', "'") + "}")
        return f'f"{written}"'

    def _headers(self, played: Played) -> str:
        caller = self._arena.bench.caller
        pairs = _credentials(caller, played)
        pairs += [
            f"{name!r}: {self._written(value)}" for name, value in played.step.headers.items()
        ]
        return "{" + ", ".join(pairs) + "}"

    def _claims(self) -> Iterator[str]:
        told, last = self._told, self._match.played[-1]
        name = f"a{told.step.serial}"
        status = last.expected.answer.status
        yield f"assert {name}.status_code == {status}, {name}.text"
        if told.kind == "header":
            yield from self._header(name)
        elif told.kind == "body":
            yield from self._member(name)

    def _header(self, name: str) -> Iterator[str]:
        told = self._told
        if told.pointer == "Content-Type":
            told_type = f'{name}.headers["Content-Type"].split(";")[0].lower()'
            yield f"assert {told_type} == {told.expected!r}"
        elif told.expected is pointers.MISSING:
            yield f"assert {told.pointer!r} not in {name}.headers"
        else:
            yield f"assert {told.pointer!r} in {name}.headers"

    def _member(self, name: str) -> Iterator[str]:
        told = self._told
        expected = pointers.get(self._match.played[-1].expected.answer.json, told.pointer)
        *above, last = ["", *pointers.parts_of(told.pointer)]
        value = f"{name}.json(){_path(told.pointer)}"
        if not self._match.played[-1].expected.answer.body:
            yield f"assert not {name}.content"
        elif expected is pointers.MISSING:
            yield f"assert {last!r} not in {name}.json(){_path(pointers.joined(above[1:]))}"
        elif isinstance(expected, list) and expected and isinstance(expected[0], dict):
            yield f"assert len({value}) == {len(expected)}"
        else:
            yield f"assert {value} == {self._written(self._tokens(expected))}"

    def _tokens(self, value: Json) -> Json:
        """A value of the reference with the ids of what was made replaced by their origins."""
        origins: dict[str, Origin] = {}
        for played in self._match.played:
            for origin in _given(played, self._match):
                found = self._arena.reference.found(origin)
                origins.setdefault(str(found), origin)
        return mapped(
            value, lambda leaf: origins.get(leaf, leaf) if isinstance(leaf, str) else leaf
        )

    def _written(self, template: Json) -> str:
        return repr(mapped(template, self._leaf))

    def _leaf(self, leaf: Json) -> Json:
        if isinstance(leaf, Origin):
            return _Code(_origin(leaf))
        if isinstance(leaf, str) and self._group and self._group in leaf.lower():
            return _Code(_marked(leaf, self._group))
        return leaf


_FINDER = (
    "def found(items: list, mark: str) -> dict:",
    '    """The item of a list that holds a mark of this test."""',
    "    return next(item for item in reversed(items) if mark.lower() in str(item).lower())",
    "",
    "",
)


def _given(played: Played, match: Match) -> Iterator[Origin]:
    step = played.step
    if step.makes and step.serial in match.arena.reference.ids:
        create = match.places.resources[step.makes].create
        assert create is not None
        place = create.id if create.id.startswith("header:") else f"body:{create.id}"
        yield Origin(step.serial, place)


def _credentials(caller: Caller, played: Played) -> list[str]:
    operation = caller.contract.operations[played.step.operation]
    credential = caller.credential_for(operation)
    if credential is None:
        return []
    sent = [pair for pair in played.got.sent.headers if credential.text in pair[1]]
    name, value = sent[0] if sent else ("Authorization", f"Bearer {credential.text}")
    if caller.credentials.shown:
        return [f"{name!r}: {value!r}"]
    variable = f"CREDENTIAL_{credential.scheme}".upper()
    return [f"{name!r}: {value.replace(credential.text, '')!r} + os.environ[{variable!r}]"]


def _origin(origin: Origin) -> str:
    kind, _, place = origin.place.partition(":")
    if kind == "item":
        return f"i{origin.serial}{_path(place)}"
    if kind == "header":
        value = f"a{origin.serial}.headers[{place!r}]"
        return f'{value}.rsplit("/", 1)[-1]' if place == "Location" else value
    return f"a{origin.serial}.json(){_path(place)}"


def _path(pointer: str) -> str:
    return "".join(
        f"[{part}]" if part.isdigit() else f"[{part!r}]" for part in pointers.parts_of(pointer)
    )


def _marked(text: str, group: str) -> str:
    """A text with the mark of the sequence replaced by one of the run of the test."""
    pieces = re.split(f"({re.escape(group)})", text, flags=re.IGNORECASE)
    code = [
        "MARK" if piece == group else "MARK.upper()" if piece.lower() == group else repr(piece)
        for piece in pieces
        if piece
    ]
    return " + ".join(code)
