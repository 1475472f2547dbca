"""Misleading bodies: good ones in which one member names, or repeats, what belongs to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests import pointers
from contract_tests.contract.schemas import leaves
from contract_tests.packs.differential.identities import is_id
from contract_tests.packs.differential.learning import Learning
from contract_tests.values import spoilt

Json = Any
_MOST = 8


def misled(author: Learning, schema: Json, body: Json) -> Iterator[Json]:
    """Versions of a body: each id as one of nothing, of another record, and as its neighbour's."""
    fits = author.bench.contract.schemas.fits
    held = [(place, value) for place, value in leaves(body) if is_id(place)]
    unknown = [resource.unknown for resource in author.places.resources.values()]
    for place, value in held:
        name = pointers.parts_of(place)[-1]
        others = [known.value for known in author.knowledge.origins(name) if known.value != value]
        neighbours = [other for at, other in held if at != place]
        for group in (neighbours, unknown, others):
            bodies = (pointers.put(body, place, each) for each in group)
            yield from [each for each in bodies if fits(schema, each)][:1]


def repeating(author: Learning, schema: Json, body: Json) -> Iterator[Json]:
    """Versions of a body: each text of it as another record has it, and that in other case."""
    fits = author.bench.contract.schemas.fits
    group = author.arena.group.casefold()
    sent = [each for each in author.reference.sent.values() if isinstance(each, dict)]
    for place, value in leaves(body):
        if not isinstance(value, str) or is_id(place) or group not in value.casefold():
            continue
        same = [pointers.get(each, place) for each in sent]
        taken = [t for t in same if isinstance(t, str) and t != value and group in t.casefold()]
        if taken:
            text = author.bench.random.choice(taken)
            bodies = (pointers.put(body, place, each) for each in (text, text.swapcase()))
            yield from (each for each in bodies if fits(schema, each))


def broken(author: Learning, schema: Json, body: Json) -> Iterator[Json]:
    """Versions of a body that break the schema, in one place each."""
    if author.bench.contract.schemas.fits(schema, body):
        found = spoilt(schema, body, author.bench.random, author.bench.contract)
        yield from (each.value for each, _ in zip(found, range(_MOST), strict=False))
