"""`--handlers`: a function of the author answers its operation, the engine all others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mockserver.errors import SetupError
from tests.serving.served import BOOKS, KEY, SHOP, client_of, serve

OWN = """
from mockserver.contract import Reply
from mockserver.errors import NotFound


def list_books(world, call, engine):
    found = engine(call)
    return Reply(found.status, found.body[:1], {**found.headers, "X-Total-Count": "1"})


def get_book(world, call, engine):
    if call.path["bookId"] == 13:
        raise NotFound("unlucky", "There is no book 13.")
    return {"id": call.path["bookId"], "title": "Mine", "genre": "essay",
            "created_at": world.now().isoformat()}


def _helper():
    return None
"""


def package(directory: Path, source: str, name: str = "own") -> str:
    folder = directory / name
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").write_text(source)
    return str(folder)


def test_a_handler_answers_and_may_ask_the_engine(tmp_path: Path) -> None:
    with client_of(BOOKS, handlers=package(tmp_path, OWN)) as client:
        listed = client.get("/books")
        assert (len(listed.json()), listed.headers["x-total-count"]) == (1, "1")
        assert client.get("/books/7").json()["title"] == "Mine"
        assert client.post("/books", json={"title": "E", "genre": "novel"}, headers=KEY).is_success


def test_its_refusals_are_told_in_the_words_of_the_document(tmp_path: Path) -> None:
    with client_of(BOOKS, handlers=package(tmp_path, OWN)) as client:
        refused = client.get("/books/13")
        assert refused.status_code == 404
        assert refused.json() == {"code": "unlucky", "message": "There is no book 13."}


def test_its_answers_are_held_to_the_document(tmp_path: Path) -> None:
    source = "def get_book(world, call, engine):\n    return {'title': 1}\n"
    with client_of(BOOKS, handlers=package(tmp_path, source)) as client:
        broken = client.get("/books/1")
        assert broken.status_code == 500
        told = broken.json()["detail"]
        assert "GET /books/1 breaks the document" in told
        assert "'title' must be a string" in told


def test_it_is_called_for_every_request(tmp_path: Path) -> None:
    source = """
calls = []

def get_book(world, call, engine):
    calls.append(call)
    return {"id": len(calls), "title": "Mine", "genre": "essay",
            "created_at": world.now().isoformat()}
"""
    with client_of(BOOKS, handlers=package(tmp_path, source)) as client:
        assert [client.get("/books/1").json()["id"] for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def get_bok(world, call, engine): ...", "near are: own.get_book"),
        ("def water_plants(world, call, engine): ...", "begin its name with _"),
        ("def get_book(call): ...", r"a handler takes \(world, call, engine\)"),
        ("import nothing_of_the_kind", "ModuleNotFoundError"),
        ("def", "SyntaxError"),
    ],
)
def test_a_slip_is_said_before_anything_listens(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        serve(BOOKS, handlers=package(tmp_path, source))


def test_a_package_that_is_not_there_is_said() -> None:
    with pytest.raises(SetupError, match="cannot be imported: no package and no folder"):
        serve(BOOKS, handlers="no_such_package")


@pytest.mark.parametrize("name", ["pathlib", "mockserver"])
def test_a_name_that_python_knows_is_left_alone(name: str) -> None:
    before = sys.modules[name]
    with pytest.raises(SetupError, match=f"The name {name} of the handlers is taken"):
        serve(BOOKS, handlers=name)
    assert sys.modules[name] is before


def test_handlers_without_a_document_are_refused() -> None:
    with pytest.raises(SetupError, match="name a document, too"):
        serve(handlers="own")


def test_one_package_may_answer_for_several_documents(tmp_path: Path) -> None:
    pet = "def get_pet_by_id(world, call, engine):\n    return {'name': 'Rex', 'photoUrls': []}\n"
    handlers = package(tmp_path, OWN + pet)
    with client_of(BOOKS, SHOP, handlers=handlers) as client:
        assert client.get("/books/books/7").json()["title"] == "Mine"
        assert client.get("/petshop/pet/3").json()["name"] == "Rex"
