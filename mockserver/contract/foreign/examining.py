"""What is only seen when every schema is compiled: for those who ask, not at every start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mockserver.contract.foreign.compiling import ForeignCompiler
from mockserver.contract.foreign.loading import Loaded
from mockserver.contract.foreign.notes import DocumentWarning, Notes, Where
from mockserver.contract.media import is_json
from mockserver.contract.model import Contract, Operation
from mockserver.contract.references import follow
from mockserver.contract.schemas import Direction


def examine(loaded: Loaded, contract: Contract) -> tuple[DocumentWarning, ...]:
    """The warnings of loading, and besides: schemas that nothing keeps to, wrong examples.

    Every schema of every operation is compiled; a second or two for a thousand operations.
    """
    notes = Notes({(w.code, w.pointer): w for w in loaded.warnings})
    compiler = ForeignCompiler(loaded.document, loaded.dialect)
    for operation in contract.operations:
        for where, media, direction in _contents(loaded.document, operation):
            _examine(compiler, loaded.document, media, direction, where, notes)
    return tuple(notes.found.values())


def _contents(
    document: dict[str, Any], operation: Operation
) -> Iterator[tuple[Where, dict[str, Any], Direction]]:
    """Every media type object of an operation."""
    where = Where() / "paths" / operation.path / operation.method.lower()
    node = document["paths"][operation.path][operation.method.lower()]
    body = follow(document, node.get("requestBody") or {})
    for name, media in (body.get("content") or {}).items():
        yield where / "requestBody" / "content" / name, media, "request"
    for status, raw in node["responses"].items():
        for name, media in (follow(document, raw).get("content") or {}).items():
            yield where / "responses" / status / "content" / name, media, "response"


def _examine(
    compiler: ForeignCompiler,
    document: dict[str, Any],
    media: dict[str, Any],
    direction: Direction,
    where: Where,
    notes: Notes,
) -> None:
    schema = media.get("schema", {})
    flaw = compiler.flaw(schema, direction)
    if flaw:
        problem = f"the schema cannot be compiled: {flaw}"
        notes.add("uncompilable", where / "schema", problem, "any value is taken")
        return
    if not compiler.is_satisfiable(schema, direction):
        problem = "no value keeps to the schema: its parts contradict each other"
        notes.add("unsatisfiable", where / "schema", problem, "no valid body can be answered")
        return
    if not is_json(str(where.key)):
        return
    for place, value in _examples(document, media, where):
        if not compiler.compile(schema, direction).is_valid(value):
            problem = "the example breaks its schema"
            notes.add("invalid-example", place, problem, "never answered")


def _examples(
    document: dict[str, Any], media: dict[str, Any], where: Where
) -> Iterator[tuple[Where, Any]]:
    if "example" in media:
        yield where / "example", media["example"]
    for name, raw in (media.get("examples") or {}).items():
        example = follow(document, raw)
        if isinstance(example, dict) and "value" in example:
            yield where / "examples" / name, example["value"]
