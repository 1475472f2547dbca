"""Small contracts for tests, written to files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contract_tests.contract import Contract, load_contract

Json = Any


def document(paths: Json, **more: Json) -> Json:
    """An OpenAPI document with these paths."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Small", "version": "1"},
        "paths": paths,
        **more,
    }


def contract(folder: Path, paths: Json, **more: Json) -> Contract:
    """The contract of a document with these paths."""
    path = folder / "small.json"
    path.write_text(json.dumps(document(paths, **more)), "utf-8")
    return load_contract(path)


def answers(schema: Json = None, status: str = "200") -> Json:
    """An operation that answers so."""
    content = {} if schema is None else {"content": {"application/json": {"schema": schema}}}
    return {"responses": {status: {"description": "Fine", **content}}}
