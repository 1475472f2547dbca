"""Lists: pages that never overlap, counts that add up, filters, sorting, searching."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.mock import Mock


def _numbered(mock: Mock) -> list[dict[str, Any]]:
    pages = [mock.get("/books", page=number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 2]
    assert mock.get("/books", page=4) == []
    return [book for page in pages for book in page]


def test_numbered_pages_hold_every_record_once() -> None:
    mock = Mock("books")
    assert _numbered(mock) == mock.get("/books", per_page=50)


def test_cursors_lead_through_every_record_once() -> None:
    mock = Mock("orders")
    found: list[str] = []
    query: dict[str, Any] = {}
    for _ in range(4):
        page = mock.get("/orders", **query)
        found += [order["id"] for order in page["data"]]
        assert page["pagination"]["has_more"] is (len(found) < 10)
        assert page["pagination"]["total_count"] == 10
        query = {"cursor": page["pagination"].get("next_cursor")}
    assert len(found) == len(set(found)) == 10
    assert query == {"cursor": None}


def test_a_cursor_goes_on_where_it_stood_when_records_are_added() -> None:
    mock = Mock("orders")
    first = mock.get("/orders")
    made = mock.post("/orders", {"amount": 3})["order"]
    rest = mock.get("/orders", cursor=first["pagination"]["next_cursor"], limit=100)["data"]
    assert len(rest) == 8
    assert rest[-1] == made


def test_a_list_in_an_envelope_is_counted() -> None:
    mock = Mock("orders")
    page = mock.get("/customers")
    assert page["total"] == len(page["items"]) == 10


@pytest.mark.parametrize(("sort", "is_down"), [("pages", False), ("-pages", True)])
def test_a_list_is_sorted_by_the_member_that_is_named(sort: str, is_down: bool) -> None:
    pages = [book["pages"] for book in Mock("books").get("/books", sort=sort, per_page=50)]
    assert pages == sorted(pages, reverse=is_down)
    assert len(set(pages)) > 1


def test_a_filter_keeps_what_equals_and_only_that() -> None:
    mock = Mock("books")
    everything = mock.get("/books", per_page=50)
    novels = mock.get("/books", genre="novel", per_page=50)
    assert novels == [book for book in everything if book["genre"] == "novel"]


def test_a_bound_keeps_what_is_not_below_it() -> None:
    mock = Mock("books")
    everything = mock.get("/books", per_page=50)
    long = mock.get("/books", min_pages=500, per_page=50)
    assert long == [book for book in everything if book.get("pages", 0) >= 500]


def test_a_search_finds_parts_of_texts_in_any_case() -> None:
    mock = Mock("books")
    made = mock.post("/books", {"title": "The Quixote Papers", "genre": "essay"})
    assert mock.get("/books", q="quixOTE") == [made]


def test_a_search_below_a_collection_shows_its_records() -> None:
    mock = Mock("petshop")
    mock.post("/pet", {"id": 77, "name": "Rex", "photoUrls": [], "status": "sold"})
    sold = mock.get("/pet/findByStatus", status="sold")
    assert 77 in [pet["id"] for pet in sold]
    assert {pet["status"] for pet in sold} == {"sold"}
