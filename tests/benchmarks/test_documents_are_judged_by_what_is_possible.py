"""The corpus: what is right is counted, and what nobody could get right is told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus.apart import NotDoneError, apart
from benchmarks.corpus.asking import request_of
from benchmarks.corpus.calls import Caller, answers
from benchmarks.corpus.examining import Line
from benchmarks.corpus.lives import round_trips
from benchmarks.corpus.scores import Score, summed
from benchmarks.corpus.tables import BEGIN, END, markdown
from mockserver.contract import Arguments, build_contract
from mockserver.engine import Engine
from tests.engine.mock import body, document, operation

TEXT = {"type": "string"}
BOX = {"type": "object", "required": ["id"], "properties": {"id": TEXT, "name": TEXT}}
# Closed, and it requires a member that it does not name.
IMPOSSIBLE: dict[str, Any] = {"type": "object", "required": ["id"], "additionalProperties": False}


def _caller(paths: dict[str, Any]) -> Caller:
    contract = build_contract(document(paths), "")
    return Caller(contract, Engine(contract), 1)


def test_an_operation_is_impossible_when_no_body_or_no_success_can_be() -> None:
    sent: dict[str, Any] = {"requestBody": {"required": True, **body(IMPOSSIBLE)["requestBody"]}}
    caller = _caller(
        {
            "/answered": {"get": operation(IMPOSSIBLE)},
            "/sent": {"post": operation(BOX, **sent)},
            "/left-out": {"post": operation(BOX, **body(IMPOSSIBLE))},
            "/right": {"get": operation(BOX)},
        }
    )
    score = answers(caller, caller.world)
    assert (score.good, score.tried, score.faults) == (2, 4, [])
    assert [each.partition(":")[0] for each in score.impossible] == ["get /answered", "post /sent"]
    assert (score.percent, score.percent_of_possible) == (50, 100)


def test_a_life_that_cannot_be_read_is_a_fault() -> None:
    paths = {
        "/boxes": {"get": operation({"type": "array", "items": BOX}),
                   "post": operation(BOX, "201", **body(BOX))},
        "/boxes/{id}": {"get": operation(BOX), "delete": operation(status="204")},
    }  # fmt: skip
    score = round_trips(_caller(paths))
    assert (score.good, score.tried) == (1, 1)


@pytest.mark.parametrize(
    ("parameter", "value", "target"),
    [
        ({"style": "form", "explode": True}, [1, 2], "/find?q=1&q=2"),
        ({"style": "form", "explode": False}, [1, 2], "/find?q=1%2C2"),
        ({"style": "pipeDelimited", "explode": False}, ["a", "b"], "/find?q=a%7Cb"),
        ({"style": "deepObject", "explode": True}, {"a": 1}, "/find?q%5Ba%5D=1"),
        ({"style": "form", "explode": True}, {"a": 1}, "/find?a=1"),
    ],
)
def test_a_query_is_written_in_its_style(
    parameter: dict[str, Any], value: Any, target: str
) -> None:
    kind = "object" if isinstance(value, dict) else "array"
    declared = {"name": "q", "in": "query", "schema": {"type": kind}, **parameter}
    caller = _caller({"/find": {"get": operation(BOX, parameters=[declared])}})
    found = caller.contract.operations[0]
    assert request_of(caller, found, Arguments(query={"q": value})).target == target


def test_several_documents_make_one_table() -> None:
    good, bad = Score(2, 2), Score(1, 2, ["get /a: broken"])
    lines = [
        Line("a.json", first=good, later=good, lives=Score()),
        Line("b.json", first=bad, later=good, lives=Score()),
        Line("c.json", trouble="c.json has no operations under 'paths': nothing to serve."),
    ]
    text = markdown(lines, "Two documents.")
    assert "| documents that start | 2 | 2 |" in text
    assert "| operations with a valid documented success | 4 | 3 | 0 | 75.00 % | 75.00 % |" in text
    assert "| b.json | 1 of 2 | 0 of 2 | – | `get /a: broken` |" in text
    assert summed([good, bad]).faults == ["get /a: broken"]


def test_the_page_has_a_place_for_the_tables() -> None:
    page = (Path(__file__).parents[2] / "docs" / "corpus.md").read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1


def _double(number: int) -> int:
    return 2 * number


def _fail(number: int) -> int:
    raise ValueError(f"{number} is odd")


@pytest.mark.parametrize(("act", "wanted"), [(_double, 42), (_fail, "ValueError: 21 is odd")])
def test_work_in_a_process_of_its_own_gives_its_result_or_its_reason(
    act: Callable[[int], int], wanted: object
) -> None:
    try:
        found: object = apart(act, 21, seconds=60, gibibytes=4)
    except NotDoneError as error:
        found = str(error).removeprefix("crashed: ")
    assert found == wanted
