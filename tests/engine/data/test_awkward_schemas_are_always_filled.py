"""Nine small contracts, each with one thing that generators get wrong: every draw is valid."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from mockserver.contract import load_document
from mockserver.engine.data import Maker
from tests.engine.data.drawing import NOW, modern

CONTRACTS = sorted((Path(__file__).parents[3] / "fixtures" / "contracts").glob("awkward-*.yaml"))
DRAWS = 1000


def _answers(document: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item["get"] for item in document["paths"].values()]
    contents = [item["responses"]["200"]["content"] for item in items]
    return [content["application/json"]["schema"] for content in contents]


def test_each_awkward_kind_has_a_contract() -> None:
    assert len(CONTRACTS) == 9


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_a_thousand_draws_are_valid(path: Path) -> None:
    document = load_document(path.read_text(), path.name)
    maker = Maker(document, dialect="3.0")
    for schema in _answers(document):
        judge = modern(document, schema)
        for number in range(DRAWS):
            value = maker.draw(schema, random.Random(number), now=NOW)
            assert judge.is_valid(value), (number, value)
