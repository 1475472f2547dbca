"""The journal and the coverage of one world, brought up to date when somebody looks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from mockserver.traffic.coverage import Coverage, Queried
from mockserver.traffic.journal import Journal
from mockserver.traffic.log import Log
from mockserver.traffic.recorded import Recorded, Repeated

_MOST_PUT_OFF = 32
_LARGE = 64 * 1024


Ended = tuple[Recorded | Repeated, Any, Queried | None]
"""What is kept of an exchange that is over until it is written down.

With it go the JSON of its body, if the contract took it, and what its path and query exercise, if
that is known. Nothing here holds on to the world, which may be forgotten before.
"""


class Ledger:
    """What a world has seen; writing it down is put off for a few exchanges.

    Writing several at once costs a fraction of writing each in the midst of answering, and whoever
    reads journal or coverage finds everything written.
    """

    __slots__ = ("_coverage", "_journal", "_put_off", "log")

    def __init__(self, journal: Journal, coverage: Coverage, log: Log | None = None) -> None:
        self._journal = journal
        self._coverage = coverage
        self._put_off: list[Ended] | None = None
        self.log = log
        """Where each exchange gets a line at once, whatever is put off here; None for nowhere."""

    @property
    def journal(self) -> Journal:
        """The journal, with everything in it."""
        if self._put_off:
            self.settle()
        return self._journal

    @property
    def coverage(self) -> Coverage:
        """The coverage, with everything counted."""
        if self._put_off:
            self.settle()
        return self._coverage

    @property
    def next_number(self) -> int:
        """The number of the next exchange."""
        return self._journal.last + len(self._put_off or ()) + 1

    def put_off(self, ended: Ended) -> None:
        """Write an exchange later, in order; at once where it is large: the journal cuts it."""
        put_off = self._put_off
        if put_off is None:
            put_off = self._put_off = []
        put_off.append(ended)
        recorded = ended[0]
        if len(put_off) >= _MOST_PUT_OFF or (
            isinstance(recorded, Recorded)
            and recorded.request_bytes + recorded.response_bytes > _LARGE
        ):
            self.settle()

    def write(self, recorded: Recorded, body: Any, queried: Queried | None) -> Recorded:
        """Write an exchange now, and give it as the journal keeps it."""
        self.settle()
        self._coverage.count(recorded, body, queried)
        return self._journal.add(recorded)

    def weight_of(self, recorded: Recorded) -> int | None:
        """What the journal would reckon for the exchange again; None where that is not known."""
        if recorded.request_bytes + recorded.response_bytes > _LARGE:
            return None
        return self._journal.weight_of(recorded)

    def settle(self) -> None:
        """Write what was put off."""
        ended, self._put_off = self._put_off, None
        if not ended:
            return
        self._journal.extend([each[0] for each in ended])
        for alike in self._alike(ended):
            recorded, value, queried = alike[0]
            first = recorded.first if isinstance(recorded, Repeated) else recorded
            self._coverage.count(first, value, queried, len(alike))

    def _alike(self, ended: Iterable[Ended]) -> Iterable[list[Ended]]:
        """The exchanges, those together that exercise the same."""
        groups: dict[Hashable, list[Ended]] = {}
        for each in ended:
            recorded, value, queried = each
            alike: Hashable = recorded.number
            if isinstance(recorded, Repeated):
                alike = (id(recorded.first),)
            elif queried is not None:
                operation_id = recorded.operation_id
                sender = id(recorded.request_headers)  # the same for whoever sends the same headers
                values = 0 if value is None else self._coverage.values_in(operation_id, value)
                alike = (operation_id, recorded.status, recorded.verdict, sender, queried, values)
            groups.setdefault(alike, []).append(each)
        return groups.values()
