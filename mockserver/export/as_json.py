"""JSON: a file for each collection, and one for the documented exchange of each operation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from mockserver.export.dataset import Dataset
from mockserver.export.recorder import Recorded


def json_files(dataset: Dataset) -> dict[str, str]:
    """The files by their paths."""
    collections = {
        f"json/collections/{name}.json": rows_text(each.rows) + "\n"
        for name, each in dataset.collections.items()
    }
    examples = {
        f"json/operations/{operation_id}.json": _example(each)
        for operation_id, each in dataset.examples.items()
    }
    return collections | examples


def rows_text(rows: Iterable[Any]) -> str:
    """A JSON array with one row on each line."""
    lines = ",\n".join(map(line, rows))
    return f"[\n{lines}\n]" if lines else "[]"


def line(value: Any) -> str:
    """A value as JSON on one line, as the server writes it."""
    return orjson.dumps(value).decode()


def _example(recorded: Recorded) -> str:
    call = recorded.call
    request = {"method": call.method, "target": call.target, "headers": dict(call.headers)}
    shown = {
        "request": request if call.body is None else {**request, "body": call.body},
        "response": {
            "status": recorded.status,
            "headers": dict(recorded.headers),
            "body": recorded.json if recorded.text else None,
        },
    }
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
