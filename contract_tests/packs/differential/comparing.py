"""Compares two answers to the same step: the first place where they say different things."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from contract_tests import pointers
from contract_tests.contract import Operation
from contract_tests.exchanges import NO_JSON, Answer, Exchange
from contract_tests.packs.differential.identities import Identities, is_id
from contract_tests.packs.differential.ordering import same_but_for_ties
from contract_tests.packs.differential.sides import Arena, header_value
from contract_tests.packs.differential.steps import Step
from contract_tests.packs.differential.times import about_now
from contract_tests.packs.differential.views import View

Json = Any
_PRESENT = "(present)"


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where two answers differ: `kind` is status, header or body.

    `pointer` is a header's name, or a pointer into the body.
    """

    step: Step
    kind: str
    pointer: str
    expected: Json
    got: Json

    @property
    def pattern(self) -> str:
        """The pointer with `*` for every index."""
        parts = pointers.parts_of(self.pointer) if self.pointer[:1] == "/" else [self.pointer]
        return pointers.joined(["*" if part.isdigit() else part for part in parts])

    @property
    def key(self) -> tuple[str, str, str]:
        """What sets it apart from others, the same in every run."""
        told = f"{self.expected}>{self.got}" if self.kind == "status" else self.pattern
        return self.step.operation, self.kind, told


