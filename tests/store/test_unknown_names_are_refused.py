from __future__ import annotations

from typing import Any

import pytest

from mockserver.store import Collection, Query, Table, UnknownIndex
from tests.store.people import PEOPLE, Person, crowd

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"equals": {"badge": "b1"}}, "no facet or lookup is called 'badge' (declared: name, tag,"),
    ({"between": {"team": (1, 2)}}, "no range is called 'team' (declared: score)"),
    ({"after": {"nothing": 1}}, "no range is called 'nothing'"),
    ({"order": "oldest"}, "no order is called 'oldest' (declared: newest, name)"),
]


@pytest.mark.parametrize(("parts", "message"), WRONG)
@pytest.mark.parametrize("size", [0, 5])
def test_a_query_with_an_undeclared_name_is_refused(
    parts: dict[str, Any], message: str, size: int
) -> None:
    with pytest.raises(UnknownIndex) as refused:
        Collection(PEOPLE, crowd(size)).select(Query[Person](**parts))
    assert message in str(refused.value)


@pytest.mark.parametrize("size", [0, 5])
def test_looking_up_by_an_undeclared_name_is_refused(size: int) -> None:
    collection = Collection(PEOPLE, crowd(size))
    with pytest.raises(UnknownIndex, match="no lookup is called 'team'"):
        collection.rows("team", "red")
    with pytest.raises(UnknownIndex, match="no unique value is called 'name'"):
        collection.find("name", "a")


def test_searching_a_table_without_text_is_refused() -> None:
    plain = Table[Person](name="plain", key=lambda row: row.id)
    with pytest.raises(UnknownIndex, match="plain: no text"):
        Collection(plain).select(Query(contains="a"))
