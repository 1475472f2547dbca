"""A value that nearly all rows have, such as the place they lie in, costs a put no more."""

from __future__ import annotations

from mockserver.store.keyed import Keyed


def test_its_keys_are_added_to_and_taken_from_where_they_are() -> None:
    keyed = Keyed((), ("place",))
    held = ((), (("everywhere",),))
    keyed.add("a", held)
    keyed.add("b", held)
    keys = keyed.having("place", "everywhere")
    for key in "cdefgh":
        keyed.add(key, held)
    keyed.drop("d", held)
    assert keyed.having("place", "everywhere") is keys
    assert list(keys) == list("abcefgh")


def test_a_copy_is_independent() -> None:
    keyed = Keyed((), ("place",))
    held = ((), (("everywhere",),))
    keyed.add("a", held)
    keyed.add("b", held)
    twin = keyed.copy()
    twin.add("c", held)
    keyed.drop("a", held)
    assert list(keyed.having("place", "everywhere")) == ["b"]
    assert list(twin.having("place", "everywhere")) == ["a", "b", "c"]


def test_the_last_one_leaves_nothing_behind() -> None:
    keyed = Keyed((), ("place",))
    held = ((), (("everywhere",),))
    for key in "ab":
        keyed.add(key, held)
    for key in "ab":
        keyed.drop(key, held)
    assert list(keyed.having("place", "everywhere")) == []
    assert "everywhere" not in keyed.lookups["place"]
