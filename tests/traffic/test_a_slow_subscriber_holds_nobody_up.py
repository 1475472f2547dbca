"""Events reach whoever listens; who is slow loses the oldest, and is told how many."""

from __future__ import annotations

import asyncio

import pytest

from mockserver.errors import Conflict
from mockserver.traffic import Events


def test_every_subscriber_gets_every_event_in_order() -> None:
    events = Events()
    first, second = events.subscribe(), events.subscribe()
    events.publish("exchange", {"n": 1})
    events.publish("clock.moved", {"n": 2})
    for subscription in (first, second):
        assert [(e.number, e.kind, e.data) for e in subscription.take()] == [
            (1, "exchange", {"n": 1}),
            (2, "clock.moved", {"n": 2}),
        ]
        assert subscription.take() == []


def test_a_slow_subscriber_loses_the_oldest_and_is_told_how_many() -> None:
    events = Events(queue_events=2)
    slow = events.subscribe()
    for number in range(5):
        events.publish("exchange", number)
    dropped, *rest = slow.take()
    assert (dropped.kind, dropped.number, dropped.data) == ("dropped", 3, {"count": 3})
    assert [event.data for event in rest] == [3, 4]
    events.publish("exchange", 5)
    assert [event.data for event in slow.take()] == [5]


def test_a_queue_is_bounded_in_bytes_but_holds_at_least_the_newest() -> None:
    events = Events(queue_bytes=100)
    slow = events.subscribe()
    events.publish("exchange", "x" * 60)
    events.publish("exchange", "y" * 60)
    assert [event.kind for event in slow.take()] == ["dropped", "exchange"]
    events.publish("exchange", "z" * 1000)
    assert [event.data for event in slow.take()] == ["z" * 1000]


def test_a_subscriber_of_one_world_hears_that_world_and_the_server() -> None:
    events = Events()
    one, every = events.subscribe(world="one"), events.subscribe()
    events.publish("exchange", 1, world="one")
    events.publish("exchange", 2, world="two")
    events.publish("server", 3)
    assert [event.data for event in one.take()] == [1, 3]
    assert [event.world for event in every.take()] == ["one", "two", None]


def test_nothing_is_made_of_data_that_nobody_hears() -> None:
    events = Events()
    assert not events.is_heard
    events.publish("exchange", object())
    with events.subscribe() as subscription:
        assert events.is_heard
        with pytest.raises(TypeError):
            events.publish("exchange", object())
    assert not events.is_heard
    assert subscription.is_closed


def test_a_closed_subscription_hears_nothing_more() -> None:
    events = Events()
    subscription = events.subscribe()
    events.publish("exchange", 1)
    subscription.close()
    subscription.close()
    events.publish("exchange", 2)
    assert [event.data for event in subscription.take()] == [1]


def test_a_subscriber_may_leave_while_it_is_told() -> None:
    events = Events()

    def leave() -> None:
        leaving.close()

    leaving = events.subscribe(leave)
    staying = events.subscribe()
    events.publish("exchange", 1)
    assert leaving.is_closed
    assert len(staying.take()) == 1


def test_there_are_only_so_many_subscribers() -> None:
    events = Events(subscribers=1)
    first = events.subscribe()
    with pytest.raises(Conflict, match="1 subscribers"):
        events.subscribe()
    first.close()
    events.subscribe()


def test_a_kind_is_a_word() -> None:
    with pytest.raises(ValueError, match="no kind of event"):
        Events().publish("two\nlines", 1)


def test_a_frame_is_what_an_event_source_reads() -> None:
    events = Events()
    subscription = events.subscribe()
    events.publish("exchange", {"text": "a\nb"})
    (event,) = subscription.take()
    assert event.frame() == b'id: 1\nevent: exchange\ndata: {"text":"a\\nb"}\n\n'


def test_an_endpoint_is_a_loop_that_wakes_takes_and_ends() -> None:
    async def listen(events: Events) -> list[bytes]:
        awake = asyncio.Event()
        sent: list[bytes] = []
        with events.subscribe(awake.set) as subscription:
            while not subscription.is_closed:
                await awake.wait()
                awake.clear()
                sent.extend(event.frame() for event in subscription.take())
        return sent

    async def scene() -> list[bytes]:
        events = Events()
        listener = asyncio.create_task(listen(events))
        await asyncio.sleep(0)
        events.publish("exchange", 1)
        await asyncio.sleep(0)
        events.publish("exchange", 2)
        events.close()
        return await listener

    frames = asyncio.run(scene())
    assert [frame.split(b"data: ")[1] for frame in frames] == [b"1\n\n", b"2\n\n"]
