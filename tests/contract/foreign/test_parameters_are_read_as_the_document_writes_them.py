"""Every style that a document may choose: what it allows is taken, what it forbids is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockserver.contract.parameters import read_headers, read_path, read_query
from tests.contract.foreign.documents import FINE, document, loaded, only

NUMBERS = {"type": "array", "items": {"type": "integer"}}
HEADER: Any = {"in": "header"}
POINT = {"type": "object", "required": ["x"],
         "properties": {"x": {"type": "integer"}, "tags": NUMBERS}}  # fmt: skip


def _operation(folder: Path, path: str = "/a", **parameter: Any) -> Any:
    given = {"name": "p", "in": "query", **parameter}
    item = {"get": {"operationId": "a", "parameters": [given], "responses": FINE}}
    found = loaded(folder, document({path: item}))
    assert found.warnings == ()
    return only(found)


@pytest.mark.parametrize(
    ("parameter", "query", "value"),
    [
        ({"schema": NUMBERS}, "p=1&p=2", [1, 2]),
        ({"schema": NUMBERS, "explode": False}, "p=1,2", [1, 2]),
        ({"schema": NUMBERS, "style": "spaceDelimited"}, "p=1%202", [1, 2]),
        ({"schema": NUMBERS, "style": "pipeDelimited"}, "p=1|2", [1, 2]),
        ({"schema": POINT}, "x=1&tags=1&tags=2", {"x": 1, "tags": [1, 2]}),
        ({"schema": POINT, "explode": False}, "p=x,1", {"x": 1}),
        ({"schema": POINT, "style": "deepObject"}, "p[x]=1&p[tags][]=2", {"x": 1, "tags": [2]}),
        ({"schema": POINT, "style": "deepObject"}, "p%5Bx%5D=1", {"x": 1}),
        ({"content": {"application/json": {"schema": POINT}}}, "p=%7B%22x%22:1%7D", {"x": 1}),
        ({"schema": {"type": "object"}}, "any=thing", {"any": "thing"}),
        ({"schema": {"type": "integer"}, "allowEmptyValue": True}, "p=", ""),
        ({"schema": {"enum": [1, 2]}}, "p=2", 2),
        ({"schema": {}}, "p=[1]", "[1]"),
    ],
)
def test_a_query_is_read_by_its_style(
    tmp_path: Path, parameter: Any, query: str, value: Any
) -> None:
    assert read_query(_operation(tmp_path, **parameter), query) == ({"p": value}, [])


@pytest.mark.parametrize(
    ("parameter", "query", "said"),
    [
        ({"schema": POINT}, "x=one", "'p.x' must be an integer, not a string."),
        ({"schema": POINT, "style": "deepObject"}, "p[tags][]=2", "'p.x' is required."),
        ({"schema": POINT, "explode": False}, "p=x",
         "'p' must be written as name,value,name,value."),
        ({"content": {"application/json": {"schema": POINT}}}, "p=x", "'p' is not valid JSON"),
        ({"schema": POINT, "required": True}, "q=1", "'p' is required."),
    ],
)  # fmt: skip
def test_what_a_style_cannot_mean_is_told(
    tmp_path: Path, parameter: Any, query: str, said: str
) -> None:
    _, (problem,) = read_query(_operation(tmp_path, **parameter), query)
    assert problem.sentence.startswith(said)


@pytest.mark.parametrize(
    ("parameter", "sent", "value"),
    [
        ({"schema": NUMBERS}, "1,2", [1, 2]),
        ({"schema": NUMBERS, "explode": True}, "1,2", [1, 2]),
        ({"schema": NUMBERS, "style": "label"}, ".1,2", [1, 2]),
        ({"schema": NUMBERS, "style": "label", "explode": True}, ".1.2", [1, 2]),
        ({"schema": NUMBERS, "style": "matrix"}, ";p=1,2", [1, 2]),
        ({"schema": NUMBERS, "style": "matrix", "explode": True}, ";p=1;p=2", [1, 2]),
        ({"schema": {"type": "integer"}, "style": "label"}, ".7", 7),
        ({"schema": {"type": "integer"}, "style": "matrix"}, ";p=7", 7),
        ({"schema": POINT}, "x,1", {"x": 1}),
        ({"schema": POINT, "explode": True}, "x=1", {"x": 1}),
        ({"schema": POINT, "style": "label", "explode": True}, ".x=1", {"x": 1}),
        ({"schema": POINT, "style": "matrix"}, ";p=x,1", {"x": 1}),
        ({"schema": POINT, "style": "matrix", "explode": True}, ";x=1", {"x": 1}),
    ],
)
def test_a_path_is_read_by_its_style(tmp_path: Path, parameter: Any, sent: str, value: Any) -> None:
    operation = _operation(tmp_path, "/a/{p}", **{**parameter, "in": "path", "required": True})
    assert read_path(operation, {"p": sent}) == ({"p": value}, [])


def test_a_header_may_hold_a_list_or_an_object(tmp_path: Path) -> None:
    operation = _operation(tmp_path, schema=POINT, **HEADER)
    assert read_headers(operation, {"p": "x,1"}) == ({"p": {"x": 1}}, [])
