"""One server for several documents: each under its prefix, one world of all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.errors import SetupError
from tests.serving.served import BOOKS, KEY, SHOP, client_of, serve

NEW = {"title": "Emma", "genre": "novel"}


def test_a_single_document_lies_at_the_root() -> None:
    with client_of(BOOKS) as client:
        made = client.post("/books", json=NEW, headers=KEY)
        assert made.status_code == 201
        assert client.get(made.headers["location"]).json() == made.json()
        assert client.get("/openapi.json").json()["info"]["title"] == "Books"


def test_several_lie_below_their_names() -> None:
    with client_of(BOOKS, SHOP) as client:
        assert client.get("/books/books").status_code == 200
        assert client.get("/petshop/pet/findByStatus").status_code == 200
        assert client.get("/books").status_code == 404
        made = client.post("/books/books", json=NEW, headers=KEY)
        assert client.get(made.headers["location"]).json() == made.json()


def test_a_prefix_may_be_chosen() -> None:
    with client_of(f"/v2/store={SHOP}") as client:
        assert client.get("/v2/store/pet/findByStatus").status_code == 200
        assert client.get("/v2/store/openapi.json").json()["servers"] == [{"url": "/v2/store"}]


def test_every_document_can_be_read_and_shown() -> None:
    with client_of(BOOKS, SHOP) as client:
        for path, title in (("/books", "Books"), ("/petshop", "Pet shop"), ("", "Books")):
            assert client.get(f"{path}/openapi.json").json()["info"]["title"] == title
            assert f"title: {title}" in client.get(f"{path}/openapi.yaml").text
        page = client.get("/~mine/docs").text
        assert "/~mine/books/openapi.json" in page
        assert "/~mine/petshop/openapi.json" in page


def test_operations_are_told_apart_in_journal_coverage_recipes_and_faults() -> None:
    with client_of(f"/a={BOOKS}", f"/b={BOOKS}") as client:
        client.get("/b/books")
        journal = client.get("/__admin/requests").json()["data"]
        assert [each["operation_id"] for each in journal] == ["b.listBooks"]
        coverage = client.get("/__admin/coverage").json()["operations"]
        assert {each["operation_id"] for each in coverage} >= {"a.listBooks", "b.listBooks"}
        recipes = client.get("/__admin/recipes?operation_id=b.listBooks").json()["data"]
        assert recipes[0]["ways"][0]["request"]["path"].startswith("/b/books")
        fault = {"match": {"operation_id": "b.listBooks"}, "effect": {"status": 503}}
        assert client.post("/__admin/faults", json=fault).status_code == 201
        assert client.get("/a/books").status_code == 200
        assert client.get("/b/books").status_code == 503


def test_they_share_a_clock_and_no_rows() -> None:
    with client_of(f"/a={BOOKS}", f"/b={BOOKS}") as client:
        client.patch("/__admin/clock", json={"advance": "P1D"})
        made = [client.post(f"/{name}/books", json=NEW, headers=KEY).json() for name in "ab"]
        assert {each["created_at"] for each in made} == {"2026-02-21T15:00:00Z"}
        client.delete(f"/a/books/{made[0]['id']}")
        assert client.get(f"/b/books/{made[1]['id']}").status_code == 200
        counts = client.get("/__admin/worlds/default").json()["collections"]
        assert counts["b.books"] == counts["a.books"] + 1
        assert set(counts) == {"a.books", "b.books"}


def test_what_two_documents_both_declare_is_told_and_the_first_one_answers() -> None:
    server = serve(f"/={BOOKS}", f"/={SHOP}", f"/={BOOKS}")
    told = [note for note in server.serving.notes if note.startswith("GET /books/")]
    assert len(told) == 1
    assert "is declared by" in told[0]
    assert "Give one of them another prefix" in told[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("no-such-file.yaml", "no-such-file.yaml"),
        (f"/__admin={BOOKS}", "collides with the server's own paths"),
    ],
)
def test_what_cannot_be_served_is_said_before_anything_listens(given: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        serve(given)


def test_a_scenario_of_the_business_is_refused() -> None:
    with pytest.raises(SetupError, match="documents have no scenario"):
        serve(BOOKS, scenario="busy")


def test_a_file_that_is_no_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy milk")
    with pytest.raises(SetupError, match=r"notes\.txt"):
        serve(str(path))
