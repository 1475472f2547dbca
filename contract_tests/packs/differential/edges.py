"""Edges: texts and dates that a schema allows and that are easily mangled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.contract import Contract
from contract_tests.packs.differential.identities import is_id
from contract_tests.semantics.expressions import is_expression
from contract_tests.values import shape_of

Json = Any
RARE = "Zoë 'n' \"漢\" <b>&amp; 100% _😀"
# Of each group, the first that a member takes.
_TEXTS = (
    (RARE, "'\"<b>&", "é漢"),
    ("  two\nlines,\n\n\ta  tab ", "  two  spaces  ", " two  spaces"),
    ("שלום, e\u0301 עולם\u200f a\u0308", "שלום e\u0301"),
)
_NO_DAYS = ("1988-02-30", "1988-02-30T00:00:00Z")
_MARK = "x" * 8  # what a name of an expression may give more than it is long


def edges(
    contract: Contract,
    members: Mapping[str, Json],
    template: Json,
    declared: frozenset[str],
    now: datetime,
) -> list[dict[str, Json]]:
    """Changes of a body, by pointer: all free texts, then all dates, at one edge each time.

    `members` are schemas by pointer; those in `declared` are no free texts. Where the template
    holds an expression, a text goes behind what it gives.
    """
    fits = contract.schemas.fits
    found: list[dict[str, Json]] = []
    named = {place: schema for place, schema in members.items() if not is_id(place)}
    free = {
        place: s for place, s in named.items() if place not in declared and _is_free(contract, s)
    }
    for texts in _TEXTS:
        there = {place: pointers.get(template, place) for place in free}
        taken = {
            place: next((t for t in texts if fits(schema, _length_of(there[place]) + t)), None)
            for place, schema in free.items()
        }
        found.append({place: _behind(there[place], text) for place, text in taken.items() if text})
    timed = {p: s for p, s in named.items() if not any(fits(s, text) for text in _NO_DAYS)}
    for forms in _dates(now):
        days = {p: next((f for f in forms if fits(s, f)), None) for p, s in timed.items()}
        found.append({place: form for place, form in days.items() if form})
    return [changes for changes in found if changes]


def schema_at(schema: Json, place: str, contract: Contract) -> Json:
    """The schema of a value at a pointer, or None where it is not declared."""
    found = schema
    for name in pointers.parts_of(place):
        shape = shape_of(found, contract)
        if name.isdigit() and "items" in shape.keywords:
            found = shape.keywords["items"]
            continue
        options = [each for choice in shape.choices for each in choice]
        within = [shape.members, *(shape_of(each, contract).members for each in options)]
        found = next((members[name] for members in within if name in members), None)
        if found is None:
            return None
    return found


def _is_free(contract: Contract, schema: Json) -> bool:
    shape = shape_of(schema, contract)
    return shape.types == ("string",) and "enum" not in shape.keywords


def _length_of(there: Json) -> str:
    """A text about as long as what stands before; empty where nothing has to."""
    return "x" * len(there) + _MARK if is_expression(there) else ""


def _behind(there: Json, text: str) -> Json:
    if not is_expression(there):
        return text
    return f"= ({there.removeprefix('=').strip()}) + {json.dumps(text, ensure_ascii=False)}"


def _dates(now: datetime) -> Iterator[tuple[str, ...]]:
    """Days at the edge of something, each in the forms in which a member may take it."""
    leap = next(year for year in range(now.year + 1, now.year + 9) if _is_leap(year))
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    yield f"{now.year}-12-31T23:59:59Z", f"{now.year}-12-31"
    yield f"{first:%Y-%m-%d}", f"{first:%Y-%m-%d}T00:00:00Z"
    yield f"{leap}-02-29T12:00:00Z", f"{leap}-02-29"
    yield "1988-02-29", "1988-02-29T00:00:00Z"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
