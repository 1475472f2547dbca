"""What documents do besides plain CRUD: many at once, links, `me`, only refusals, own words."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.errors import NotFound
from tests.engine.mock import Mock, body, operation

ID = {"type": "string"}
TASK: dict[str, Any] = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": ID,
        "title": {"type": "string"},
        "state": {"type": "string", "enum": ["open", "closed"]},
    },
}
TASKS = {"type": "array", "items": TASK}
MISSING = {"404": {"description": "No such task"}}


def _ids(mock: Mock, path: str = "/tasks") -> list[str]:
    return [task["id"] for task in mock.get(path)]


def test_many_records_are_written_and_deleted_at_once() -> None:
    delete = operation(status="204", **body({"type": "object"}))
    paths = {
        "/tasks": {
            "get": operation(TASKS),
            "put": operation(TASKS, **body(TASKS)),
            "delete": delete,
        },
        "/tasks/{id}": {"get": operation(TASK)},
    }
    mock = Mock.of(paths)
    old = _ids(mock)[0]
    sent = [{"id": old, "title": "Changed"}, {"id": "new", "title": "Made"}]
    told = mock.call("PUT", "/tasks", sent).body
    assert [task["title"] for task in told] == ["Changed", "Made"]
    assert mock.get(f"/tasks/{old}")["title"] == "Changed"
    assert "new" in _ids(mock)
    mock.call("DELETE", "/tasks", {"ids": ["new", old]})
    assert {"new", old}.isdisjoint(_ids(mock))
    mock.call("DELETE", "/tasks")
    assert mock.get("/tasks") == []


def test_a_link_is_made_found_and_taken_away() -> None:
    item = {
        "get": {"responses": {"204": {"description": "Linked"}, **MISSING}},
        "put": operation(status="204"),
        "delete": operation(status="204"),
    }
    mock = Mock.of({"/starred": {"get": operation(TASKS)}, "/starred/{id}": item})
    with pytest.raises(NotFound):
        mock.call("GET", "/starred/mine")
    assert mock.call("PUT", "/starred/mine").status == 204
    assert mock.call("GET", "/starred/mine").status == 204
    assert "mine" in _ids(mock, "/starred")
    mock.call("DELETE", "/starred/mine")
    with pytest.raises(NotFound):
        mock.call("GET", "/starred/mine")


def test_me_is_the_first_and_changes_with_it() -> None:
    paths = {
        "/tasks": {"get": operation(TASKS)},
        "/tasks/{id}": {"get": operation(TASK)},
        "/tasks/me": {"get": operation(TASK), "patch": operation(TASK, **body(TASK))},
    }
    mock = Mock.of(paths)
    mock.call("PATCH", "/tasks/me", {"title": "Mine"})
    assert mock.get("/tasks/me") == mock.get("/tasks")[0]
    assert mock.get("/tasks/me")["title"] == "Mine"


def test_an_action_does_what_the_author_says() -> None:
    act = {**operation(TASK), "x-mock-effect": {"state": "closed"}}
    paths = {
        "/tasks": {"get": operation(TASKS), "post": operation(TASK, **body(TASK))},
        "/tasks/{id}": {"get": operation(TASK)},
        "/tasks/{id}/finish": {"post": act},
    }
    mock = Mock.of(paths)
    task = mock.post("/tasks", {"title": "One"})
    assert task["state"] == "open"
    assert mock.post(f"/tasks/{task['id']}/finish")["state"] == "closed"


def test_what_can_never_be_missing_is_as_at_the_beginning_once_deleted() -> None:
    item = {
        "get": operation(TASK),
        "put": operation(TASK, **body(TASK)),
        "delete": operation(status="204"),
    }
    mock = Mock.of({"/theme": item})
    before = mock.get("/theme")
    mock.call("PUT", "/theme", {"id": "t", "title": "Dark"})
    mock.call("DELETE", "/theme")
    assert mock.get("/theme") == before


@pytest.mark.parametrize("status", ["2XX", "default", "202"])
def test_a_success_is_found_whatever_it_is_called(status: str) -> None:
    mock = Mock.of({"/tasks/{id}": {"get": operation(TASK, status)}})
    reply = mock.call("GET", "/tasks/a")
    assert reply.status == (202 if status == "202" else 200)
    assert reply.body["id"] == "a"


def test_headers_that_an_answer_always_has_are_given() -> None:
    answer = operation(TASK)
    answer["responses"]["200"]["headers"] = {
        "X-Left": {"required": True, "schema": {"type": "integer", "minimum": 5, "maximum": 5}},
        "X-Maybe": {"schema": {"type": "string"}},
    }
    assert dict(Mock.of({"/thing": {"get": answer}}).call("GET", "/thing").headers) == {
        "X-Left": "5"
    }


def test_below_an_unknown_record_there_is_something_where_nothing_else_is_declared() -> None:
    paths = {
        "/lists": {"get": operation(TASKS)},
        "/lists/{id}": {"get": operation(TASK)},
        "/lists/{id}/tasks": {"get": operation(TASKS)},
    }
    assert len(Mock.of(paths).get("/lists/unknown/tasks")) == 3


def test_the_author_says_how_many_records_there_are() -> None:
    paths = {"/tasks": {"get": {**operation(TASKS), "x-mock-count": 25}}}
    assert len(Mock.of(paths).get("/tasks")) == 25


def test_a_list_of_names_keeps_what_is_added() -> None:
    names = {"type": "array", "items": {"type": "string"}}
    paths = {"/labels": {"get": operation(names), "post": operation(names, **body(names))}}
    mock = Mock.of(paths)
    mock.post("/labels", ["urgent"])
    assert "urgent" in mock.get("/labels")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, 1771599600),
        ({"example": 1567024758130}, 1771599600000),
        ({"description": "In milliseconds"}, 1771599600000),
        ({"type": "string", "format": "date"}, "2026-02-20"),
    ],
)
def test_a_time_is_told_in_the_form_that_is_asked_for(marks: Any, expected: Any) -> None:
    made = {**TASK, "properties": {**TASK["properties"], "created": {"type": "integer", **marks}}}
    paths = {"/tasks": {"post": operation(made, "201", **body(TASK))}}
    assert Mock.of(paths).post("/tasks", {"title": "One"})["created"] == expected


def test_a_word_that_is_posted_makes_a_whole_record() -> None:
    made = operation(TASK, "201", **body({"type": "string", "enum": ["open"]}))
    paths = {
        "/tasks": {"get": operation(TASKS), "post": made},
        "/tasks/{id}": {"get": operation(TASK)},
    }
    mock = Mock.of(paths)
    new = mock.post("/tasks", "open")
    assert mock.get(f"/tasks/{new['id']}") == new
    assert new["id"] in _ids(mock)


def test_json_is_answered_where_any_media_type_may_be() -> None:
    content = {"*/*": {"schema": {}}, "application/json": {"schema": TASK}}
    paths = {"/best": {"get": {"responses": {"200": {"description": "d", "content": content}}}}}
    assert set(Mock.of(paths).get("/best")) >= {"id", "title"}


def test_a_range_of_media_types_is_answered_by_one_of_them() -> None:
    content = {"font/*": {"schema": {"type": "string", "format": "binary"}}}
    paths = {"/font": {"get": {"responses": {"200": {"description": "d", "content": content}}}}}
    assert Mock.of(paths).call("GET", "/font").media_type == "font/woff2"
