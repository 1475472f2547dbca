"""A list may be judged item by item only where that comes to what judging the whole does."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from mockserver.contract.foreign import ForeignCompiler
from mockserver.contract.schemas import Dialect, Validator

ITEM = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}
Place = tuple[str, ...]


def _object(members: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, **more}


def _validator(schema: Any, dialect: Dialect = "3.0") -> Validator:
    document = {"components": {"schemas": {"Item": ITEM, "List": LIST}}}
    return ForeignCompiler(document, dialect).deferred(schema, "response")


def _with_list(place: Place, items: list[Any], **beside: Any) -> Any:
    """The list at its place."""
    if not place:
        return items
    return {**beside, place[0]: _with_list(place[1:], items)}


APART: list[tuple[Any, Place]] = [
    (LIST, ()),
    ({"$ref": "#/components/schemas/List"}, ()),
    (_object({"data": LIST, "total": {"type": "integer"}}, required=["total"]), ("data",)),
    (_object({"data": {**LIST, "nullable": True}}, additionalProperties=False), ("data",)),
    (_object({"a": _object({"b": {"$ref": "#/components/schemas/List"}})}), ("a", "b")),
]


@pytest.mark.parametrize(("schema", "place"), APART)
def test_the_whole_is_valid_when_its_envelope_and_each_item_are(schema: Any, place: Place) -> None:
    whole = _validator(schema)
    of_items = whole.items_at(place)
    assert of_items is not None
    for first, second, beside in product(({"a": 1}, {"a": "x"}), ({"a": 2}, {}), (1, "x", None)):
        more = {} if beside is None else {"total": beside}
        items = [first, second]
        envelope, each = _with_list(place, [], **more), map(of_items.is_valid, items)
        apart = all(each) and whole.is_valid(envelope)
        assert whole.is_valid(_with_list(place, items, **more)) is apart


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({**LIST, "maxItems": 1}, ()),
        ({**LIST, "uniqueItems": True}, ()),
        ({"allOf": [LIST, {"minItems": 3}]}, ()),
        (_object({"data": LIST}, minProperties=2), ("data",)),
        (_object({"data": LIST}, oneOf=[{"required": ["data"]}, {"required": ["x"]}]), ("data",)),
        (_object({"other": LIST}), ("data",)),
        (_object({"data": {"type": "string"}}), ("data",)),
        (_object({"data": {"$ref": "#/components/schemas/Nobody"}}), ("data",)),
        (LIST, ("data",)),
        (True, ()),
    ],
)
def test_a_rule_for_the_whole_is_left_to_the_whole(schema: Any, place: Place) -> None:
    assert _validator(schema).items_at(place) is None


def test_rules_beside_a_reference_count_in_the_newer_dialect_alone() -> None:
    schema = {"$ref": "#/components/schemas/List", "maxItems": 1}
    assert _validator(schema, "3.1").items_at(()) is None
    assert _validator(schema, "3.0").items_at(()) is not None