class Comparison:
    """Compares answers, and learns which ids stand for each other as it does."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._contract = arena.bench.contract
        semantics = arena.bench.semantics
        self._ids = semantics.differential.ids
        self._masks = tuple(
            mask.pointer for mask in semantics.masks if not (mask.twins_agree and arena.are_twins)
        )
        self._masked: dict[str, bool] = {}
        self.identities = Identities()

    def forget(self) -> None:
        """Forget which ids stand for each other."""
        self.identities = Identities()

    def first(self, step: Step, expected: Exchange, got: Exchange) -> Divergence | None:
        """The first place where two answers differ, or None."""
        ours, theirs = expected.answer, got.answer
        if ours.status != theirs.status:
            if self._is_of_others(step, ours, theirs):
                return None
            if step.is_vague and 400 <= ours.status < 500 and 400 <= theirs.status < 500:
                return None
            return Divergence(step, "status", "status", ours.status, theirs.status)
        header = self._header(step, expected, got)
        if header is not None:
            return header
        if ours.body == theirs.body and self.identities.are_equal:
            return None
        return next(self._bodies(step, expected, got), None)

    def _is_of_others(self, step: Step, mine: Answer, other: Answer) -> bool:
        """Whether a list is empty on one side alone, for rows that the run did not make."""
        if self._arena.are_twins or not (200 <= mine.status < 300 and 200 <= other.status < 300):
            return False
        view = View(self._arena, step, self.identities)
        return view.is_of_others(mine.json, other.json)

    # --- headers

    def _header(self, step: Step, expected: Exchange, got: Exchange) -> Divergence | None:
        ours, theirs = expected.answer, got.answer
        if ours.media_type != theirs.media_type and (ours.body or theirs.body):
            return Divergence(step, "header", "Content-Type", ours.media_type, theirs.media_type)
        for name in self._headers_of(step.operation, ours.status):
            mine, other = ours.header(name), theirs.header(name)
            if (mine is None) is not (other is None):
                shown = [
                    _PRESENT if each is not None else pointers.MISSING for each in (mine, other)
                ]
                return Divergence(step, "header", name, *shown)
        return self._location(step, expected, got)

    def _headers_of(self, operation: str, status: int) -> Iterator[str]:
        yield from ("Location", "WWW-Authenticate", "Allow")
        declared = self._contract.operations[operation].answer(status)
        for name, (is_required, _) in declared.headers.items() if declared else ():
            if is_required or name == "etag":
                yield name

    def _location(self, step: Step, expected: Exchange, got: Exchange) -> Divergence | None:
        mine, other = (header_value(each, "Location") for each in (expected, got))
        if mine is pointers.MISSING or self.identities.bind(mine, other):
            return None
        shown = [urlsplit(each.answer.header("Location") or "").path for each in (expected, got)]
        return Divergence(step, "header", "Location", *shown)

    # --- bodies

    def _bodies(self, step: Step, expected: Exchange, got: Exchange) -> Iterator[Divergence]:
        mine, other = expected.answer.json, got.answer.json
        if mine is NO_JSON or other is NO_JSON:
            if (mine is NO_JSON) is not (other is NO_JSON) or bool(
                expected.answer.body
            ) is not bool(got.answer.body):
                yield Divergence(step, "body", "", _text(expected.answer), _text(got.answer))
            return
        if expected.answer.status >= 400 and not self._arena.are_twins:
            mine, other = self._told(step.operation, mine, other, expected.answer.status)
        view = View(self._arena, step, self.identities)
        if not self._arena.are_twins and expected.answer.status < 300:
            mine, other = view.comparable(mine, other)
        for pointer, ours, theirs in self._differences(mine, other, ""):
            yield Divergence(step, "body", pointer, ours, theirs)

    def _told(self, name: str, mine: Json, other: Json, status: int) -> tuple[Json, Json]:
        """Of two bodies of an error, what the contract's own words decide."""
        words = _words(self._contract.operations[name], status)
        kept = self._decided(mine, words)
        return kept, _only(other, kept)

    def _decided(self, value: Json, words: str) -> Json:
        if isinstance(value, dict):
            decided = {name: self._decided(member, words) for name, member in value.items()}
            return {name: each for name, each in decided.items() if each is not pointers.MISSING}
        if isinstance(value, list):
            return pointers.MISSING if len(value) > 1 else [self._decided(v, words) for v in value]
        return value if isinstance(value, str) and value in words else pointers.MISSING

    def _differences(self, mine: Json, other: Json, at: str) -> Iterator[tuple[str, Json, Json]]:
        if self._is_masked(at):
            return
        if isinstance(mine, dict) and isinstance(other, dict):
            for name in {**mine, **other}:
                place = at + pointers.joined([name])
                ours, theirs = mine.get(name, pointers.MISSING), other.get(name, pointers.MISSING)
                yield from self._differences(ours, theirs, place)
        elif isinstance(mine, list) and isinstance(other, list):
            yield from self._lists(mine, other, at)
        elif not self._same(mine, other, at):
            yield at, mine, other

    def _lists(
        self, mine: list[Json], other: list[Json], at: str
    ) -> Iterator[tuple[str, Json, Json]]:
        if len(mine) != len(other):
            yield at, *self._uneven(mine, other)
            return
        learned = self._learned
        found = [
            difference
            for index, (ours, theirs) in enumerate(zip(mine, other, strict=True))
            for difference in self._differences(ours, theirs, f"{at}/{index}")
        ]
        if found and not self._arena.are_twins and len(mine) > 1:
            after = self._learned
            self._learned = learned
            if same_but_for_ties(mine, other, lambda a, b: self._are_alike(a, b, at)):
                return
            self._learned = after
        yield from found

    def _are_alike(self, mine: Json, other: Json, at: str) -> bool:
        """Whether two rows are the same; what was learned on the way is forgotten when not."""
        learned = self._learned
        if next(self._differences(mine, other, f"{at}/0"), None) is None:
            return True
        self._learned = learned
        return False

    @property
    def _learned(self) -> tuple[dict[str, str], dict[str, str]]:
        return dict(self.identities.there), dict(self.identities.back)

    @_learned.setter
    def _learned(self, learned: tuple[dict[str, str], dict[str, str]]) -> None:
        self.identities.there, self.identities.back = dict(learned[0]), dict(learned[1])

    def _uneven(self, mine: list[Json], other: list[Json]) -> tuple[Json, Json]:
        """Two lists of another length; of long ones, what is there on one side only."""
        if len(json.dumps([mine, other])) < _SHORT:
            return mine, other
        theirs = {json.dumps(each, sort_keys=True) for each in other}
        ours = {json.dumps(each, sort_keys=True) for each in mine}
        only = [each for each in mine if json.dumps(each, sort_keys=True) not in theirs]
        extra = [each for each in other if json.dumps(each, sort_keys=True) not in ours]
        return (
            {"items": len(mine), "only here": _named(only)},
            {"items": len(other), "only here": _named(extra)},
        )

    def _same(self, mine: Json, other: Json, at: str) -> bool:
        if isinstance(mine, bool) or isinstance(other, bool) or mine is None or other is None:
            return mine is other
        if isinstance(mine, int | float) and isinstance(other, int | float):
            return mine == other or (is_id(at, self._ids) and self._bound(mine, other))
        if not isinstance(mine, str) or not isinstance(other, str):
            return mine is other
        if self.identities.are_known(mine, other):
            return self.identities.are_one(mine, other)
        if is_id(at, self._ids):
            return self.identities.bind(mine, other)
        return mine == other or (
            not self._arena.is_frozen and about_now(mine, other, self._arena.now(), _SKEW)
        )

    def _bound(self, mine: float, other: float) -> bool:
        return self.identities.bind(str(mine), str(other))

    def _is_masked(self, at: str) -> bool:
        if at not in self._masked:
            self._masked[at] = any(pointers.matches(at, mask) for mask in self._masks)
        return self._masked[at]


_SKEW = timedelta(minutes=4)
_SHORT = 600


def _named(items: list[Json]) -> Json:
    """Records by what names them, the first few."""
    return [
        next((value for name, value in each.items() if is_id(f"/{name}")), each)
        if isinstance(each, dict)
        else each
        for each in items[:5]
    ]


def _text(answer: Answer) -> Json:
    value = answer.json
    return answer.body.decode("utf-8", "replace")[:300] if value is NO_JSON else value


def _only(value: Json, like: Json) -> Json:
    """Of a value, the members that another has."""
    if isinstance(value, dict) and isinstance(like, dict):
        return {name: _only(value[name], like[name]) for name in like if name in value}
    if isinstance(value, list) and isinstance(like, list) and len(value) == len(like):
        return [_only(each, other) for each, other in zip(value, like, strict=True)]
    return value


def _words(operation: Operation, status: int) -> str:
    """The contract's own words for a refusal of an operation."""
    declared = operation.answer(status)
    said = declared.description if declared else ""
    return f"{operation.description}\n{said}\n{json.dumps(operation.body_schema)}"
