"""Worlds, clock, faults, journal, coverage, preferences, recipes, snapshots: for any document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.serving.served import BOOKS, KEY, client_of

NEW = {"title": "Emma", "genre": "novel"}


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of(BOOKS) as client:
        yield client


def added(client: Client, title: str, world: str = "default") -> dict[str, Any]:
    headers = {**KEY, "X-Mock-World": world}
    made = client.post("/books", json={**NEW, "title": title}, headers=headers)
    assert made.status_code == 201
    body: dict[str, Any] = made.json()
    return body


def test_worlds_never_meet(client: Client) -> None:
    made = added(client, "Emma", "mine")
    assert client.get(f"/~mine/books/{made['id']}").status_code == 200
    assert client.get(f"/books/{made['id']}").status_code == 404
    assert client.get("/~mine/books").content != b""


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    pages = []
    for seed in (7, 7, 8):
        with client_of(BOOKS, seed=seed) as client:
            pages.append(client.get("/books?per_page=50").content)
    assert pages[0] == pages[1] != pages[2]


def test_a_reset_forgets_what_was_added(client: Client) -> None:
    before = client.get("/books?per_page=50").content
    added(client, "Emma")
    assert client.post("/__admin/reset").status_code == 204
    assert client.get("/books?per_page=50").content == before


def test_a_read_sees_a_change_and_what_is_put_back(client: Client) -> None:
    before = [client.get("/books?per_page=50").content for _ in range(2)]
    client.post("/__admin/snapshots/early").raise_for_status()
    added(client, "Emma")
    after = [client.get("/books?per_page=50").content for _ in range(2)]
    client.post("/__admin/snapshots/early/restore").raise_for_status()
    assert before[0] == before[1] == client.get("/books?per_page=50").content
    assert after[0] == after[1] != before[0]


def test_its_clock_stamps_what_is_made(client: Client) -> None:
    client.put("/__admin/clock", json={"now": "2030-01-02T03:04:05Z"})
    assert added(client, "Emma")["created_at"] == "2030-01-02T03:04:05Z"


def test_the_state_is_shown_kept_and_put_back(client: Client) -> None:
    made = added(client, "Emma")
    state = client.get("/__admin/state").json()
    assert made["id"] in [row["id"] for row in state["books"]]
    client.delete(f"/books/{made['id']}")
    assert client.put("/__admin/state", json=state).status_code == 204
    assert client.get(f"/books/{made['id']}").json() == made
    assert client.get("/__admin/state").json() == state


def test_a_row_is_edited_as_long_as_the_document_takes_it(client: Client) -> None:
    made = added(client, "Emma")
    row = client.get(f"/__admin/state/books/{made['id']}").json()["row"]
    row["value"]["title"] = "Persuasion"
    assert client.put(f"/__admin/state/books/{made['id']}", json=row).status_code == 200
    assert client.get(f"/books/{made['id']}").json()["title"] == "Persuasion"
    row["value"]["genre"] = "cookery"
    refused = client.put(f"/__admin/state/books/{made['id']}", json=row)
    assert refused.status_code == 422
    assert "value/genre must be one of novel, poetry, essay" in refused.text
    assert client.get(f"/books/{made['id']}").json()["genre"] == "novel"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"papers": []}, "papers is not known"),
        ({"books": [{"key": "1"}]}, "books/0/value is missing"),
        ({"books": [{"key": "1", "place": "", "id": 1, "under": [], "value": {"id": 1}}]},
         "books/0/value/title is required"),
        ({"books": [{"key": "1", "place": "", "id": 1, "under": [], "value": None}] * 2},
         "like another row's"),
    ],
)  # fmt: skip
def test_a_bad_state_is_refused_whole(client: Client, state: Any, said: str) -> None:
    before = client.get("/__admin/state").content
    refused = client.put("/__admin/state", json=state)
    assert refused.status_code == 422
    assert said in refused.text
    assert client.get("/__admin/state").content == before


def test_an_unknown_collection_is_named_with_those_there_are(client: Client) -> None:
    answer = client.get("/__admin/state?collection=papers")
    assert answer.status_code == 400
    assert "must be one of books, _places" in answer.text


def test_snapshots_bring_everything_back_also_from_a_file(tmp_path: Path) -> None:
    with client_of(BOOKS, snapshots=tmp_path) as client:
        made = added(client, "Emma")
        client.post("/__admin/snapshots/kept")
        client.patch(f"/books/{made['id']}", json={"title": "Persuasion"},
                     headers={"Content-Type": "application/merge-patch+json"})  # fmt: skip
        patch = client.get("/__admin/diff?from=kept").json()
        changed = f"/books/{made['id']}/value/title"
        assert {"op": "replace", "path": changed, "value": "Persuasion"} in patch
        assert client.post("/__admin/snapshots/kept/save").status_code == 200
    with client_of(BOOKS, snapshots=tmp_path) as client:
        client.post("/__admin/snapshots/kept/read")
        client.post("/__admin/snapshots/kept/restore")
        assert client.get(f"/books/{made['id']}").json() == made


def test_a_status_can_be_preferred_and_every_status_has_a_recipe(client: Client) -> None:
    preferred = client.get("/books/1", headers={"Prefer": "code=404"})
    assert preferred.status_code == 404
    assert set(preferred.json()) == {"code", "message"}
    recipes = client.get("/__admin/recipes").json()["data"]
    statuses = {(each["operation_id"], each["status"]) for each in recipes}
    assert {("getBook", 200), ("getBook", 404), ("patchBook", 409)} <= statuses


def test_faults_journal_and_coverage_know_its_operations(client: Client) -> None:
    fault = {"match": {"operation_id": "listBooks"}, "effect": {"status": 503}}
    client.post("/__admin/faults", json=fault).raise_for_status()
    assert client.get("/books").status_code == 503
    client.delete("/__admin/faults").raise_for_status()
    assert client.get("/books/1").status_code == 200
    lines = client.get("/__admin/requests").json()["data"]
    assert [(each["operation_id"], each["status"]) for each in lines] == [
        ("getBook", 200),
        ("listBooks", 503),
    ]
    coverage = client.get("/__admin/coverage").json()["operations"]
    counted = {each["operation_id"]: each["exchanges"] for each in coverage}
    assert (counted["getBook"], counted["patchBook"]) == (1, 0)


def test_credentials_are_asked_for_as_declared(client: Client) -> None:
    refused = client.post("/books", json=NEW)
    assert refused.status_code == 401
    assert "message" in refused.json()
    expired = client.post("/books", json=NEW, headers={"X-Key": "expired"})
    assert expired.status_code == 401
