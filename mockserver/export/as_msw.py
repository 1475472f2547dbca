"""MSW 2: handlers that read the exported world, and say so where they cannot be exact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mockserver.contract import Operation, Parameter
from mockserver.contract.model import Alternative
from mockserver.contract.places import Places
from mockserver.export.as_json import line, rows_text
from mockserver.export.as_typescript import heading
from mockserver.export.dataset import Dataset
from mockserver.export.lists import LISTS, TABLES, ListRule
from mockserver.export.recorder import Recorded
from mockserver.export.records import SOURCES

_RUNTIME = Path(__file__).parent / "runtime"
_KINDS = {"integer": "integer", "boolean": "boolean"}


def msw_files(dataset: Dataset) -> dict[str, str]:
    """`world.ts`, what is answered, and the modules that answer, which are always the same."""
    modules = {f"msw/{path.name}": path.read_text("utf-8") for path in _RUNTIME.glob("*.ts")}
    return {**modules, "msw/world.ts": heading(dataset.recipe) + _world(dataset)}


def _world(dataset: Dataset) -> str:
    used = sorted({*(source.name for source in SOURCES), *(table.shows for table in TABLES)})
    refusals = dataset.refusals
    members = {
        "made": line(dataset.recipe.flags),
        "operations": rows_text(_operations(dataset)),
        "writes": rows_text(_writes(dataset)),
        "headers": _mapping({t: line(_plain(each)) for t, each in refusals.found.items()}),
        "unchanged": _mapping({t: line(_plain(each)) for t, each in refusals.unchanged.items()}),
        "refused": _mapping({t: _replies(each) for t, each in refusals.refused.items()}),
        "absent": _mapping({n: line(_reply(each)) for n, each in refusals.absent.items()}),
        "records": _mapping(_records(dataset)),
        "wholes": _mapping({s.operation_id: s.name for s in SOURCES if s.way == "whole"}),
        "tables": _mapping(_tables(dataset)),
        "lists": _mapping({rule.operation_id: line(_list(rule)) for rule in LISTS}),
    }
    return (
        "import type { World } from './model.js';\n"
        f"import {{ {', '.join(used)} }} from '../ts/index.js';\n\n"
        f"export const world: World = {_mapping(members)};\n"
    )


def _mapping(members: Mapping[str, str]) -> str:
    """An object literal whose values are already code."""
    inner = "".join(f"{name}: {code},\n" for name, code in members.items())
    return "{\n" + inner + "}"


def _operations(dataset: Dataset) -> list[dict[str, Any]]:
    """What reads, a literal path before one with a parameter in its place."""
    places = Places(dataset.contract.document)
    found = [each for each in dataset.contract.operations if each.method == "GET"]
    return [
        {
            "operationId": each.operation_id,
            "tag": each.tag,
            "path": each.path,
            "security": list(map(_scheme, each.security)),
            "query": [_parameter(places, each, p) for p in each.located["query"]],
        }
        for each in sorted(found, key=lambda each: each.path)
    ]


def _writes(dataset: Dataset) -> list[dict[str, str]]:
    found = [each for each in dataset.contract.operations if each.method != "GET"]
    return [{"method": each.method.lower(), "path": each.path} for each in found]


def _scheme(alternative: Alternative) -> dict[str, str]:
    (scheme,) = alternative.schemes
    where = scheme.location if scheme.type == "apiKey" else "authorization"
    name = scheme.parameter if scheme.type == "apiKey" else scheme.http_scheme
    return {"where": where, "name": name, "form": scheme.form}


def _parameter(places: Places, operation: Operation, parameter: Parameter) -> dict[str, Any]:
    place = places.schema_of(operation, parameter)
    assert place is not None
    schema = place.node
    bounds = ("minimum", "maximum", "minLength", "maxLength", "enum", "default")
    kind = _KINDS.get(schema["type"]) or ("moment" if "anyOf" in schema else "text")
    said = {name: schema[name] for name in bounds if name in schema}
    return {"name": parameter.name, "kind": kind, **said}


def _plain(recorded: Recorded) -> dict[str, str]:
    """The headers that do not depend on the record."""
    return {name: value for name, value in recorded.headers.items() if name != "etag"}


def _reply(recorded: Recorded) -> dict[str, Any]:
    return {"status": recorded.status, "headers": dict(recorded.headers), "body": recorded.text}


def _replies(recorded: Mapping[str, Recorded]) -> str:
    return _mapping({state: line(_reply(each)) for state, each in recorded.items()})


def _records(dataset: Dataset) -> dict[str, str]:
    found = {}
    for source in (each for each in SOURCES if each.way == "record"):
        about = {
            "member": source.member,
            "ids": "uuid" if source.ids == "uuids" else "plain",
            "tags": dataset.collections[source.name].tags,
        }
        members = ", ".join(f"{name}: {line(value)}" for name, value in about.items())
        found[source.operation_id] = f"{{ rows: {source.name}, {members} }}"
    return found


def _tables(dataset: Dataset) -> dict[str, str]:
    return {
        table.name: f"{{ rows: {table.shows}, keys: {rows_text(dataset.keys[table.name])} }}"
        for table in TABLES
    }


def _list(rule: ListRule) -> dict[str, Any]:
    filters = {name: {"compares": kind, "key": key} for name, (kind, key) in rule.filters.items()}
    return {"table": rule.table, "filters": filters, "scope": rule.scope}
