from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mockserver.ids import Ids, _Shuffle

NOON = datetime(2026, 2, 20, 12, 0, tzinfo=UTC)


def test_an_id_looks_like_a_shortened_ulid() -> None:
    assert re.fullmatch(r"cust_01[0-9A-HJKMNP-TV-Z]{8}", Ids(1).prefixed("cust", 10))
    assert re.fullmatch(r"bk_01[0-9A-HJKMNP-TV-Z]{12}", Ids(1).prefixed("bk", 14))


def test_a_hundred_thousand_ids_are_all_different() -> None:
    ids = Ids(7)
    assert len({ids.prefixed("cust", 10) for _ in range(100_000)}) == 100_000


@given(st.integers(0, 2**64), st.integers(2, 80), st.data())
def test_counting_through_a_shuffle_never_repeats_a_number(
    seed: int, bits: int, data: st.DataObject
) -> None:
    shuffle = _Shuffle(str(seed), bits)
    numbers = data.draw(st.sets(st.integers(0, 2**bits - 1), max_size=50))
    shuffled = {shuffle(number) for number in numbers}
    assert len(shuffled) == len(numbers)
    assert all(0 <= number < 2**bits for number in shuffled)


def test_a_small_shuffle_reaches_every_number() -> None:
    assert sorted(map(_Shuffle("any", 11), range(2048))) == list(range(2048))


def test_the_same_seed_and_calls_give_the_same_ids() -> None:
    one, other = Ids(42), Ids(42)
    for _ in range(10):
        assert one.prefixed("cust", 10) == other.prefixed("cust", 10)
        assert one.uuid7(NOON) == other.uuid7(NOON)
        assert one.uuid4() == other.uuid4()


def test_kinds_do_not_disturb_each_other() -> None:
    one, other = Ids(42), Ids(42)
    other.prefixed("bk", 14)
    other.uuid4()
    assert one.prefixed("cust", 10) == other.prefixed("cust", 10)


def test_another_seed_gives_other_ids() -> None:
    assert Ids(1).prefixed("cust", 10) != Ids(2).prefixed("cust", 10)
    assert Ids(1).uuid4() != Ids(2).uuid4()


def test_a_fork_goes_on_as_the_original_would() -> None:
    ids = Ids(3)
    ids.prefixed("cust", 10)
    fork = ids.fork()
    assert [ids.prefixed("cust", 10), ids.uuid7(NOON)] == [
        fork.prefixed("cust", 10),
        fork.uuid7(NOON),
    ]


def test_time_ordered_uuids_sort_by_time_and_then_as_drawn() -> None:
    ids = Ids(9)
    drawn = [ids.uuid7(NOON + timedelta(seconds=step // 100)) for step in range(1000)]
    assert drawn == sorted(drawn)
    assert len(set(drawn)) == len(drawn)


def test_uuids_say_their_version_and_variant() -> None:
    ids = Ids(5)
    for text, version in ((ids.uuid7(NOON), 7), (ids.uuid4(), 4)):
        uuid = UUID(text)
        assert (str(uuid), uuid.version, uuid.variant) == (text, version, "specified in RFC 4122")


def test_a_time_ordered_uuid_carries_its_instant() -> None:
    assert int(Ids(5).uuid7(NOON).replace("-", "")[:12], 16) == NOON.timestamp() * 1000


def test_an_instant_before_1970_counts_as_1970() -> None:
    assert Ids(5).uuid7(datetime(1, 1, 1, tzinfo=UTC)).startswith("00000000-0000-7")


def test_a_stream_depends_on_seed_and_name_alone() -> None:
    ids = Ids(11)
    first = ids.stream("names").random()
    ids.prefixed("cust", 10)
    assert ids.stream("names").random() == first == Ids(11).stream("names").random()
    assert first not in (ids.stream("streets").random(), Ids(12).stream("names").random())


def test_a_late_stream_says_what_the_stream_of_its_name_says() -> None:
    said = [
        (stream.random(), stream.randrange(100), stream.choice("abc"), stream.random())
        for stream in (Ids(3).stream("a"), Ids(3).late_stream("a"))
    ]
    assert said[0] == said[1]
