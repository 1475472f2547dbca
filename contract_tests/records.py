"""Records that a run makes, and what keeps one from being made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests import pointers
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.semantics import Create, Resource

Json = Any


class Unable(Exception):
    """Something that had to be done first could not be; the item goes on without, and says so."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why


class OutOfTime(Exception):
    """The time budget of the run ended."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record that the run made: its id, what was sent, and the record as it was last read.

    `mark` is a text of letters that this record holds and no other; `group` the part of it that
    it shares with others of its group. `needs` are the records that were made for it.
    """

    resource: Resource
    id: str
    sent: Json
    record: Json
    mark: str
    group: str
    needs: Mapping[str, Made]
    exchanges: tuple[Exchange, ...]

    @property
    def names(self) -> Json:
        """What expressions see of it."""
        needs = {name: each.names for name, each in self.needs.items()}
        own = {"id": self.id, "sent": self.sent, "record": self.record, "mark": self.mark}
        return {**own, "needs": needs}


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that makes a record, not yet sent; `needs` are the records made for it."""

    create: Create
    path: Mapping[str, Json]
    body: Json
    mark: str
    needs: Mapping[str, Made]


def id_in(create: Create, exchange: Exchange) -> str | None:
    """The id of what was made, as the answer tells it; None when it does not."""
    if create.id.startswith("header:"):
        location = exchange.answer.header(create.id.removeprefix("header:"))
        return location.rstrip("/").rsplit("/", 1)[-1] if location else None
    value = exchange.answer.json
    found = pointers.MISSING if value is NO_JSON else pointers.get(value, create.id)
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else None
