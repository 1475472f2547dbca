"""The life of a record over foreign contracts: create, read, list, change, delete, not found."""

from __future__ import annotations

import pytest

from mockserver.errors import BadRequest, Conflict, NotFound
from tests.engine.mock import Mock

DUNE = {"title": "Dune", "genre": "novel", "pages": 612}


def test_a_created_record_is_read_back_as_it_was_answered() -> None:
    mock = Mock("books")
    made = mock.call("POST", "/books", DUNE)
    assert made.status == 201
    assert made.body.items() >= DUNE.items()
    assert mock.get(f"/books/{made.body['id']}") == made.body


def test_the_location_of_a_created_record_leads_to_it() -> None:
    mock = Mock("books")
    made = mock.call("POST", "/books", DUNE)
    assert made.headers["Location"] == f"/books/{made.body['id']}"
    assert mock.get(made.headers["Location"]) == made.body


def test_a_created_record_is_in_the_list_which_counts_it() -> None:
    mock = Mock("books")
    before = mock.call("GET", "/books", per_page=50)
    made = mock.post("/books", DUNE)
    after = mock.call("GET", "/books", per_page=50)
    assert after.body == [*before.body, made]
    assert int(after.headers["X-Total-Count"]) == len(before.body) + 1


def test_what_the_server_fills_is_filled_and_what_was_not_sent_is_left_out() -> None:
    made = Mock("books").post("/books", DUNE)
    assert made["created_at"] == made["updated_at"] == "2026-02-20T15:00:00Z"
    assert made["in_print"] is True
    assert "subtitle" not in made
    assert "tags" not in made


def test_a_deleted_record_is_gone_from_everywhere() -> None:
    mock = Mock("books")
    made = mock.post("/books", DUNE)
    assert mock.call("DELETE", f"/books/{made['id']}").status == 204
    assert made not in mock.get("/books", per_page=50)
    for method in ("GET", "DELETE"):
        with pytest.raises(NotFound, match=f"no book '{made['id']}'"):
            mock.call(method, f"/books/{made['id']}")


def test_an_id_is_not_given_twice_even_after_a_delete() -> None:
    mock = Mock("books")
    first = mock.post("/books", DUNE)
    mock.call("DELETE", f"/books/{first['id']}")
    assert mock.post("/books", DUNE)["id"] != first["id"]


def test_an_unknown_id_is_not_found() -> None:
    with pytest.raises(NotFound):
        Mock("books").get("/books/999999")


def test_a_put_replaces_and_keeps_what_only_the_server_decides() -> None:
    mock = Mock("books")
    made = mock.post("/books", {**DUNE, "subtitle": "A novel"})
    put = mock.call("PUT", f"/books/{made['id']}", {"title": "Odes", "genre": "poetry"}).body
    assert (put["title"], put["genre"]) == ("Odes", "poetry")
    assert (put["id"], put["created_at"]) == (made["id"], made["created_at"])
    assert "pages" not in put
    assert mock.get(f"/books/{made['id']}") == put


def test_a_merge_patch_changes_what_it_names_and_null_takes_away() -> None:
    mock = Mock("books")
    made = mock.post("/books", {**DUNE, "subtitle": "A novel", "tags": ["a"]})
    changed = mock.call(
        "PATCH", f"/books/{made['id']}", {"pages": 700, "subtitle": None, "tags": None}
    ).body
    assert changed["pages"] == 700
    assert changed["title"] == "Dune"
    assert changed["subtitle"] is None
    assert "tags" not in changed


def test_a_change_is_noted_with_its_time() -> None:
    mock = Mock("books")
    made = mock.post("/books", DUNE)
    mock.world.clock.freeze(mock.world.now().replace(hour=18))
    changed = mock.call("PATCH", f"/books/{made['id']}", {"pages": 7}).body
    assert changed["updated_at"] == "2026-02-20T18:00:00Z"
    assert changed["created_at"] == made["created_at"]


def test_a_json_patch_is_applied_in_order() -> None:
    mock = Mock("books")
    made = mock.post("/books", {**DUNE, "tags": ["a", "b"]})
    changed = mock.call(
        "PATCH",
        f"/books/{made['id']}",
        [
            {"op": "test", "path": "/title", "value": "Dune"},
            {"op": "add", "path": "/tags/1", "value": "new"},
            {"op": "remove", "path": "/tags/0"},
            {"op": "replace", "path": "/pages", "value": 9},
        ],
    ).body
    assert changed["tags"] == ["new", "b"]
    assert changed["pages"] == 9


