"""Answers to reads, given again for as long as nothing that they follow from has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mockserver.traffic import First
from mockserver.wire.compiled.plan import Line, Sender
from mockserver.wire.exchange import Exchange
from mockserver.wire.kept import Kept
from mockserver.wire.replies import Answered, dialect_of, fields_of
from mockserver.worlds import ServedWorld


class Read:
    """What a read was answered, with everything that the answer follows from.

    Line and sender stand for the whole request. It holds on to both, so that no other can take
    their place in memory. What a family adds to every answer is not part of it.
    """

    __slots__ = ("_answered", "_identity", "_now", "_request", "_tail", "_versions", "first")

    def __init__(
        self, line: Line, sender: Sender, exchange: Exchange, answered: Answered, now: datetime
    ) -> None:
        self._request = (line, sender)
        self._identity = exchange.served.identity
        self._versions = exchange.served.world.versions
        self._now = now
        self._answered = answered
        self.first: First | None = None
        """The journal's entry of the first time it was given again."""
        added = dialect_of(exchange).headers(exchange)
        fields = fields_of(answered)
        self._tail = encoded({name: fields[name] for name in fields if name not in added})

    def __len__(self) -> int:
        """The bytes of the answer."""
        return len(self._answered.body) + len(self._tail)

    def is_true_of(self, served: ServedWorld) -> bool:
        """Whether the same request would be answered the same now."""
        return (
            self._identity is served.identity
            and self._now == served.now()
            and self._versions == served.world.versions
        )

    def answered(self, exchange: Exchange) -> Answered:
        """The answer, with what the family adds to it this time."""
        status, headers, body, _ = self._answered
        added = dialect_of(exchange).headers(exchange)
        if not added:
            return Answered(status, headers, body, self._tail)
        return Answered(status, {**headers, **added}, body, encoded(added) + self._tail)


def find(kept: Kept, line: Line, sender: Sender, served: ServedWorld) -> Read | None:
    """What such a request was answered, if it is still true."""
    read: Read | None = kept.find((id(line), id(sender)))
    return read if read is not None and read.is_true_of(served) else None


def keep(
    kept: Kept, line: Line, sender: Sender, exchange: Exchange, answered: Answered, now: datetime
) -> None:
    """Keep the answer to a read that began at an instant, unless that has passed."""
    if exchange.problem is None and exchange.served.now() == now:
        kept.keep((id(line), id(sender)), Read(line, sender, exchange, answered, now))


def encoded(fields: Mapping[str, str]) -> bytes:
    """Header fields as they are sent."""
    if not fields:
        return b""
    return ("\r\n".join(map(": ".join, fields.items())) + "\r\n").encode("latin-1")
