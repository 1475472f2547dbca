"""The journal and the coverage of one world, brought up to date when somebody looks."""

from __future__ import annotations

from typing import Any, Protocol

from mockserver.traffic.coverage import Coverage
from mockserver.traffic.journal import Journal
from mockserver.traffic.log import Log

_MOST_PUT_OFF = 32


class Entry(Protocol):
    """What is known of an exchange that is over."""

    def write(self, journal: Journal, coverage: Coverage) -> Any:
        """Record it."""
        ...


class Ledger:
    """What a world has seen; writing it down is put off for a few exchanges.

    Writing several at once costs a fraction of writing each in the midst of answering, and whoever
    reads journal or coverage finds everything written.
    """

    __slots__ = ("_coverage", "_journal", "_put_off", "log")

    def __init__(self, journal: Journal, coverage: Coverage, log: Log | None = None) -> None:
        self._journal = journal
        self._coverage = coverage
        self._put_off: list[Entry] | None = None
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

    def put_off(self, entry: Entry) -> None:
        """Write an entry later, in order."""
        entries = self._put_off
        if entries is None:
            self._put_off = [entry]
            return
        entries.append(entry)
        if len(entries) >= _MOST_PUT_OFF:
            self.settle()

    @property
    def next_number(self) -> int:
        """The number of the next exchange."""
        return self._journal.last + len(self._put_off or ()) + 1

    def settle(self) -> None:
        """Write what was put off."""
        entries, self._put_off = self._put_off or (), None
        for entry in entries:
            entry.write(self._journal, self._coverage)
