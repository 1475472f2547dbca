"""Holding a value to a schema of the contract; every fault with its place and the rule broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests.mutants.ports.python_port.contract import Contract, Schema
from contract_tests.mutants.ports.python_port.mailboxes import is_email
from contract_tests.mutants.ports.python_port.moments import is_day, is_moment

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place; `rule` is the keyword of the schema that is broken."""

    path: Path
    rule: str
    text: str

    @property
    def place(self) -> str:
        """The place as a dotted path; empty for the whole value."""
        return ".".join(map(str, self.path))

    @property
    def is_malformed(self) -> bool:
        """Whether the value has not even the right members and types."""
        return self.rule in ("type", "required", "additionalProperties")


class Checker:
    """Checks values against schemas of one contract. `allOf` is left to whoever knows its sense."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def faults(self, schema: Schema, value: Any, path: Path = ()) -> list[Fault]:
        """Everything that is wrong with a value, in the order of the schema and the value."""
        schema = self._contract.resolved(schema)
        if value is None and schema.get("nullable"):
            return []
        if "discriminator" in schema:
            return self._discriminated(schema, value, path)
        kind = schema.get("type")
        if kind is not None and not _is_a(kind, value):
            return [Fault(path, "type", f"has to be of type {kind}")]
        found = list(self._own_faults(schema, value, path))
        return found or self._alternatives(schema, value, path)

    def _own_faults(self, schema: Schema, value: Any, path: Path) -> Iterator[Fault]:
        if "enum" in schema and value not in schema["enum"]:
            listed = " or ".join(map(str, schema["enum"]))
            yield Fault(path, "enum", f"can only be {listed}")
        elif isinstance(value, str):
            yield from _text_faults(schema, value, path)
        elif isinstance(value, dict):
            yield from self._object_faults(schema, value, path)
        elif isinstance(value, list):
            yield from self._array_faults(schema, value, path)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            if value < schema.get("minimum", value):
                yield Fault(path, "minimum", f"is below {schema['minimum']}")
            if value > schema.get("maximum", value):
                yield Fault(path, "maximum", f"is above {schema['maximum']}")

    def _object_faults(self, schema: Schema, value: dict[str, Any], path: Path) -> Iterator[Fault]:
        for name in schema.get("required", ()):
            if name not in value:
                yield Fault((*path, name), "required", "is missing")
        if len(value) > schema.get("maxProperties", len(value)):
            yield Fault(path, "maxProperties", f"takes {schema['maxProperties']} members at most")
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        for name, member in value.items():
            if name in known:
                yield from self.faults(known[name], member, (*path, name))
            elif others is False:
                yield Fault((*path, name), "additionalProperties", "is no member that is taken")
            elif isinstance(others, dict):
                yield from self.faults(others, member, (*path, name))

    def _array_faults(self, schema: Schema, value: list[Any], path: Path) -> Iterator[Fault]:
        if len(value) < schema.get("minItems", 0):
            yield Fault(path, "minItems", f"needs {schema['minItems']} items or more")
        if len(value) > schema.get("maxItems", len(value)):
            yield Fault(path, "maxItems", f"takes {schema['maxItems']} items at most")
        if schema.get("uniqueItems") and any(item in value[:at] for at, item in enumerate(value)):
            yield Fault(path, "uniqueItems", "repeats an item")
        if "items" in schema:
            for index, item in enumerate(value):
                yield from self.faults(schema["items"], item, (*path, index))

    def _alternatives(self, schema: Schema, value: Any, path: Path) -> list[Fault]:
        if "anyOf" not in schema:
            return []
        answers = [self.faults(each, value, path) for each in schema["anyOf"]]
        if not all(answers):
            return []
        has_a_type = any((found[0].path, found[0].rule) != (path, "type") for found in answers)
        return [Fault(path, "anyOf" if has_a_type else "type", "fits none of the forms allowed")]

    def _discriminated(self, schema: Schema, value: Any, path: Path) -> list[Fault]:
        rule = schema["discriminator"]
        name, forms = rule["propertyName"], rule["mapping"]
        if not isinstance(value, dict):
            return [Fault(path, "type", "has to be of type object")]
        if name not in value:
            return [Fault((*path, name), "required", "is missing")]
        if not isinstance(value[name], str):
            return [Fault((*path, name), "type", "has to be of type string")]
        if value[name] not in forms:
            return [Fault((*path, name), "enum", f"can only be {' or '.join(forms)}")]
        return self.faults({"$ref": forms[value[name]]}, value, path)


_FORMATS = {"email": is_email, "date": is_day, "date-time": is_moment}


def _is_a(kind: str, value: Any) -> bool:
    is_truth = isinstance(value, bool)
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not is_truth)


def _text_faults(schema: Schema, value: str, path: Path) -> Iterator[Fault]:
    if len(value) < schema.get("minLength", 0):
        yield Fault(path, "minLength", f"needs {schema['minLength']} characters or more")
    elif len(value) > schema.get("maxLength", len(value)):
        yield Fault(path, "maxLength", f"takes {schema['maxLength']} characters at most")
    elif "pattern" in schema and not _matches(schema["pattern"], value):
        yield Fault(path, "pattern", "does not have the form that is asked for")
    elif schema.get("format") in _FORMATS and not _FORMATS[schema["format"]](value):
        yield Fault(path, "format", f"is no {schema['format']}")


def _matches(pattern: str, value: str) -> bool:
    """A pattern of ECMA 262, whose `$` is the very end; all of the contract have their ends."""
    return re.fullmatch(pattern.removeprefix("^").removesuffix("$"), value) is not None
