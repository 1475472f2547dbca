from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.archive import dump, load
from mockserver.domain.world import World
from tests.archive.journeys import travel
from tests.domain.business import a_world, jane, john


def loaded_without_counters(state: dict[str, object]) -> World:
    """A world of the same seed that counts from the start, so that it would draw the same ids."""
    world = a_world()
    load(world, {name: rows for name, rows in state.items() if name != "meta"})
    return world


def test_a_new_customer_gets_ids_of_their_own() -> None:
    first = a_world()
    john(first)
    jane(first, email="first@example.com")
    world = loaded_without_counters(dump(first))
    mails = len(world.outbox)
    jane(world, email="second@example.com")
    assert (len(world.customers), len(world.outbox)) == (3, mails + 1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_whatever_happens_next_the_state_stays_sound(past: int, future: int) -> None:
    world = travel(loaded_without_counters(dump(travel(a_world(), past))), future)
    load(a_world(), dump(world))
