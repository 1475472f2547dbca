"""The journal and the coverage of one world, brought up to date when somebody looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from mockserver.traffic.coverage import Coverage
from mockserver.traffic.journal import Journal
from mockserver.traffic.log import Log
from mockserver.traffic.queried import Queried
from mockserver.traffic.recorded import Again, First, Recorded, whole

_MOST_PUT_OFF = 32
_LARGE = 64 * 1024
_FIRST: Callable[[Again], First] = itemgetter(0)


class Ended(NamedTuple):
    """What is kept of an exchange that is over until it is written down.

    `body` is its JSON, if the contract took it, `queried` what its path and query exercise, if that
    is known. Nothing here holds on to the world, which may be forgotten before.
    """

    recorded: Recorded
    body: Any
    queried: Queried | None


class Ledger:
    """What a world has seen; writing it down is put off for a few exchanges.

    Writing several at once costs a fraction of writing each in the midst of answering, and whoever
    reads journal or coverage finds everything written.
    """

    __slots__ = ("_coverage", "_journal", "_put_off", "log")

    def __init__(self, journal: Journal, coverage: Coverage, log: Log | None = None) -> None:
        self._journal = journal
        self._coverage = coverage
        self._put_off: list[Ended | Again] | None = None
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
        recorded = ended.recorded
        self._wait(ended)
        if recorded.request_bytes + recorded.response_bytes > _LARGE:
            self.settle()

    def repeat(self, again: Again) -> None:
        """Write later that an exchange happened again."""
        if self.log is not None:
            self.log.note(whole(again, self.next_number))
        self._wait(again)

    def _wait(self, each: Ended | Again) -> None:
        put_off = self._put_off
        if put_off is None:
            put_off = self._put_off = []
        put_off.append(each)
        if len(put_off) >= _MOST_PUT_OFF:
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
        waiting, self._put_off = self._put_off, None
        if not waiting:
            return
        ended = [each for each in waiting if isinstance(each, Ended)]
        if ended:
            rows = [each.recorded if isinstance(each, Ended) else each for each in waiting]
            self._journal.extend(rows)
            for alike in self._alike(ended):
                recorded, body, queried = alike[0]
                self._coverage.count(recorded, body, queried, len(alike))
        if len(ended) < len(waiting):
            again = [each for each in waiting if not isinstance(each, Ended)]
            if not ended:
                self._journal.extend(again)
            firsts = list(map(_FIRST, again))
            times = Counter(map(id, firsts))
            for key, first in dict(zip(map(id, firsts), firsts, strict=True)).items():
                self._coverage.count(first.recorded, None, first.queried, times[key])

    def _alike(self, ended: Iterable[Ended]) -> Iterable[list[Ended]]:
        """The exchanges, those together that exercise the same."""
        groups: dict[Hashable, list[Ended]] = {}
        for each in ended:
            recorded, body, queried = each
            alike: Hashable = recorded.number
            if queried is not None:
                operation_id = recorded.operation_id
                sender = id(recorded.request_headers)  # the same for whoever sends the same headers
                values = 0 if body is None else self._coverage.values_in(operation_id, body)
                alike = (operation_id, recorded.status, recorded.verdict, sender, queried, values)
            groups.setdefault(alike, []).append(each)
        return groups.values()
