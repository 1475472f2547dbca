"""Small documents for the tests of this room, each with one thing in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mockserver.contract import Operation
from mockserver.contract.foreign import Loaded, foreign_contract, load_foreign

FINE = {"200": {"description": "Fine."}}


def document(paths: dict[str, Any] | None = None, version: str = "3.0.3", **more: Any) -> Any:
    """A document of the version with these paths, or with one operation that is in order."""
    given = paths or {"/pets": {"get": {"operationId": "list", "responses": FINE}}}
    return {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": given, **more}


def with_schema(schema: Any, version: str = "3.0.3", **schemas: Any) -> Any:
    """A document with one operation, which takes and answers JSON of the schema."""
    content = {"content": {"application/json": {"schema": schema}}}
    operation = {
        "operationId": "put",
        "requestBody": content,
        "responses": {"200": {"description": "Fine.", **content}},
    }
    return document({"/it": {"put": operation}}, version, components={"schemas": schemas})


def loaded(folder: Path, content: Any, name: str = "api.json") -> Loaded:
    """The document, written to a file and loaded from there."""
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return load_foreign(str(file))


def only(of: Loaded) -> Operation:
    """The one operation of a document."""
    (operation,) = foreign_contract(of).operations
    return operation


def codes(of: Loaded) -> list[str]:
    """The kinds of its warnings."""
    return [warning.code for warning in of.warnings]


def body_schema(of: Loaded) -> Any:
    """The canonical schema of the request body of the one operation."""
    body = only(of).body
    assert body is not None
    return body.schemas["application/json"]


def takes(of: Loaded, value: Any) -> bool:
    """Whether a request may send the value as its JSON body."""
    body = only(of).body
    assert body is not None
    return body.media_types["application/json"].is_valid(value)


def answers(of: Loaded, value: Any) -> bool:
    """Whether a response may have the value as its JSON body."""
    return only(of).responses["200"].media_types["application/json"].is_valid(value)
