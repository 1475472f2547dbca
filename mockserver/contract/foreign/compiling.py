"""Schemas of a canonical document, each compiled with what it reaches, when it is first asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import orjson
from jsonschema_rs.canonical import Satisfiability

from mockserver.contract.foreign.lowering import Lowering
from mockserver.contract.schemas import STRICT_FORMATS, Dialect, Direction, Validator
from mockserver.contract.violations import Location, Violation

log = logging.getLogger("mockserver")

Key = tuple[Direction, bytes]
Place = tuple[str, ...]
_ERRORS = (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError)
_MOST_HELD = 20_000  # definitions in all validators; about 10 KB each
_MOST_DEFINITIONS = 40  # that one schema reaches, for its contradictions to be looked for
# Formats that documents of OpenAPI 3.0 use, and that Draft 4 does not know.
_LATER = ("uuid", "duration", "uri-reference", "json-pointer")
# Objects whose members are judged apart from each other, and lists whose items are.
_SIMPLE = frozenset({"type", "properties", "required", "additionalProperties", "nullable"})
_PLAIN_LIST = frozenset({"type", "items", "nullable"})


class ForeignCompiler:
    """Compiles the schemas of one canonical document; equal schemas share one validator.

    Schemas mean what their dialect says: Draft 4 with `nullable` for "3.0", where an integer has
    no fraction, JSON Schema 2020-12 for "3.1". Formats are checked. A readOnly member is not
    required in a request, a writeOnly one not in a response; both may be there. Where a `oneOf`
    has a discriminator, a request may fit several branches.

    A compiled schema holds everything that it reaches, megabytes in some documents: beyond a bound
    the oldest are forgotten, and compiled anew when they are asked again.
    """

    def __init__(self, document: dict[str, Any], dialect: Dialect) -> None:
        self._lowering = Lowering(document, dialect)
        self._dialect = dialect
        self._validators: dict[Key, Validator] = {}
        self._weights: dict[Key, int] = {}
        self._weight = 0
        self._flaws: dict[Key, str] = {}
        self._formats = {name: _checked_as(name) for name in _LATER} if dialect == "3.0" else {}

    def compile(self, schema: Any, direction: Direction) -> Validator:
        """The validator of a schema node, now; one that takes everything where none can be made."""
        return self.known(_key(schema, direction), schema)

    def deferred(self, schema: Any, direction: Direction) -> Validator:
        """The validator of a schema node, compiled when it is first asked."""
        return DeferredValidator(self, schema, direction)

    def known(self, key: Key, schema: Any) -> Validator:
        """The validator of a schema by its key."""
        found = self._validators.get(key)
        if found is None:
            found = self._validators[key] = self._validator(key, schema)
            self._forget()
        return found

    def items_at(self, schema: Any, direction: Direction, place: Place) -> Validator | None:
        """The validator of the items of a list within a value, see `Validator.items_at`."""
        for name in place:
            rules = self._lowering.rules(schema)
            members = rules.get("properties", {})
            if name not in members or not rules.keys() <= _SIMPLE:
                return None
            schema = members[name]
        rules = self._lowering.rules(schema)
        is_plain = "items" in rules and rules.keys() <= _PLAIN_LIST
        return self.deferred(rules["items"], direction) if is_plain else None

    def flaw(self, schema: Any, direction: Direction) -> str:
        """Why a schema cannot be compiled, as the engine says it; empty when it can."""
        self.compile(schema, direction)
        return self._flaws.get(_key(schema, direction), "")

    def is_satisfiable(
        self, schema: Any, direction: Direction, most_definitions: int = _MOST_DEFINITIONS
    ) -> bool:
        """Whether any value keeps to the schema; yes where that is not known or costs too much.

        It is not looked for in a schema that reaches more than `most_definitions` others.
        """
        whole = self._lowering.whole(schema, direction)
        if len(whole[self._lowering.section]) > most_definitions:
            return True
        draft = jsonschema_rs.Draft202012 if self._dialect == "3.1" else jsonschema_rs.Draft4
        try:
            found = jsonschema_rs.canonicalize(whole, draft=draft).satisfiability()
        except _ERRORS:
            return True
        return found is not Satisfiability.NO

    def _validator(self, key: Key, schema: Any) -> Validator:
        direction = key[0]
        whole = self._lowering.whole(schema, direction)
        self._weights[key] = 1 + len(whole[self._lowering.section])
        self._weight += self._weights[key]
        formats = self._formats | (STRICT_FORMATS if direction == "request" else {})
        is_modern = self._dialect == "3.1"
        make = jsonschema_rs.Draft202012Validator if is_modern else jsonschema_rs.Draft4Validator
        try:
            return Validator(make(whole, formats=formats or None, validate_formats=True))
        except _ERRORS as error:
            log.warning("A schema cannot be compiled, and takes any value: %s", error)
            self._flaws[key] = str(error)
            return Validator(jsonschema_rs.Draft4Validator({}))

    def _forget(self) -> None:
        """Let go of the oldest validators until the rest is within the bound."""
        while self._weight > _MOST_HELD and len(self._validators) > 1:
            key = next(iter(self._validators))
            del self._validators[key]
            self._weight -= self._weights.pop(key)


class DeferredValidator(Validator):
    """A validator that is made when it is first asked."""

    __slots__ = ("_compiler", "_direction", "_items", "_key", "_schema")

    def __init__(self, compiler: ForeignCompiler, schema: Any, direction: Direction) -> None:
        self._compiler = compiler
        self._schema = schema
        self._direction = direction
        self._key: Key | None = None
        self._items: dict[Place, Validator | None] | None = None

    @property
    def made(self) -> Validator:
        """The validator itself."""
        if self._key is None:
            self._key = _key(self._schema, self._direction)
        return self._compiler.known(self._key, self._schema)

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps to the schema."""
        return self.made.is_valid(value)

    def items_at(self, place: Place) -> Validator | None:
        """The validator of the items of a list."""
        if self._items is None:
            self._items = {}
        if place not in self._items:
            self._items[place] = self._compiler.items_at(self._schema, self._direction, place)
        return self._items[place]

    def problems(
        self, value: Any, location: Location, base: tuple[str | int, ...] = ()
    ) -> list[Violation]:
        """What is wrong with the value."""
        return self.made.problems(value, location, base)


def _key(schema: Any, direction: Direction) -> Key:
    """What equal schemas have in common."""
    try:
        return direction, orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer beyond 64 bits
        return direction, repr(schema).encode("utf-8", "replace")


def _checked_as(name: str) -> Callable[[str], bool]:
    return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True).is_valid
