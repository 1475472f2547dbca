"""A large document starts at once: nothing is compiled before something is held to it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from mockserver.contract import Arguments
from mockserver.contract.foreign import ForeignCompiler, foreign_contract
from mockserver.contract.foreign import compiling as room
from mockserver.contract.foreign.lowering import Lowering
from mockserver.engine import Engine
from tests.contract.foreign.documents import document, loaded, only, takes, with_schema


@pytest.fixture
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The schemas that were compiled, in their order."""
    seen: list[Any] = []
    whole = Lowering.whole

    def counting(self: Lowering, schema: Any, direction: Any) -> Any:
        seen.append(schema)
        return whole(self, schema, direction)

    monkeypatch.setattr(Lowering, "whole", counting)
    return seen


def test_a_schema_is_compiled_once_and_not_before_it_is_asked(
    tmp_path: Path, lowered: list[Any]
) -> None:
    content = {"content": {"application/json": {"schema": {"type": "integer"}}}}
    answer = {"200": {"description": "", **content}}
    paths = {f"/a{n}": {"get": {"operationId": f"a{n}", "responses": answer}} for n in range(50)}
    operations = foreign_contract(loaded(tmp_path, document(paths))).operations
    assert lowered == []
    for operation in operations:
        assert operation.responses["200"].media_types["application/json"].is_valid(1)
    assert lowered == [{"type": "integer"}]


def test_who_makes_values_and_who_checks_answers_share_what_is_compiled(
    tmp_path: Path, lowered: list[Any]
) -> None:
    content = {"content": {"application/json": {"schema": {"type": "integer", "minimum": 7}}}}
    paths = {"/a": {"get": {"responses": {"200": {"description": "", **content}}}}}
    contract = foreign_contract(loaded(tmp_path, document(paths)))
    (operation,) = contract.operations
    engine = Engine(contract)
    reply = engine.answer_in(operation, engine.world(), Arguments())
    assert operation.responses["200"].media_types["application/json"].is_valid(reply.body)
    assert lowered == [{"type": "integer", "minimum": 7}]


def test_a_schema_brings_what_it_reaches_and_nothing_else(tmp_path: Path) -> None:
    schemas: dict[str, Any] = {
        "Pet": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
        "Owner": {"properties": {"pet": {"$ref": "#/components/schemas/Pet"}}},
        "Other": {"type": "string"},
    }
    found = loaded(tmp_path, with_schema({"$ref": "#/components/schemas/Pet"}, **schemas))
    whole = Lowering(found.document, "3.0").whole({"$ref": "#/components/schemas/Pet"}, "request")
    assert len(whole["definitions"]) == 2


def test_beyond_a_bound_the_oldest_are_compiled_anew(
    tmp_path: Path, lowered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST_HELD", 2)
    compiler = ForeignCompiler(document(), "3.0")
    first = compiler.deferred({"type": "integer"}, "request")
    others = [compiler.deferred({"maximum": n}, "request") for n in range(2)]
    assert all(each.is_valid(0) for each in (first, *others, first))
    assert lowered == [{"type": "integer"}, {"maximum": 0}, {"maximum": 1}, {"type": "integer"}]


def test_a_schema_that_nothing_can_compile_takes_everything_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = {"type": "no-such-type"}
    compiler = ForeignCompiler(document(), "3.0")
    with caplog.at_level(logging.WARNING, "mockserver"):
        assert compiler.deferred(broken, "request").is_valid(1)
    assert "A schema cannot be compiled, and takes any value" in caplog.text
    assert "no-such-type" in compiler.flaw(broken, "request")


def test_what_is_wrong_is_said_as_for_any_contract(tmp_path: Path) -> None:
    found = loaded(tmp_path, with_schema({"type": "object", "required": ["a"]}))
    body = only(found).body
    assert body is not None
    (problem,) = body.media_types["application/json"].problems({}, "body")
    assert problem.sentence == "'a' is required."
    assert takes(found, {"a": 1})
