from __future__ import annotations

import pytest

from mockserver.store import Collection, DuplicateKey, MissingKey, Query
from tests.store.people import PEOPLE, Person

ANN = Person("ann", badge="1", name="Ann")
BOB = Person("bob", badge="2", name="Bob")


@pytest.fixture(params=["loaded", "fresh"])
def people(request: pytest.FixtureRequest) -> Collection[Person]:
    if request.param == "loaded":
        return Collection(PEOPLE, [ANN, BOB])
    collection = Collection(PEOPLE)
    collection.put(ANN)
    collection.put(BOB)
    return collection


@pytest.mark.parametrize("key", ["bob", "new"])
def test_a_unique_value_of_another_row_is_refused(people: Collection[Person], key: str) -> None:
    with pytest.raises(DuplicateKey, match="people: another row already has badge '1'") as refused:
        people.put(Person(key, badge="1"))
    assert (refused.value.table, refused.value.name, refused.value.value) == (
        "people",
        "badge",
        "1",
    )
    assert list(people) == [ANN, BOB]
    assert people.select(Query(order="name")).rows == (ANN, BOB)
    assert (people.find("badge", "1"), people.find("badge", "2")) == (ANN, BOB)


def test_a_row_may_be_put_again_with_its_own_unique_value(people: Collection[Person]) -> None:
    older = Person("ann", badge="1", name="Anna")
    people.put(older)
    assert people.find("badge", "1") == older


def test_a_unique_value_is_free_once_its_row_gave_it_up(people: Collection[Person]) -> None:
    people.put(Person("ann", badge="9"))
    people.put(Person("new", badge="1"))
    people.remove("bob")
    people.put(Person("newer", badge="2"))
    assert [row.id for row in people] == ["ann", "new", "newer"]


def test_rows_without_the_unique_value_are_never_in_each_others_way(
    people: Collection[Person],
) -> None:
    people.put(Person("cid"))
    people.put(Person("dan"))
    assert len(people) == 4
    assert people.find("badge", None) is None


def test_removing_an_unknown_key_is_refused(people: Collection[Person]) -> None:
    with pytest.raises(MissingKey, match="people: no row has the key 'nobody'") as refused:
        people.remove("nobody")
    assert (refused.value.table, refused.value.key) == ("people", "nobody")
    assert list(people) == [ANN, BOB]


def test_a_removed_key_is_unknown(people: Collection[Person]) -> None:
    assert people.remove("ann") == ANN
    assert people.get("ann") is None
    with pytest.raises(MissingKey):
        people.remove("ann")


@pytest.mark.parametrize(
    ("second", "name", "value"),
    [(Person("ann"), "key", "ann"), (Person("cid", badge="1"), "badge", "1")],
)
def test_loading_rows_that_share_a_key_is_refused(second: Person, name: str, value: str) -> None:
    with pytest.raises(DuplicateKey) as refused:
        Collection(PEOPLE, [ANN, BOB, second])
    assert (refused.value.name, refused.value.value) == (name, value)
