"""A document may ask for what no value is: the answer says so, for that operation alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engine.mock import document, operation
from tests.serving.served import client_of
from tests.serving.test_own_handlers_answer_in_place_of_the_engine import package

# Closed, and it requires a member that it does not name.
IMPOSSIBLE: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {"name": {"type": "string"}},
    "additionalProperties": False,
}
PATHS: dict[str, Any] = {
    "/boxes": {"get": operation({"type": "array", "items": IMPOSSIBLE})},
    "/crates/{id}": {"get": operation(IMPOSSIBLE)},
    "/words": {"get": operation({"type": "array", "items": {"type": "string"}})},
}


@pytest.fixture
def boxes(tmp_path: Path) -> str:
    path = tmp_path / "boxes.json"
    path.write_text(json.dumps(document(PATHS)))
    return str(path)


def test_an_answer_without_any_value_says_which_and_what_to_do(boxes: str) -> None:
    with client_of(boxes) as client:
        refused = client.get("/crates/1")
        assert refused.status_code == 500
        told = refused.json()["detail"]
        assert "GET /crates/{id} cannot be answered" in told
        assert "rules may contradict each other" in told
        assert "mockserver doctor" in told


def test_what_a_list_cannot_show_is_left_out_of_it(boxes: str) -> None:
    with client_of(boxes) as client:
        assert client.get("/boxes").json() == []
        assert client.get("/words").is_success


def test_a_handler_that_asks_for_it_says_the_same(boxes: str, tmp_path: Path) -> None:
    paths = json.loads(Path(boxes).read_text())
    paths["paths"]["/crates/{id}"]["get"]["operationId"] = "getCrate"
    Path(boxes).write_text(json.dumps(paths))
    source = "def get_crate(world, call, engine):\n    return engine(call)\n"
    with client_of(boxes, handlers=package(tmp_path, source)) as client:
        refused = client.get("/crates/1")
        assert refused.status_code == 500
        assert "GET /crates/{id} cannot be answered" in refused.json()["detail"]
