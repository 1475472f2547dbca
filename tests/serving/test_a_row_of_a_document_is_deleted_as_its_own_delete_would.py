"""Deleting a row through `/__admin` does what the document's own `DELETE` does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.client import Client
from tests.serving.served import BOOKS, CONTRACTS, KEY, client_of

CLINIC, PETSHOP = str(CONTRACTS / "clinic.yaml"), str(CONTRACTS / "petshop.yaml")


@pytest.fixture(scope="module")
def clinic() -> Iterator[Client]:
    with client_of(CLINIC) as client:
        yield client


def rows(client: Client, collection: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/__admin/state/{collection}").json()["data"]
    return found


def test_a_record_is_gone_from_the_api() -> None:
    with client_of(BOOKS) as client:
        book = client.get("/books", headers=KEY).json()[0]
        assert client.delete(f"/__admin/state/books/{book['id']}").status_code == 204
        assert client.get(f"/books/{book['id']}", headers=KEY).status_code == 404
        assert book not in client.get("/books?per_page=50", headers=KEY).json()
        assert client.delete(f"/__admin/state/books/{book['id']}").status_code == 404


def test_what_lies_below_a_record_goes_with_it(clinic: Client) -> None:
    owners = clinic.get("/owners").json()
    first, second = (owner["id"] for owner in owners[:2])
    kept = clinic.get(f"/owners/{second}/pets").json()
    assert clinic.get(f"/owners/{first}/pets").json()
    assert clinic.delete(f"/__admin/state/owners/{first}").status_code == 204
    assert {row["place"] for row in rows(clinic, "pets")} == {str(second)}
    assert clinic.get(f"/owners/{second}/pets").json() == kept


def test_an_id_stays_deleted_where_every_other_id_exists() -> None:
    with client_of(PETSHOP) as client:
        assert client.get("/horoscopes/leo").status_code == 200
        (key,) = [row["key"] for row in rows(client, "horoscopes") if row["id"] == "leo"]
        assert client.delete(f"/__admin/state/horoscopes/{key}").status_code == 204
        assert client.get("/horoscopes/leo").status_code == 404
        assert client.get("/horoscopes/virgo").status_code == 200


def test_a_row_in_a_place_that_does_not_exist_goes_alone(clinic: Client) -> None:
    pet = clinic.get(f"/owners/{clinic.get('/owners').json()[-1]['id']}/pets").json()[0]
    stray = {"key": "stray", "place": "a/b c/d", "id": "x", "under": [], "value": pet}
    assert clinic.put("/__admin/state/pets/stray", json=stray).status_code == 200
    before = rows(clinic, "pets")
    assert clinic.delete("/__admin/state/pets/stray").status_code == 204
    assert rows(clinic, "pets") == [row for row in before if row["key"] != "stray"]


def test_a_record_of_one_of_several_documents_is_named_with_its_document() -> None:
    with client_of(BOOKS, CLINIC) as client:
        owner = client.get("/clinic/owners").json()[0]
        assert client.delete(f"/__admin/state/clinic.owners/{owner['id']}").status_code == 204
        assert client.get(f"/clinic/owners/{owner['id']}").status_code == 404
