"""Where an answer holds a record, its id, a list, and what it says of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Operation
from contract_tests.semantics.proposals.shapes import Shapes, snake, words

Json = Any
_WRAPPERS = ("data", "item", "items", "result", "results", "record", "records", "entries", "values",
             "content", "rows", "list", "response", "payload")  # fmt: skip
_IDS = ("id", "uuid", "guid", "_id", "key", "slug", "number")
_PAGE_FACTS = {
    "number": {"page", "current_page", "page_number"},
    "length": {"per_page", "page_size", "limit", "size"},
    "total": {"total", "total_count", "total_items", "total_records", "count", "total_results"},
    "pages": {"total_pages", "page_count", "pages", "last_page", "num_pages"},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A record in an answer: pointers to it and, from it, to its id; its schema."""

    record: str
    id: str
    schema: Json


def success(operation: Operation) -> Json:
    """The JSON schema of its first successful answer, or None."""
    for status in sorted(operation.answers):
        if status.startswith("2"):
            for media_type, schema in operation.answers[status].schemas.items():
                if "json" in media_type and schema is not None:
                    return schema
    return None


def record_in(shapes: Shapes, schema: Json, name: str, parameter: str) -> Place | None:
    """Where a schema holds a record with an id: at its root, or one level below."""
    found = id_of(shapes, schema, name, parameter)
    if found:
        return Place("", found, schema)
    members = shapes.members(schema)
    wanted = [each for each in members if each in _WRAPPERS or snake(each) == name]
    for member in [*wanted, *([next(iter(members))] if len(members) == 1 else [])]:
        found = id_of(shapes, members[member], name, parameter)
        if found and shapes.kind(members[member]) == "object":
            return Place(f"/{member}", found, members[member])
    return None


def id_of(shapes: Shapes, schema: Json, name: str, parameter: str) -> str | None:
    """The pointer to the id in a record."""
    members = shapes.members(schema)
    named = {snake(member): member for member in members}
    for candidate in (snake(parameter), *_IDS[:4], f"{name}_id", *_IDS[4:]):
        member = candidate if candidate in members else named.get(candidate)
        if member is not None and shapes.kind(members[member]) in ("string", "integer", ""):
            return f"/{member}"
    return None


def items_in(shapes: Shapes, schema: Json, plural: str, depth: int = 2) -> tuple[str, Json] | None:
    """Where a schema holds the list, with the schema of one item."""
    if shapes.kind(schema) == "array":
        return "", shapes.flat(schema).get("items", {})
    members = shapes.members(schema)
    lists = [each for each in members if shapes.kind(members[each]) == "array"]
    objects = [each for each in members if shapes.kind(members[each]) == "object"]
    named = [each for each in lists if each in _WRAPPERS or snake(each) == plural]
    for member in named or (lists if len(lists) == 1 else []):
        return f"/{member}", shapes.flat(members[member]).get("items", {})
    for member in [each for each in objects if each in (*_WRAPPERS, "_embedded")]:
        below = items_in(shapes, members[member], plural, depth - 1) if depth else None
        if below is not None:
            return f"/{member}{below[0]}", below[1]
    return None


def page_facts(shapes: Shapes, schema: Json) -> dict[str, str]:
    """Pointers to what an answer says of the page: number, length, total, pages."""
    found: dict[str, str] = {}
    members = shapes.members(schema)
    inner = {
        f"/{outer}/{name}": name
        for outer, each in members.items()
        if shapes.kind(each) == "object"
        for name in shapes.members(each)
    }
    for pointer, name in {**{f"/{name}": name for name in members}, **inner}.items():
        for fact, names in _PAGE_FACTS.items():
            kind = shapes.kind(shapes.at(schema, pointer[1:].split("/")))
            if snake(name) in names and kind in ("integer", "number"):
                found.setdefault(fact, pointer)
    return found


def times(shapes: Shapes, schema: Json) -> dict[str, str]:
    """Pointers to the times `created` and `updated` of a record."""
    found: dict[str, str] = {}
    for name, each in shapes.members(schema).items():
        if shapes.kind(each) != "string" or shapes.flat(each).get("format") != "date-time":
            continue
        for fact, known in (
            ("created", {"created", "inserted"}),
            ("updated", {"updated", "modified", "changed"}),
        ):
            is_by_someone = "by" in words(name)
            if known & set(words(name)) and not is_by_someone:
                found.setdefault(fact, f"/{name}")
    return found
