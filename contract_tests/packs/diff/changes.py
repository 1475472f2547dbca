"""Changes between two versions of a contract: what each is worth, and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contract_tests.contract import Document

Json = Any


class Weight(StrEnum):
    """How much a change matters.

    `breaking`: something that was right is wrong now; `maybe`: it may be, the documents do not
    tell; `compatible`: whoever kept the old version keeps the new one.
    """

    BREAKING = "breaking"
    MAYBE = "maybe"
    COMPATIBLE = "compatible"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Weight).index(self)


class Side(StrEnum):
    """Who has to act."""

    CLIENT = "client"
    SERVER = "server"


class Direction(StrEnum):
    """Which way a value goes: a stricter request and a looser response break clients."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def absent(self) -> str:
        """The keyword of members that never go this way."""
        return "readOnly" if self is Direction.REQUEST else "writeOnly"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; pointers are None on the side where there is nothing."""

    code: str
    weight: Weight
    side: Side
    operation: str
    sentence: str
    old_pointer: str | None
    new_pointer: str | None
    old: Json = None
    new: Json = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of a document with the pointer that leads to it, references followed."""

    document: Document
    pointer: str
    value: Json

    def at(self, *names: object) -> Spot:
        """What stands below, references followed; an empty object where nothing stands."""
        spot = self
        for name in names:
            value = spot.value.get(name, {}) if isinstance(spot.value, dict) else {}
            spot = Spot(spot.document, f"{spot.pointer}/{escaped(name)}", value).followed()
        return spot

    def followed(self) -> Spot:
        """What a reference leads to."""
        spot = self
        for _ in range(100):
            value = spot.value
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return spot
            is_more = value.keys() - {"$ref", "summary", "description"}
            if is_more and not self.document.version.startswith("3.0"):
                return spot  # a schema with siblings of its reference: `flat` reads both
            target = self.document.resolve({"$ref": value["$ref"]})
            spot = Spot(self.document, value["$ref"], target)
        return spot


def escaped(name: object) -> str:
    """A name as a part of a JSON pointer; YAML has statuses that are numbers."""
    return str(name).replace("~", "~0").replace("/", "~1")


@dataclass(slots=True)
class Log:
    """Collects the changes of one operation; the same change at the same place is told once."""

    operation: str
    changes: list[Change] = field(default_factory=list)

    def add(
        self, code: str, weight: Weight, sentence: str, old: Spot | None, new: Spot | None,
        values: tuple[Json, Json] = (None, None),
    ) -> None:  # fmt: skip
        """Note a change; a compatible one concerns the server, every other the client."""
        side = Side.SERVER if weight is Weight.COMPATIBLE else Side.CLIENT
        change = Change(
            code, weight, side, self.operation, sentence,
            old.pointer if old else None, new.pointer if new else None, *values,
        )  # fmt: skip
        self.extend([change])

    def extend(self, changes: Iterable[Change]) -> None:
        """Note changes that were found elsewhere."""
        known = {_identity(each) for each in self.changes}
        self.changes.extend(each for each in changes if _identity(each) not in known)


def _identity(change: Change) -> tuple[str, str | None, str | None, str]:
    """What is said of a place; a schema that is met twice has changed once."""
    said = change.sentence.rpartition(": ")[2]
    return change.code, change.old_pointer, change.new_pointer, said
