from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.store import bits
from mockserver.store.arrangement import Arrangement
from mockserver.store.postings import Postings
from mockserver.store.ranges import RangeIndex

MEMBERS = st.sets(st.integers(0, 400)).map(sorted)
STEADY = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@STEADY
@given(members=MEMBERS)
def test_positions_come_back_as_they_went_in(members: list[int]) -> None:
    assert bits.positions(bits.of(members, 401)) == members
    flags = bits.flagged(members, bytearray(401))
    assert bits.pack(flags) == bits.of(members, 401)
    assert bits.unpack(bits.of(members, 401), 401)[:401] == flags


@pytest.mark.parametrize("size", [0, 1, 30, 2000, 9000, 20_000])
def test_wide_sets_of_any_density_come_back_as_they_went_in(size: int) -> None:
    members = sorted(random.Random(size).sample(range(20_000), size))
    assert bits.positions(bits.of(members, 20_000)) == members


@STEADY
@given(members=MEMBERS, low=st.integers(0, 410), size=st.integers(0, 410))
def test_ranks_are_counted_among_the_members(members: list[int], low: int, size: int) -> None:
    found = bits.of(members, 401)
    low = min(low, len(members))
    high = min(low + size, len(members))
    assert bits.ranked(found, low, high) == members[low:high]
    assert [bits.nth(found, rank) for rank in range(len(members))] == members
    assert bits.below(found, low) == sum(member < low for member in members)


@STEADY
@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=900),
    low=st.one_of(st.none(), st.integers(-1, 21)),
    high=st.one_of(st.none(), st.integers(-1, 21)),
)
def test_a_range_index_agrees_with_comparison(
    values: list[int | None], low: int | None, high: int | None
) -> None:
    index = RangeIndex(values)
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    assert bits.positions(index.between(low, high)) == [
        place
        for place, value in known
        if (low is None or low <= value) and (high is None or value <= high)
    ]
    if low is not None:
        assert bits.positions(index.after(low)) == [p for p, value in known if value > low]


@pytest.mark.parametrize("size", [0, 1, 5, 300, 1999, 2000])
def test_an_arrangement_moves_every_position_to_its_rank(size: int) -> None:
    chance = random.Random(size)
    keys = list(range(2000))
    chance.shuffle(keys)
    arrangement = Arrangement(keys)
    members = chance.sample(range(2000), size)
    for _ in range(2):
        moved = arrangement.ranks(bits.of(members, 2000))
        assert bits.positions(moved) == sorted(keys[member] for member in members)
    assert all(keys[arrangement.position(rank)] == rank for rank in range(2000))


def test_postings_give_the_same_as_a_list_and_as_a_set() -> None:
    postings = Postings(1000, {"many": range(0, 1000, 3), "few": [7, 900]})
    for value, expected in (("many", [*range(0, 1000, 3)]), ("few", [7, 900]), ("none", [])):
        assert bits.positions(postings.bits(value)) == expected
