"""Worlds of a document: the same seed and requests give the same bytes, forks do not meet."""

from __future__ import annotations

import time

import pytest

from tests.engine.mock import Mock

BOOK = {"title": "Dune", "genre": "novel"}


def _played(mock: Mock) -> list[object]:
    made = mock.post("/books", BOOK)
    return [
        made,
        mock.get("/books", per_page=50),
        mock.call("PATCH", f"/books/{made['id']}", {"pages": 3}).body,
        mock.call("DELETE", "/books/1").status,
        mock.get("/books", sort="-title"),
    ]


def test_the_same_seed_and_requests_give_the_same_answers_and_state() -> None:
    one, other = Mock("books", seed=7), Mock("books", seed=7)
    assert _played(one) == _played(other)
    assert one.state() == other.state()


def test_another_seed_gives_other_records() -> None:
    assert Mock("books", seed=1).get("/books") != Mock("books", seed=2).get("/books")


def test_records_do_not_depend_on_what_was_asked_before() -> None:
    one, other = Mock("clinic"), Mock("clinic")
    other.get("/settings")
    other.post("/owners", {"id": 900, "name": "Zoe"})
    assert one.get("/owners/1") == other.get("/owners/1")


def test_a_fork_starts_out_equal_and_goes_its_own_way() -> None:
    mock = Mock("books")
    before = mock.get("/books", per_page=50)
    original, mock.world = mock.world, mock.world.fork("copy")
    assert mock.get("/books", per_page=50) == before
    made = mock.post("/books", BOOK)
    assert made in mock.get("/books", per_page=50)
    mock.world = original
    assert mock.get("/books", per_page=50) == before


def test_reading_a_list_twice_changes_nothing() -> None:
    mock = Mock("books")
    mock.get("/books")
    state = mock.state()
    mock.get("/books", page=2)
    assert mock.state() == state


def test_a_fork_takes_less_than_a_millisecond() -> None:
    mock = Mock("orders")
    for _ in range(300):
        mock.post("/orders", {"amount": 1})
    best = min(_fork_s(mock) for _ in range(20))
    assert best < 0.001


def _fork_s(mock: Mock) -> float:
    started = time.perf_counter()
    mock.world.fork("copy")
    return time.perf_counter() - started


@pytest.mark.parametrize("name", ["books", "orders", "clinic", "petshop"])
def test_every_row_is_json_that_knows_its_place(name: str) -> None:
    mock = Mock(name)
    for resource in mock.engine.inference.resources.values():
        if resource.depth == 0 and not resource.is_single:
            rows = mock.world.collections[resource.name]
            assert {tuple(row) for row in rows} <= {("key", "place", "id", "under", "value")}
