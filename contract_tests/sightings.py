"""Sightings: a record as every operation shows it that should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.listing import Walk, walk
from contract_tests.records import Made, Unable
from contract_tests.semantics import Collection, ExpressionError, Read

Json = Any


@dataclass(frozen=True, slots=True)
class Sighting:
    """A record as one operation shows it; MISSING when it does not. `made` is whose it is."""

    made: Made
    item: Json
    exchanges: tuple[Exchange, ...]
    is_list: bool

    @property
    def exchange(self) -> Exchange:
        """The last exchange, in which it was seen or missed."""
        return self.exchanges[-1]


Sightings = dict[str, Sighting]


def current(bench: Bench, made: Made) -> Sighting:
    """A record as it is read: by its own operation, or inside what it was made for."""
    inside = made.resource.inside
    if made.resource.read is None and inside is None:
        raise Unable(f"read {made.resource.title}", "nothing says how it is read")
    if inside is None:
        exchange = bench.read(made.resource, made.id, made)
        return Sighting(made, bench.record_in(made.resource, exchange), (exchange,), is_list=False)
    owner = current(bench, made.needs[inside.need])
    rows = [] if owner.item is pointers.MISSING else pointers.get(owner.item, inside.at)
    return Sighting(made, _among(rows, made), owner.exchanges, is_list=False)


def viewed(bench: Bench, made: Made, view: Read) -> Sighting:
    """A record as a further operation shows it."""
    exchange = bench.call(view.operation, path=bench.path_to(view, made.id, made))
    item = pointers.MISSING
    if exchange.answer.status == 200:
        item = pointers.get(exchange.answer.json, view.record)
    return Sighting(made, item, (exchange,), is_list=False)


def listed(bench: Bench, made: Made, collection: Collection) -> Sighting | None:
    """A record as a list shows it; None when nothing says how to find it there."""
    names = {name: each.names for name, each in made.needs.items()}
    names |= {"made": made.names, "record": made.record, "id": made.id}
    query = _sendable(bench, collection, _filled(bench, collection.find, names))
    path = _filled(bench, collection.path, names)
    if path is None or (query is None and collection.needs_filter):
        return None
    for _ in range(2):  # rows may move from page to page while we turn them
        found = walk(bench, collection, query or {}, path)
        item = _among(found.items, made)
        if item is not pointers.MISSING or _is_certain(found):
            break
    if item is pointers.MISSING and not found.is_whole:
        return None
    return Sighting(made, item, found.exchanges, is_list=True)


def sightings(bench: Bench, made: Made, faces: Mapping[str, Made] | None = None) -> Sightings:
    """Everywhere a record should show, by operation; of its faces too, where they were found."""
    found = dict(_own(bench, made))
    for face in (faces or {}).values():
        for operation, seen in _own(bench, face):
            found.setdefault(operation, seen)
    return found


def faces_of(bench: Bench, made: Made) -> tuple[dict[str, Made], list[str]]:
    """The same thing as other resources show it, and the resources in which it is missing."""
    found, missing = {}, []
    for name, face in made.resource.faces.items():
        if face.operation in bench.plan.left_out:
            continue
        try:
            found[name] = bench.face(made, name)
        except (Unable, ExpressionError):
            missing.append(name)
    return found, missing


def _own(bench: Bench, made: Made) -> Iterator[tuple[str, Sighting]]:
    resource, left_out = made.resource, bench.plan.left_out
    where = resource.read.operation if resource.read else f"/{resource.name}"
    detail = current(bench, made) if where not in left_out else None
    if detail is not None:
        yield where, detail
        if detail.item is not pointers.MISSING:
            made = replace(made, record=detail.item)
    for view in resource.views:
        if view.operation not in left_out:
            yield view.operation, viewed(bench, made, view)
    for operation, collection in bench.semantics.collections.items():
        shows = collection.resource == resource.name and collection.where is None
        if shows and operation not in left_out:
            seen = listed(bench, made, collection)
            if seen is not None:
                yield operation, seen


def _among(rows: Json, made: Made) -> Json:
    """The row of a record; its id is compared as its resource compares ids."""
    any_case = made.resource.any_case
    wanted = made.id.lower() if any_case else made.id
    for row in rows if isinstance(rows, list) else []:
        found = str(pointers.get(row, made.resource.id))
        if (found.lower() if any_case else found) == wanted:
            return row
    return pointers.MISSING


def _is_certain(found: Walk) -> bool:
    return len(found.pages) == 1


def _sendable(
    bench: Bench, collection: Collection, query: dict[str, Json] | None
) -> dict[str, Json] | None:
    """The query, unless a value of it is one that the contract does not allow there."""
    operation = bench.contract.operations[collection.operation]
    allowed = {each.name: each.schema for each in operation.parameters_in("query")}
    fits = bench.contract.schemas.fits
    is_fine = all(fits(allowed.get(name, {}), value) for name, value in (query or {}).items())
    return query if is_fine else None


def _filled(
    bench: Bench, template: Mapping[str, Json], names: Mapping[str, Json]
) -> dict[str, Json] | None:
    """A filled template; None when something in it is not known, or null."""
    try:
        filled = {name: bench.fill(each, **names) for name, each in template.items()}
    except ExpressionError:
        return None
    return filled if all(value is not None for value in filled.values()) else None
