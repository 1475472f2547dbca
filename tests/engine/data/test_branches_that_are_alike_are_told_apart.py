"""A `oneOf` whose branches take the same: what only one of them takes is found, or kept to."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mockserver.engine.data import Maker
from tests.engine.data.drawing import NOW, THING, document, drawn, modern

TEXT = {"type": "string"}


def _board(cell: Any) -> dict[str, Any]:
    cells = {"type": "array", "items": cell}
    return {"type": "object", "properties": {"name": TEXT, "cells": cells}, "required": ["name"]}


PLAIN = {"type": "object", "properties": {"x": {"type": "integer"}}}
WIDE = {"allOf": [PLAIN, {"type": "object", "properties": {"view": {"type": "object"}}}]}
ALIKE: dict[str, Any] = {
    "at the top": {"oneOf": [PLAIN, {"type": "object", "properties": {"y": TEXT}}]},
    "deep within": {"oneOf": [_board(PLAIN), _board(WIDE)]},
    "in lists": {"oneOf": [{"type": "array", "items": PLAIN}, {"type": "array", "items": WIDE}]},
}


@pytest.mark.parametrize("thing", ALIKE.values(), ids=ALIKE.keys())
def test_a_value_that_one_branch_alone_takes_is_found(thing: dict[str, Any]) -> None:
    whole = document(thing)
    made_by = Maker(whole, dialect="3.0")
    for seed in range(20):
        assert modern(whole, thing).is_valid(drawn(made_by, seed))


def test_what_is_given_is_kept_when_it_is_told_apart() -> None:
    thing = ALIKE["deep within"]
    whole, given = document(thing), {"name": "Mine", "cells": [{"x": 4}, {"x": 5}]}
    made_by = Maker(whole, dialect="3.0")
    made = made_by.project(THING, given, random.Random(1), now=NOW)
    assert modern(whole, thing).is_valid(made)
    assert (made["name"], [cell["x"] for cell in made["cells"]]) == ("Mine", [4, 5])
