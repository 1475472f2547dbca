"""Single keywords of a schema: what each must be, and what is made of it where it is not."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from mockserver.contract.foreign.notes import Notes, Where

TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
# Words that documents use in place of a type: the type, and a format that says the rest.
_MEANT: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "int32": {"type": "integer", "format": "int32"},
    "int64": {"type": "integer", "format": "int64"}, "long": {"type": "integer"},
    "float": {"type": "number"}, "double": {"type": "number"}, "decimal": {"type": "number"},
    "bool": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "date-time": {"type": "string", "format": "date-time"},
    "timestamp": {"type": "string", "format": "date-time"},
    "file": {"type": "string", "format": "binary"},
    "binary": {"type": "string", "format": "binary"},
    "uuid": {"type": "string", "format": "uuid"}, "uri": {"type": "string", "format": "uri"},
    "text": {"type": "string"}, "str": {"type": "string"}, "list": {"type": "array"},
    "map": {"type": "object"}, "dict": {"type": "object"}, "any": {}, "mixed": {},
}  # fmt: skip
_COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
     "minContains", "maxContains"}
)  # fmt: skip
_BOUNDS = frozenset({"minimum", "maximum", "multipleOf"})
_SWITCHES = frozenset({"nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"})
_CHECKS: dict[str, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "null": lambda v: v is None,
}


def mend_keywords(schema: dict[str, Any], where: Where, dialect: str, notes: Notes) -> None:
    """Mend the keywords of one schema that are not schemas themselves."""
    _types(schema, where, dialect, notes)
    for name in sorted(schema.keys() & _SWITCHES):
        _switch(schema, name, where, notes)
    _bounds(schema, where, dialect, notes)
    if "format" in schema and not isinstance(schema["format"], str):
        notes.wrong(where / "format", schema.pop("format"), "a text")
    mend: dict[str, Callable[[dict[str, Any], Where, Notes], None]] = {
        "required": _required, "enum": _enum, "default": _default, "example": _example,
        "discriminator": _discriminator,
    }  # fmt: skip
    for name, function in mend.items():
        if name in schema:
            function(schema, where, notes)


def _bounds(schema: dict[str, Any], where: Where, dialect: str, notes: Notes) -> None:
    for name in sorted(schema.keys() & _COUNTS):
        _number(schema, name, where, notes, is_count=True)
    for name in sorted(schema.keys() & _BOUNDS):
        _number(schema, name, where, notes)
    for name, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if name in schema:
            _exclusive(schema, name, bound, where, dialect, notes)


def fits(value: Any, types: set[str]) -> bool:
    """Whether a value has one of the JSON types; every value where there are none."""
    return not types or any(_CHECKS[name](value) for name in types)


def named_types(schema: dict[str, Any]) -> set[str]:
    """The types a mended schema names, null with them where it is allowed."""
    named = schema.get("type", [])
    types = {named} if isinstance(named, str) else set(named)
    return types | {"null"} if types and schema.get("nullable") is True else types


def _types(schema: dict[str, Any], where: Where, dialect: str, notes: Notes) -> None:
    if schema.get("x-nullable") is True and dialect == "3.0":
        schema.setdefault("nullable", True)
    if "type" not in schema:
        return
    given = schema["type"]
    if isinstance(given, str) and given in TYPES and (dialect == "3.1" or given != "null"):
        return
    if dialect == "3.1" and isinstance(given, list) and given and _are_types(given):
        schema["type"] = given[0] if len(set(given)) == 1 else list(dict.fromkeys(given))
        return
    del schema["type"]
    names = [str(each) for each in given] if isinstance(given, list) else [given]
    known = [_known(name, schema) for name in names]
    types = list(dict.fromkeys(name for name in known if name))
    _put_types(schema, types, dialect)
    told = schema.get("type", " or ".join(types) or "any type")
    expected = "one JSON type" if dialect == "3.0" else "a JSON type"
    notes.wrong(where / "type", given, expected, f"read as {told}")


def _are_types(names: list[Any]) -> bool:
    return all(isinstance(name, str) and name in TYPES for name in names)


def _known(name: Any, schema: dict[str, Any]) -> str:
    """The type that a word means, its format put into the schema; empty for any type."""
    word = str(name).strip().lower() if isinstance(name, str) else ""
    if word in TYPES:
        return word
    meant = _MEANT.get(word, {})
    if "format" in meant:
        schema.setdefault("format", meant["format"])
    return str(meant.get("type", ""))


def _put_types(schema: dict[str, Any], types: list[str], dialect: str) -> None:
    if dialect == "3.1":
        if types:
            schema["type"] = types[0] if len(types) == 1 else types
        return
    real = [name for name in types if name != "null"]
    if "null" in types:
        schema["nullable"] = True
        if not real:
            schema["enum"] = [None]
    if len(real) == 1:
        schema["type"] = real[0]
    elif real:
        options: list[dict[str, Any]] = [{"type": name} for name in real]
        options += [{"enum": [None], "nullable": True}] if "null" in types else []
        schema.setdefault("allOf", []).append({"anyOf": options})


def _switch(schema: dict[str, Any], name: str, where: Where, notes: Notes) -> None:
    value = schema[name]
    if isinstance(value, bool):
        return
    del schema[name]
    if str(value).lower() in {"true", "false"}:
        schema[name] = str(value).lower() == "true"
    notes.wrong(where / name, value, "true or false", f"read as {schema.get(name, False)}".lower())


def _number(
    schema: dict[str, Any], name: str, where: Where, notes: Notes, is_count: bool = False
) -> None:
    value = schema[name]
    is_number = _CHECKS["number"](value) and math.isfinite(value)
    if is_number and not is_count and (name != "multipleOf" or value > 0):
        return
    if is_number and is_count and isinstance(value, int) and value >= 0:
        return
    del schema[name]
    meant = _as_number(value)
    if meant is not None and name == "multipleOf" and meant <= 0:
        meant = None
    if meant is not None and is_count:
        meant = int(meant) if meant >= 0 and meant == int(meant) else None
    if meant is None:
        expected = "a whole number from 0" if is_count else "a number"
        notes.wrong(where / name, value, expected)
        return
    schema[name] = meant
    if not is_number:
        notes.wrong(where / name, value, "a number", f"read as {meant}")


def _as_number(value: Any) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def _exclusive(
    schema: dict[str, Any], name: str, bound: str, where: Where, dialect: str, notes: Notes
) -> None:
    """A switch beside the bound in 3.0, the bound itself in 3.1."""
    value = schema.pop(name)
    if isinstance(value, bool) and dialect == "3.0":
        if value and bound in schema:
            schema[name] = True
        return
    number = _as_number(value)
    if dialect == "3.1":
        if value is True and bound in schema:
            schema[name] = schema.pop(bound)
        elif number is not None:
            schema[name] = number
            if number == value:
                return
        notes.wrong(where / name, value, "a number", "read as OpenAPI 3.0 means it")
        return
    if number is not None:
        schema[bound], schema[name] = number, True
    notes.wrong(where / name, value, "true or false", "read as JSON Schema means it")


def _required(schema: dict[str, Any], where: Where, notes: Notes) -> None:
    value = schema.pop("required")
    if isinstance(value, list):
        names = list(dict.fromkeys(name for name in value if isinstance(name, str)))
        if names:
            schema["required"] = names
        if len(names) == len(value):
            return
    notes.wrong(where / "required", value, "a list of different names", "the rest of it counts")


def _enum(schema: dict[str, Any], where: Where, notes: Notes) -> None:
    values = schema.pop("enum")
    here = where / "enum"
    if not isinstance(values, list) or not values:
        notes.wrong(here, values, "a list with at least one value")
        return
    types = named_types(schema)
    if types == {"array"} and not any(isinstance(value, list) for value in values):
        items = schema.get("items")
        if isinstance(items, dict) and "$ref" not in items:
            items.setdefault("enum", values)
        notes.wrong(here, values, "a list of arrays", "read as the values of an item")
        return
    kept = [_as_typed(value, types) for value in values]
    fitting = [value for value in kept if fits(value, types)]
    distinct = list({json.dumps(v, sort_keys=True): v for v in fitting}.values())
    if not distinct:
        notes.wrong(here, values, f"values of type {' or '.join(sorted(types))}")
        return
    schema["enum"] = distinct
    if len(distinct) != len(values) or distinct != values:
        notes.wrong(here, values, "different values of the type", f"read as {distinct}"[:120])


def _as_typed(value: Any, types: set[str]) -> Any:
    """A value of another type as the one it was meant to have: `1` as `"1"`, and the reverse."""
    if fits(value, types):
        return value
    if "string" in types and isinstance(value, str | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if types & {"integer", "number"} and isinstance(value, str):
        number = _as_number(value)
        return value if number is None else number
    if "boolean" in types and str(value).lower() in {"true", "false"}:
        return str(value).lower() == "true"
    if "integer" in types and isinstance(value, float) and value == int(value):
        return int(value)
    return value


def _default(schema: dict[str, Any], where: Where, notes: Notes) -> None:
    _value(schema, "default", where, notes)


def _example(schema: dict[str, Any], where: Where, notes: Notes) -> None:
    _value(schema, "example", where, notes)


def _value(schema: dict[str, Any], name: str, where: Where, notes: Notes) -> None:
    """An example or default must have the type of its schema, and be one of its values."""
    value = schema[name]
    types = named_types(schema)
    if value is None and name == "default":
        del schema[name]  # a way to say that there is none
        return
    meant = _as_typed(value, types)
    allowed = schema.get("enum")
    if fits(meant, types) and (allowed is None or meant in allowed):
        if meant is not value:
            schema[name] = meant
            notes.wrong(where / name, value, "of the type of its schema", f"read as {meant!r}")
        return
    del schema[name]
    expected = f"one of {allowed}"[:120] if allowed is not None else " or ".join(sorted(types))
    notes.wrong(where / name, value, expected)


def _discriminator(schema: dict[str, Any], where: Where, notes: Notes) -> None:
    value = schema.pop("discriminator")
    if isinstance(value, str):
        schema["discriminator"] = {"propertyName": value}  # as Swagger 2.0 writes it
        return
    if isinstance(value, dict) and isinstance(value.get("propertyName"), str):
        mapping = value.get("mapping")
        pairs = mapping.items() if isinstance(mapping, dict) else ()
        texts = {tag: target for tag, target in pairs if isinstance(target, str)}
        schema["discriminator"] = (
            {**value, "mapping": texts}
            if texts
            else {key: each for key, each in value.items() if key != "mapping"}
        )
        return
    notes.wrong(where / "discriminator", value, "an object with 'propertyName'")
