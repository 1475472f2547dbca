"""Where a record shows what was sent, when it is not under the same pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.pointers import joined
from contract_tests.semantics.proposals.shapes import Shapes, singular, snake

Json = Any
_MOST_DEPTH = 4


def shown_at(shapes: Shapes, record: Json, parts: list[str]) -> str | None:
    """The pointer below which a record shows a sent member, by its name; None for nowhere.

    `bedrooms` may lie deeper, `customer_id` be the `id` of `customer`, `address` the first of
    `addresses`. Of several places none is taken.
    """
    ways = list(_ways(shapes, record, ()))
    wanted = _words(parts)
    found = [way for way in ways if _words(way) == wanted]
    found = found or [way for way in ways if _words(way)[-len(wanted) :] == wanted]
    return joined(list(found[0])) if len(found) == 1 else None


def _words(way: tuple[str, ...] | list[str]) -> list[str]:
    """The words of a way: no indexes, plurals before an index as one of them."""
    found: list[str] = []
    for index, part in enumerate(way):
        is_list = index + 1 < len(way) and way[index + 1] == "0"
        if not part.isdigit():
            found += (singular(snake(part)) if is_list else snake(part)).split("_")
    return found + [part for part in way[-1:] if part.isdigit()]


def _ways(shapes: Shapes, schema: Json, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(way) > _MOST_DEPTH:
        return
    for name, member in shapes.members(schema).items():
        kind = shapes.kind(member)
        if kind == "object" and shapes.members(member):
            yield from _ways(shapes, member, (*way, name))
        elif kind == "array":
            item = shapes.flat(member).get("items", {})
            if shapes.members(item):
                yield from _ways(shapes, item, (*way, name, "0"))
            else:
                yield from ((*way, name, str(index)) for index in range(3))
        else:
            yield (*way, name)
