"""What happens, told to whoever listens at the moment; nobody who is slow holds anyone up.

No event loop in here. A subscriber gives a function that wakes it; an endpoint for server-sent
events is then a loop around two calls::

    awake = asyncio.Event()
    with events.subscribe(awake.set, world="default") as subscription:
        while not subscription.is_closed:
            await wait_for(awake.wait(), 15)  # on a timeout: send a comment
            awake.clear()
            for event in subscription.take():
                await send(event.frame())

`publish` and `wake` run in the thread of the publisher: one that is not the event loop's hands in
`lambda: loop.call_soon_threadsafe(awake.set)`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import orjson

from mockserver.errors import Conflict

DROPPED = "dropped"
_KIND = re.compile(r"[a-z][a-z0-9_.-]{0,63}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `number` counts from 1 on this server, `text` is its data as JSON.

    A `dropped` event has the data `{"count": n}` and the number of the last one that was dropped.
    """

    number: int
    kind: str
    world: str | None
    text: bytes

    @property
    def data(self) -> Any:
        """What was published."""
        return orjson.loads(self.text)

    def frame(self) -> bytes:
        """The event as one frame of `text/event-stream`; JSON of ours has no line breaks."""
        return b"id: %d\nevent: %s\ndata: %s\n\n" % (self.number, self.kind.encode(), self.text)


class Subscription:
    """The queue of one subscriber, bounded in events and bytes: the oldest give way.

    What was dropped is told at the head of the next `take`. A `with` closes it at its end.
    """

    __slots__ = ("_bytes", "_dropped", "_events", "_last_dropped", "_queue", "_wake", "is_closed",
                 "world")  # fmt: skip

    def __init__(self, events: Events, wake: Callable[[], None], world: str | None) -> None:
        self.world = world
        self.is_closed = False
        """Whether no further event will come; those in the queue can still be taken."""
        self._events = events
        self._wake = wake
        self._queue: deque[Event] = deque()
        self._bytes = 0
        self._dropped = 0
        self._last_dropped = 0

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def take(self) -> list[Event]:
        """Everything that happened since the last time, oldest first; empties the queue."""
        taken = list(self._queue)
        if self._dropped:
            text = orjson.dumps({"count": self._dropped})
            taken.insert(0, Event(self._last_dropped, DROPPED, self.world, text))
        self._queue.clear()
        self._bytes = self._dropped = 0
        return taken

    def close(self) -> None:
        """Hear nothing more, and wake so that a waiting loop ends."""
        if not self.is_closed:
            self.is_closed = True
            self._events._subscriptions.discard(self)
            self._wake()

    def _offer(self, event: Event, most: int, most_bytes: int) -> None:
        queue = self._queue
        queue.append(event)
        self._bytes += len(event.text)
        while len(queue) > most or (self._bytes > most_bytes and len(queue) > 1):
            dropped = queue.popleft()
            self._bytes -= len(dropped.text)
            self._dropped += 1
            self._last_dropped = dropped.number
        self._wake()


class Events:
    """The subscribers of one server, and what is published to all of them."""

    def __init__(
        self,
        *,
        queue_events: int = 1000,
        queue_bytes: int = 4 * 1024 * 1024,
        subscribers: int = 100,
    ) -> None:
        self._queue_events = queue_events
        self._queue_bytes = queue_bytes
        self._most = subscribers
        self._last = 0
        self._subscriptions: set[Subscription] = set()

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens: ask before making data that is dear to make."""
        return bool(self._subscriptions)

    def subscribe(
        self, wake: Callable[[], None] = lambda: None, *, world: str | None = None
    ) -> Subscription:
        """Listen from now on, to one world (and to what belongs to none) or to all.

        `wake` is called after each event and when the subscription is closed; it must not block.
        Raises Conflict `too_many_subscribers`.
        """
        if len(self._subscriptions) >= self._most:
            raise Conflict(
                "too_many_subscribers",
                f"{self._most} subscribers listen to the events already: close one of them.",
            )
        subscription = Subscription(self, wake, world)
        self._subscriptions.add(subscription)
        return subscription

    def publish(self, kind: str, data: Any, *, world: str | None = None) -> None:
        """Tell everybody who listens to this world (None: to any); never waits for them.

        `kind` is a word such as `exchange` or `clock.moved`, else ValueError. `data` is JSON; it
        becomes text once, and only when somebody listens.
        """
        if _KIND.match(kind) is None:
            raise ValueError(f"{kind!r} is no kind of event: use a word such as 'clock.moved'.")
        self._last += 1
        text: bytes | None = None
        for subscription in list(self._subscriptions):
            if world is None or subscription.world in {None, world}:
                text = orjson.dumps(data) if text is None else text
                event = Event(self._last, kind, world, text)
                subscription._offer(event, self._queue_events, self._queue_bytes)

    def close(self) -> None:
        """Close every subscription, so that their loops end before the server does."""
        for subscription in list(self._subscriptions):
            subscription.close()