def test_a_json_patch_that_fails_changes_nothing() -> None:
    mock = Mock("books")
    made = mock.post("/books", DUNE)
    path, state = f"/books/{made['id']}", mock.state()
    with pytest.raises(Conflict, match="/title is not"):
        mock.call("PATCH", path, [{"op": "test", "path": "/title", "value": "Emma"}])
    with pytest.raises(BadRequest, match="nowhere"):
        mock.call("PATCH", path, [{"op": "remove", "path": "/nowhere"}])
    assert mock.state() == state


def test_an_id_that_the_client_brings_is_taken() -> None:
    mock = Mock("petshop")
    pet = {"id": 77, "name": "Rex", "photoUrls": [], "status": "sold"}
    assert mock.post("/pet", pet) == pet
    assert mock.get("/pet/77") == pet


def test_an_id_that_is_taken_is_a_conflict_where_the_document_has_one() -> None:
    mock = Mock("petshop")
    mock.post("/user", {"username": "ada", "email": "ada@example.com"})
    with pytest.raises(Conflict, match="already a user 'ada'"):
        mock.post("/user", {"username": "ada"})


def test_where_the_document_has_no_conflict_the_record_is_replaced() -> None:
    mock = Mock("petshop")
    mock.post("/pet", {"id": 77, "name": "Rex", "photoUrls": []})
    mock.post("/pet", {"id": 77, "name": "Bello", "photoUrls": []})
    assert mock.get("/pet/77")["name"] == "Bello"


def test_a_put_makes_a_record_where_the_document_says_201() -> None:
    mock = Mock("petshop")
    assert mock.call("PUT", "/user/eve", {"email": "eve@example.com"}).status == 201
    assert mock.get("/user/eve").items() >= {"username": "eve", "email": "eve@example.com"}.items()
    assert mock.call("PUT", "/user/eve", {"email": "e@example.com"}).status == 200


def test_a_replacement_on_the_collection_goes_to_the_record_that_the_body_names() -> None:
    mock = Mock("petshop")
    mock.post("/pet", {"id": 77, "name": "Rex", "photoUrls": []})
    mock.call("PUT", "/pet", {"id": 77, "name": "Bello", "photoUrls": []})
    assert mock.get("/pet/77")["name"] == "Bello"


def test_what_is_only_written_is_never_returned() -> None:
    mock = Mock("orders")
    sent = {"name": "Ada", "email": "ada@example.com", "password": "12345678"}
    made = mock.post("/customers", sent)
    assert "password" not in made
    assert "password" not in mock.get(f"/customers/{made['id']}")


def test_a_record_in_a_wrapper_lives_as_any_other() -> None:
    mock = Mock("orders")
    made = mock.post("/orders", {"amount": 12.5})["order"]
    assert made["amount"] == 12.5
    assert made["currency"] == "EUR"
    assert made["status"] == "pending"
    assert mock.get(f"/orders/{made['id']}") == {"order": made}
    assert mock.call("DELETE", f"/orders/{made['id']}").body == {"id": made["id"], "deleted": True}
    with pytest.raises(NotFound):
        mock.get(f"/orders/{made['id']}")


def test_an_action_sets_the_status_and_the_time_of_its_name() -> None:
    mock = Mock("orders")
    made = mock.post("/orders", {"amount": 1})["order"]
    assert made.get("cancelled_at") is None
    done = mock.post(f"/orders/{made['id']}/cancel", {"note": "Too late"})["order"]
    assert done["status"] == "cancelled"
    assert done["cancelled_at"] == "2026-02-20T15:00:00Z"
    assert done["note"] == "Too late"
    assert mock.get(f"/orders/{made['id']}")["order"] == done


def test_remote_procedure_calls_live_on_one_state() -> None:
    mock = Mock("clinic")
    drug = mock.post("/drug.create", {"name": "Aspirin"})["drug"]
    assert mock.post("/drug.info", {"drug_id": drug["id"]})["drug"] == drug
    assert mock.call("POST", "/drug.delete", {"drug_id": drug["id"]}).status == 204
    with pytest.raises(NotFound):
        mock.post("/drug.info", {"drug_id": drug["id"]})
