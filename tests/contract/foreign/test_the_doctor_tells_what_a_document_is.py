"""`mockserver doctor`: what is printed, and the exit code that says whether it can be served."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mockserver.cli.commands import commands
from mockserver.errors import SetupError
from tests.contract.foreign.documents import document, with_schema


def _doctor(folder: Path, content: Any, *flags: str) -> Result:
    (folder / "api.json").write_text(json.dumps(content))
    return CliRunner().invoke(commands, ["doctor", str(folder / "api.json"), *flags])


def test_a_document_in_order_has_no_warnings(tmp_path: Path) -> None:
    result = _doctor(tmp_path, document(), "--strict")
    first, second, *_, last = result.output.splitlines()
    assert first == f"{tmp_path / 'api.json'}: OpenAPI 3.0.3 – t"
    assert second.startswith("1 operations on 1 paths, 0 named schemas; ready in 0.")
    assert (last, result.exit_code) == ("No warnings.", 0)


def test_warnings_are_counted_by_kind_and_shown_by_place(tmp_path: Path) -> None:
    properties = {name: {"type": "string", "maxLength": "x"} for name in "abcd"}
    result = _doctor(tmp_path, with_schema({"properties": properties, "pattern": "["}))
    assert result.exit_code == 0
    assert "bad-maxLength       8\nbad-pattern         2" in result.output
    assert "… and 5 more (--json has all of them)" in result.output
    assert result.output.count("'maxLength' must be a whole number from 0, not 'x'; ignored.") == 3


def test_with_strict_a_warning_is_a_failure(tmp_path: Path) -> None:
    broken = with_schema({"type": "date"})
    assert _doctor(tmp_path, broken, "--strict").exit_code == 1
    assert _doctor(tmp_path, broken).exit_code == 0


@pytest.mark.parametrize(
    ("schema", "example", "code"),
    [
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, None, "unsatisfiable"),
        ({"type": "object", "required": ["a"]}, {"b": 1}, "invalid-example"),
    ],
)
def test_a_closer_look_finds_contradictions_and_wrong_examples(
    tmp_path: Path, schema: Any, example: Any, code: str
) -> None:
    content = {"application/json": {"schema": schema, **({"example": example} if example else {})}}
    answer = {"200": {"description": "", "content": content}}
    item = {"/a": {"get": {"operationId": "a", "responses": answer}}}
    report = json.loads(_doctor(tmp_path, document(item), "--json").output)
    assert [warning["code"] for warning in report["warnings"]] == [code]
    start = "/paths/~1a/get/responses/200/content/application~1json/"
    assert report["warnings"][0]["pointer"].startswith(start)
    assert (report["operations"], report["dialect"]) == (1, "3.0")


def test_what_cannot_be_served_is_refused(tmp_path: Path) -> None:
    result = _doctor(tmp_path, {"openapi": "3.0.0"})
    assert isinstance(result.exception, SetupError)  # which ends `mockserver` with exit code 2
    assert "nothing to serve" in result.exception.message
