"""The effects of actions, by the stem of their verb."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.engine.effects import effect_of
from mockserver.engine.shapes import Shapes
from tests.engine.mock import NOW, Mock, operation

STATUSES = ["draft", "Cancelled", "PAID", "active", "in_progress", "suspended", "published"]
RECORD: dict[str, Any] = {
    "type": "object",
    "properties": {
        "status": {"type": "string", "enum": STATUSES},
        "is_locked": {"type": "boolean"},
        "enabled": {"type": "boolean"},
        "published_at": {"type": "string", "format": "date-time"},
        "paidAt": {"type": "integer"},
        "updated_at": {"type": "string", "format": "date-time"},
    },
}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("cancel", {"status": "Cancelled"}),
        ("pay", {"status": "PAID"}),
        ("activate", {"status": "active"}),
        ("start", {"status": "in_progress"}),
        ("suspend", {"status": "suspended"}),
        ("publish", {"status": "published", "published_at": "2026-02-20T15:00:00Z"}),
        ("lock", {"is_locked": True}),
        ("unlock", {"is_locked": False}),
        ("enable", {"status": "active", "enabled": True}),
        ("disable", {"enabled": False}),
    ],
)
def test_a_verb_sets_what_has_its_stem(verb: str, expected: dict[str, Any]) -> None:
    shapes = Shapes({})
    effect = effect_of(shapes, shapes.flat(RECORD), verb, NOW)
    assert effect == {**expected, "updated_at": "2026-02-20T15:00:00Z"}


def test_a_verb_without_a_stem_in_the_record_sets_nothing() -> None:
    shapes = Shapes({})
    assert effect_of(shapes, shapes.flat(RECORD), "notify", NOW) == {}


def test_a_parameter_may_say_what_happens_to_a_record() -> None:
    key = {"id": {"type": "string"}, "status": {"type": "string", "enum": ["on", "cancelled"]}}
    line = {"type": "object", "required": ["id", "status"], "properties": key}
    paths = {
        "/lines": {"get": operation({"type": "array", "items": line})},
        "/lines/{id}": {"get": operation(line)},
        "/lines/{id}/actions/{action}": {"post": operation(line)},
    }
    mock = Mock.of(paths)
    some = mock.get("/lines")[0]["id"]
    assert mock.post(f"/lines/{some}/actions/cancel")["status"] == "cancelled"
    assert mock.get(f"/lines/{some}")["status"] == "cancelled"
