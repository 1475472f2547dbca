"""A document or a handler that changes is served as it is now; the worlds keep what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from mockserver.app import Server, build_server
from mockserver.reloading import Reloading
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW
from tests.serving.served import BOOKS, KEY
from tests.serving.test_own_handlers_answer_in_place_of_the_engine import package

NEW = {"title": "Emma", "genre": "novel"}


class Watched:
    """A server of a copy of the books that can be written anew, with a client."""

    def __init__(self, directory: Path, handlers: str = "") -> None:
        self.path = directory / "books.yaml"
        self.write(Path(BOOKS).read_text())
        settings = Settings(now=NOW, documents=(str(self.path),), handlers=handlers)
        self.server: Server = build_server(settings)
        self.reloading = Reloading(self.server, partial(build_server, settings, None))
        self.client = Client(self.reloading)

    def write(self, text: str) -> None:
        """Write the document, and look whether it has changed."""
        self.path.write_text(text)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    found = Watched(tmp_path)
    with found.client:
        yield found


def test_nothing_happens_while_nothing_changes(watched: Watched) -> None:
    assert not watched.reloading.look()


def test_a_new_member_and_a_new_path_are_served_and_rows_stay(watched: Watched) -> None:
    made = watched.client.post("/books", json=NEW, headers=KEY).json()
    text = watched.path.read_text().replace("[novel, poetry, essay]", "[novel, drama]")
    path = "  /authors:\n    get:\n      responses: {'200': {description: d}}\n"
    watched.write(text.replace("  /books:\n", path + "  /books:\n"))
    assert watched.reloading.look()
    assert watched.client.get("/authors").status_code == 200
    assert watched.client.get(f"/books/{made['id']}").json()["title"] == "Emma"
    refused = watched.client.post("/books", json={**NEW, "genre": "essay"}, headers=KEY)
    assert refused.status_code == 400


def test_the_journal_goes_on_and_coverage_begins_anew(watched: Watched) -> None:
    watched.client.get("/books")
    watched.write(watched.path.read_text() + "# changed\n")
    assert watched.reloading.look()
    watched.client.get("/books")
    journal = watched.client.get("/__admin/requests").json()
    assert [each["number"] for each in journal["data"]] == [2, 1]


def test_connections_ask_the_desk_of_the_new_document(watched: Watched) -> None:
    desk = watched.server.desk
    assert desk is not None
    watched.write(watched.path.read_text().replace("/books", "/tomes"))
    assert watched.reloading.look()
    assert desk.line("GET", b"/tomes", b"").plan.operation.operation_id == "listBooks"


def test_a_broken_document_is_told_and_the_server_goes_on(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.write("openapi: 3.0.3\npaths: [")
    assert not watched.reloading.look()
    assert "The server goes on as it was." in caplog.text
    assert watched.client.get("/books").status_code == 200
    watched.write(Path(BOOKS).read_text())
    assert watched.reloading.look()


def test_a_changed_handler_answers(tmp_path: Path) -> None:
    source = "def delete_book(world, call, engine):\n    return engine(call)\n"
    broken = "def get_book(world, call, engine):\n    raise SystemError\n"
    watched = Watched(tmp_path, package(tmp_path, source, "shelf"))
    package(tmp_path, source + broken, "shelf")
    with watched.client as client:
        assert client.get("/books/1").status_code == 200
        assert watched.reloading.look()
        assert client.get("/books/1").status_code == 500
