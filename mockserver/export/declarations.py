"""TypeScript types of the contract: one for each schema, one that lists the operations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.contract import Contract, Operation
from mockserver.contract.places import Place, Places

_SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
UNKNOWN = "unknown"
Schema = Mapping[str, Any]


def types_text(contract: Contract) -> str:
    """Every schema of the contract as an exported type, then `Operations`."""
    schemas = contract.document["components"]["schemas"]
    declared = [_declaration(name, schema) for name, schema in schemas.items()]
    return "\n".join([*declared, _operations(contract)])


def type_of(schema: Schema, indent: str = "") -> str:
    """The type of values that keep to a schema.

    Conditions without a type of their own (such as "one of these two members") say nothing that a
    type could say, and are left out.
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    parts = [_own_type(schema, indent), *_combined(schema, indent)]
    said = [part for part in parts if part != UNKNOWN] or [UNKNOWN]
    joined = said[0] if len(said) == 1 else " & ".join(map(_grouped, said))
    may_be_null = schema.get("nullable") and None not in schema.get("enum", ())
    return f"{joined} | null" if may_be_null else joined


def _own_type(schema: Schema, indent: str) -> str:
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, indent)
    if kind == "array":
        return f"readonly {_grouped(type_of(schema.get('items', {}), indent))}[]"
    return _SCALARS.get(str(kind), UNKNOWN)


def _combined(schema: Schema, indent: str) -> list[str]:
    if schema.get("type") in _SCALARS:
        return []
    found = [type_of(each, indent) for each in schema.get("allOf", ())]
    for keyword in ("anyOf", "oneOf"):
        options = [type_of(each, indent) for each in schema.get(keyword, ())]
        if options and UNKNOWN not in options:
            found.append(" | ".join(dict.fromkeys(options)))
    return found


def _object(schema: Schema, indent: str) -> str:
    members = [
        _member(name, each, name in schema.get("required", ()), indent + "  ")
        for name, each in schema.get("properties", {}).items()
    ]
    others = schema.get("additionalProperties", not members)
    if not members and others:
        inner = type_of(others, indent) if isinstance(others, dict) else UNKNOWN
        return f"{{ readonly [name: string]: {inner} }}"
    return "{\n" + "".join(members) + indent + "}" if members else "Record<string, never>"


def _member(name: str, schema: Schema, required: bool, indent: str) -> str:
    key = name if _IDENTIFIER.match(name) else json.dumps(name)
    mark = "" if required else "?"
    comment = _comment(schema.get("description", ""), indent)
    return f"{comment}{indent}readonly {key}{mark}: {type_of(schema, indent)};\n"


def _grouped(text: str) -> str:
    return f"({text})" if " | " in text or " & " in text else text


def _declaration(name: str, schema: Schema) -> str:
    comment = _comment(schema.get("description", ""), "")
    text = type_of(schema)
    if text.startswith("{\n") and text.endswith("\n}") and text.count("\n}") == 1:
        return f"{comment}export interface {name} {text}\n"
    return f"{comment}export type {name} = {text};\n"


def _comment(description: str, indent: str) -> str:
    lines = [line.rstrip() for line in description.strip().replace("*/", "* /").split("\n")]
    if lines == [""]:
        return ""
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    inner = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{inner}{indent} */\n"


def _operations(contract: Contract) -> str:
    places = Places(contract.document)
    members = "".join(_operation(places, each) for each in contract.operations)
    comment = _comment("Each operation: how it is called, and what it answers by status.", "")
    return f"{comment}export interface Operations {{\n{members}}}\n"


def _operation(places: Places, operation: Operation) -> str:
    body = _content(places.content(operation))
    query = _query(places, operation)
    answers = "".join(
        f"      {status}: {_content(_answer(places, operation, status))};\n"
        for status in operation.responses
        if status.isdigit()
    )
    return (
        f"{_comment(operation.summary, '  ')}"
        f"  {operation.operation_id}: {{\n"
        f"    method: {json.dumps(operation.method)};\n"
        f"    path: {json.dumps(operation.path)};\n"
        f"    query: {query};\n"
        f"    body: {body};\n"
        f"    responses: {{\n{answers}    }};\n"
        f"  }};\n"
    )


def _query(places: Places, operation: Operation) -> str:
    declared = operation.located["query"]
    members = [
        _member(each.name, _schema(places, operation, each), each.required, "      ")
        for each in declared
    ]
    return "{\n" + "".join(members) + "    }" if members else "Record<string, never>"


def _schema(places: Places, operation: Operation, parameter: Any) -> Schema:
    place = places.parameter(operation, parameter.name, parameter.location)
    assert place is not None
    schema: Schema = place.node["schema"]
    return schema


def _answer(places: Places, operation: Operation, status: str) -> Place | None:
    return places.below(places.response(operation, int(status)), "content")


def _content(content: Place | None) -> str:
    """The types of the JSON that is sent; null where nothing is."""
    kinds: Iterable[Mapping[str, Any]] = content.node.values() if content else ()
    found = dict.fromkeys(type_of(each.get("schema", {}), "      ") for each in kinds)
    return " | ".join(found) or "null"
