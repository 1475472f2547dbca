"""What somebody does to an answer of the engine changes nothing that is answered later."""

from __future__ import annotations

from tests.engine.mock import Mock


def test_a_changed_answer_is_not_shown_to_others() -> None:
    mock = Mock("books")
    one, page = mock.call("GET", "/books/1"), mock.call("GET", "/books")
    before = mock.state()
    one.body["title"] = "mine"
    one.body["tags"].append("mine")
    page.body[0]["title"] = "mine"
    assert isinstance(page.headers, dict)
    page.headers["X-Total-Count"] = "mine"
    assert mock.get("/books/1")["title"] != "mine"
    assert "mine" not in mock.get("/books/1")["tags"]
    again = mock.call("GET", "/books")
    assert again.body[0]["title"] != "mine"
    assert again.headers["X-Total-Count"] == "10"
    assert mock.state() == before
