"""The id that a list shows is one that the path of a record takes, and finds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.mock import Mock, operation

TEXT = {"type": "string"}
UUID = {"type": "string", "format": "uuid"}
MISSING = {"404": {"description": "Nothing there"}}


def _listed(schema: Any) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _record(**members: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(members), "properties": members}


def _item(schema: Any, name: str, parameter: Any) -> dict[str, Any]:
    declared = {"name": name, "in": "path", "required": True, "schema": parameter}
    read = operation(schema)
    read["responses"] |= MISSING
    return {"parameters": [declared], "get": read}


@pytest.mark.parametrize(
    ("member", "parameter"),
    [
        (TEXT, UUID),
        (TEXT, {"type": "string", "format": "email"}),
        (TEXT, {"type": "string", "enum": ["software", "business"]}),
        ({"type": "string", "format": "int64", "example": "1293384261"}, UUID),
        (TEXT, {"type": "string", "pattern": "^[A-Z]{3}[0-9]{4}$"}),
    ],
)
def test_an_id_keeps_to_the_record_and_to_the_path(member: Any, parameter: Any) -> None:
    box = _record(id=member, name=TEXT)
    paths = {
        "/boxes": {"get": operation(_listed(box))},
        "/boxes/{id}": _item(box, "id", parameter),
    }
    mock = Mock.of(paths)
    shown = mock.get("/boxes")
    assert shown
    assert [mock.get(f"/boxes/{each['id']}")["id"] for each in shown] == [e["id"] for e in shown]


@pytest.mark.parametrize(
    "parameter", [{"type": "integer"}, {"type": "string", "enum": ["first", "last"]}]
)
def test_a_member_that_cannot_stand_in_the_path_is_no_id(parameter: Any) -> None:
    year = _record(id=UUID, title=TEXT)
    paths = {
        "/years": {"get": operation(_listed(year))},
        "/years/{year}": _item(year, "year", parameter),
    }
    mock = Mock.of(paths)
    resource = mock.engine.inference.resources["years"]
    assert resource.identity.member is None
    rows = mock.engine.records(mock.world, resource)
    assert rows
    assert all(mock.get(f"/years/{row['id']}")["title"] for row in rows)


def test_a_path_that_takes_several_ids_finds_the_first_of_them() -> None:
    box = _record(id=TEXT, name=TEXT)
    paths = {
        "/boxes": {"get": operation(_listed(box))},
        "/boxes/{ids}": _item(box, "ids", {"type": "array", "items": TEXT}),
    }
    mock = Mock.of(paths)
    first, second = mock.get("/boxes")[:2]
    assert mock.get(f"/boxes/{second['id']},{first['id']}") == second


def test_records_without_a_path_have_the_ids_that_paths_below_them_ask_for() -> None:
    level = _record(title=TEXT)
    declared = {"name": "level", "in": "path", "required": True, "schema": {"type": "integer"}}
    below = operation(_listed(_record(spell=TEXT)))
    below["responses"] |= MISSING
    paths = {
        "/levels": {"get": operation(_listed(level))},
        "/levels/{level}/spells": {"parameters": [declared], "get": below},
    }
    mock = Mock.of(paths)
    rows = mock.engine.records(mock.world, mock.engine.inference.resources["levels"])
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    assert mock.get("/levels/1/spells")


def test_the_id_of_a_call_below_a_record_is_not_that_of_the_record() -> None:
    user, song = _record(id=TEXT, name=TEXT), _record(title=TEXT)
    item = {"get": operation(user)}
    removal = operation(status="204", requestBody={"content": {"application/json": {}}})
    paths = {
        "/users": {"get": operation(_listed(user))},
        "/users/{id}": item,
        "/users/{id}/songs": {"get": operation(_listed(song)), "post": operation(song, "201")},
        "/users/{id}/songs/remove": {"post": removal},
    }
    mock = Mock.of(paths)
    some = mock.get("/users")[0]["id"]
    assert mock.call("POST", f"/users/{some}/songs/remove", {"title": "any"}).status == 204


def test_an_id_keeps_to_every_path_that_names_it() -> None:
    board, gadget = _record(id=TEXT, name=TEXT), _record(title=TEXT)
    number = {"name": "boardId", "in": "path", "required": True, "schema": {"type": "integer"}}
    below = operation(_listed(gadget))
    below["responses"] |= MISSING
    paths = {
        "/boards": {"get": operation(_listed(board))},
        "/boards/{id}": _item(board, "id", TEXT),
        "/boards/{boardId}/gadgets": {"parameters": [number], "get": below},
    }
    mock = Mock.of(paths)
    for shown in mock.get("/boards"):
        assert mock.get(f"/boards/{shown['id']}") == shown
        assert mock.get(f"/boards/{shown['id']}/gadgets")


def test_a_place_in_a_path_that_takes_no_id_of_a_record_means_something_else() -> None:
    form = _record(id=UUID, name=TEXT)
    scope = {"name": "scope", "in": "path", "required": True,
             "schema": {"type": "string", "enum": ["global", "own"]}}  # fmt: skip
    read = operation(_record(fields=TEXT))
    read["responses"] |= MISSING
    paths = {
        "/forms": {"get": operation(_listed(form))},
        "/forms/{id}": _item(form, "id", UUID),
        "/forms/{scope}/schema": {"parameters": [scope], "get": read},
    }
    mock = Mock.of(paths)
    assert mock.get("/forms/global/schema")["fields"]
    assert mock.get(f"/forms/{mock.get('/forms')[0]['id']}")
