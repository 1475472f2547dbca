"""Knowledge: what the reference's answers have shown so far; new requests are drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contract_tests import pointers
from contract_tests.contract.schemas import leaves
from contract_tests.exchanges import NO_JSON
from contract_tests.packs.differential.identities import is_id
from contract_tests.packs.differential.steps import Origin, Step, mapped

Json = Any
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Handle:
    """A record that can be acted on: `serial` is the step that made or met it.

    `is_own`: the sequence made it, and did not only meet it. `needs` are the serials of what it was
    made for.
    """

    serial: int
    resource: str
    origin: Origin
    mark: str = ""
    needs: tuple[int, ...] = ()
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class KnownId:
    """An id that was seen: where, of what (`owner` for an `owner_id`), and in whose record."""

    value: Json
    origin: Origin
    name: str
    serial: int


@dataclass
class Knowledge:
    """What was seen on the reference in one sequence. `gone` are serials of what was removed."""

    handles: list[Handle] = field(default_factory=list)
    ids: dict[str, KnownId] = field(default_factory=dict)
    rows: dict[str, list[Json]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    etags: dict[int, Origin] = field(default_factory=dict)

    def of(self, resource: str) -> list[Handle]:
        """The records of a kind that are still there, in the order in which they were met."""
        return [h for h in self.handles if h.resource == resource and h.serial not in self.gone]

    def learn_id(self, handle: Handle, value: Json) -> None:
        """Take note of a record and of its id."""
        self.handles.append(handle)
        self.ids.setdefault(
            str(value), KnownId(value, handle.origin, handle.resource, handle.serial)
        )

    def learn_body(self, step: Step, body: Json, serial: int) -> None:
        """Take note of the ids in an answer, as those of the record that a step made."""
        if body is not NO_JSON:
            self.learn_within(Origin(step.serial, "body:"), body, serial)

    def learn_within(self, at: Origin, value: Json, serial: int) -> None:
        """Take note of the ids in a value that is found at an origin."""
        for place, leaf in leaves(value):
            if isinstance(leaf, str | int) and not isinstance(leaf, bool) and is_id(place):
                known = KnownId(leaf, Origin(at.serial, at.place + place), _name(place), serial)
                self.ids.setdefault(str(leaf), known)

    def learn_rows(self, operation: str, items: list[Json], total: Json) -> None:
        """Take note of the rows of a list."""
        if items:
            self.rows[operation] = items[:_MOST_ROWS]
        if isinstance(total, int):
            self.totals[operation] = total

    def tokens(self, template: Json) -> Json:
        """A template with every known id in it replaced by its origin."""
        if isinstance(template, dict | list):
            for place, leaf in leaves(template):
                # A whole number is an id only where its name says so.
                is_number = isinstance(leaf, int) and not isinstance(leaf, bool)
                if is_number and is_id(place) and str(leaf) in self.ids:
                    template = pointers.put(template, place, self.ids[str(leaf)].origin)
        return mapped(template, self._token)

    def _token(self, leaf: Json) -> Json:
        known = self.ids.get(leaf) if isinstance(leaf, str) else None
        return known.origin if known else leaf

    def origins(self, name: str) -> Iterator[KnownId]:
        """Ids that may stand for a member or parameter of a name, the likeliest first."""
        words = [word for word in stem_of(name).split("_") if word]
        ranked = [
            (-_likeness(words, stem_of(known.name)), index)
            for index, known in enumerate(self.ids.values())
        ]
        listed = list(self.ids.values())
        yield from (listed[index] for _, index in sorted(ranked))


def _likeness(words: list[str], name: str) -> int:
    """How many words a name holds, or is held by."""
    return sum(word in name or name in word for word in words)


def _name(place: str) -> str:
    """The name of an id in words: of `/addresses/0/id` it is `addresses`."""
    parts = [part for part in pointers.parts_of(place) if not part.isdigit()]
    last = stem_of(parts[-1]) if parts else ""
    return last or (stem_of(parts[-2]) if len(parts) > 1 else "")


def stem_of(name: str) -> str:
    """A name without what says that it is an id: `customer` of `customer_id` or `customerId`."""
    for ending in ("_ids", "_id", "Ids", "Id", "ids", "id"):
        if name.endswith(ending):
            return name.removesuffix(ending).strip("_").casefold()
    return name.casefold()
