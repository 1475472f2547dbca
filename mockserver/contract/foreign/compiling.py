"""Schemas of a canonical document, each compiled with what it reaches, when it is first asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import orjson

from mockserver.contract.foreign.lowering import Lowering
from mockserver.contract.schemas import STRICT_FORMATS, Dialect, Direction, Validator
from mockserver.contract.violations import Location, Violation

log = logging.getLogger("mockserver")

Compiled = jsonschema_rs.Validator
_ERRORS = (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError)
# Formats that documents of OpenAPI 3.0 use, and that Draft 4 does not know.
_LATER = ("uuid", "duration", "uri-reference", "json-pointer")


class ForeignCompiler:
    """Compiles the schemas of one canonical document; equal schemas share one validator.

    Schemas mean what their dialect says: Draft 4 with `nullable` for "3.0", where an integer has
    no fraction, JSON Schema 2020-12 for "3.1". Formats are checked. A readOnly member is not
    required in a request, a writeOnly one not in a response; both may be there. Where a `oneOf`
    has a discriminator, a request may fit several branches.
    """

    def __init__(self, document: dict[str, Any], dialect: Dialect) -> None:
        self._lowering = Lowering(document, dialect)
        self._dialect = dialect
        self._validators: dict[tuple[Direction, bytes], Validator] = {}
        self._formats = {name: _checked_as(name) for name in _LATER} if dialect == "3.0" else {}

    def compile(self, schema: Any, direction: Direction) -> Validator:
        """The validator of a schema node, now; one that takes everything where none can be made."""
        key = (direction, _key(schema))
        if key not in self._validators:
            self._validators[key] = self._validator(schema, direction)
        return self._validators[key]

    def deferred(self, schema: Any, direction: Direction) -> Validator:
        """The validator of a schema node, compiled when it is first asked."""
        return DeferredValidator(lambda: self.compile(schema, direction))

    def attempt(self, schema: Any, direction: Direction) -> Compiled:
        """What the validator of a schema is made of; raises what the engine raises."""
        whole = self._lowering.whole(schema, direction)
        formats = self._formats | (STRICT_FORMATS if direction == "request" else {})
        make = (
            jsonschema_rs.Draft202012Validator
            if self._dialect == "3.1"
            else jsonschema_rs.Draft4Validator
        )
        return make(whole, formats=formats or None, validate_formats=True)

    def _validator(self, schema: Any, direction: Direction) -> Validator:
        try:
            return Validator(self.attempt(schema, direction))
        except _ERRORS as error:
            log.warning("A schema cannot be compiled, and takes any value: %s", error)
            return Validator(jsonschema_rs.Draft4Validator({}))


class DeferredValidator(Validator):
    """A validator that is made when it is first asked."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Validator]) -> None:
        self._make = make
        self._made: Validator | None = None
        self.lists = {}

    @property
    def made(self) -> Validator:
        """The validator itself."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps to the schema."""
        return (self._made or self.made).is_valid(value)

    def problems(
        self, value: Any, location: Location, base: tuple[str | int, ...] = ()
    ) -> list[Violation]:
        """What is wrong with the value."""
        return (self._made or self.made).problems(value, location, base)


def _key(schema: Any) -> bytes:
    try:
        return orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer beyond 64 bits
        return repr(schema).encode("utf-8", "replace")


def _checked_as(name: str) -> Callable[[str], bool]:
    return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True).is_valid
