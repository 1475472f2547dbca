"""What changed between two worlds, as a JSON Patch (RFC 6902).

The patch applies to the rows by id, the form in which a row keeps its place whatever else comes
and goes: ``{"customers": {"cust_01…": {…}}, "bookings": {…}, …}``. Clock and counters are no part
of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from mockserver.archive.codec import write
from mockserver.store import StoredWorld

Operation = dict[str, Any]


def rows_by_id(world: StoredWorld) -> dict[str, dict[str, Any]]:
    """Every row as JSON, by collection and id: the document that a patch of :func:`diff` is for."""
    rows = {
        name: {collection.table.key(row): row for row in collection}
        for name, collection in world.collections.items()
    }
    document: dict[str, dict[str, Any]] = orjson.loads(write(rows))
    return document


def diff(before: StoredWorld, after: StoredWorld) -> list[Operation]:
    """The operations that make the rows of ``before`` those of ``after``.

    ``add``, ``remove`` and ``replace`` alone, with paths such as ``/customers/cust_01…/email`` and
    ``/bookings/bk_01…/timeline/1``. Per collection the rows changed or removed come first, then
    those that are new. Costs next to nothing for rows that both worlds share.
    """
    operations: list[Operation] = []
    earlier = before.collections
    for name, collection in after.collections.items():
        key_of = collection.table.key
        for old, new in collection.changes_since(earlier[name]):
            path = f"/{name}/{_escaped(key_of(new if old is None else old))}"
            operations += _row(path, old, new)
    return operations


def _row(path: str, old: Any, new: Any) -> Iterator[Operation]:
    if new is None:
        yield {"op": "remove", "path": path}
        return
    text = write(new)
    if old is None:
        yield {"op": "add", "path": path, "value": orjson.loads(text)}
        return
    past = write(old)
    if past != text:
        yield from _value(path, orjson.loads(past), orjson.loads(text))


def _value(path: str, old: Any, new: Any) -> Iterator[Operation]:
    if type(old) is type(new) is dict:
        yield from _object(path, old, new)
    elif type(old) is type(new) is list:
        yield from _list(path, old, new)
    elif type(old) is not type(new) or old != new:
        yield {"op": "replace", "path": path, "value": new}


def _object(path: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Operation]:
    for name in old:
        if name not in new:
            yield {"op": "remove", "path": f"{path}/{_escaped(name)}"}
    for name, value in new.items():
        below = f"{path}/{_escaped(name)}"
        if name in old:
            yield from _value(below, old[name], value)
        else:
            yield {"op": "add", "path": below, "value": value}


def _list(path: str, old: list[Any], new: list[Any]) -> Iterator[Operation]:
    """Leave alone what both begin and end with; between, change item by item, then add or cut."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if _differ(old[n], new[n])), most)
    rest = most - head
    tail = next((n for n in range(rest) if _differ(old[-1 - n], new[-1 - n])), rest)
    paired = most - tail
    for index in range(head, paired):
        yield from _value(f"{path}/{index}", old[index], new[index])
    for index in reversed(range(paired, len(old) - tail)):
        yield {"op": "remove", "path": f"{path}/{index}"}
    for index in range(paired, len(new) - tail):
        yield {"op": "add", "path": f"{path}/{index}", "value": new[index]}


def _differ(old: Any, new: Any) -> bool:
    return next(_value("", old, new), None) is not None


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
