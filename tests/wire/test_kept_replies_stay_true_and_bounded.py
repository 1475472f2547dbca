"""Bytes that are kept are those that would be made anew, were checked, and stay within a bound."""

from __future__ import annotations

from functools import partial
from typing import Any

import orjson
import pytest

from mockserver.contract import Derived, Listed, SchemaCompiler, Validator, plain
from mockserver.contract.derived import Passing
from mockserver.contract.foreign import ForeignCompiler
from mockserver.wire.kept import InvalidBodyError, Kept

ITEM = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}


def _page(**more: Any) -> Validator:
    data = {"type": "array", "items": ITEM, **more}
    properties = {"data": data, "total": {"type": "integer"}}
    schema = {"type": "object", "required": ["data", "total"], "properties": properties}
    return SchemaCompiler({}).compile(schema, "response")


def _listed(items: list[Derived], rest: dict[str, Any]) -> Listed:
    return Listed(("data",), items, lambda given: {"data": given, **rest}, is_first=True)


class Shape:
    """A shape that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, source: list[int]) -> dict[str, int]:
        self.asked += 1
        return {"a": source[0]}


def test_what_is_made_of_the_same_object_is_made_once() -> None:
    shape, source, kept = Shape(), [7], Kept(1_000_000)
    validator = SchemaCompiler({}).compile(ITEM, "response")
    for _ in range(3):
        assert kept.text(Derived(shape, (source,)), validator).json == b'{"a":7}'
    assert shape.asked == 1
    assert kept.text(Derived(shape, ([8],)), validator).json == b'{"a":8}'


def test_a_body_kept_for_one_schema_is_checked_anew_for_another() -> None:
    shape, source, kept = Shape(), [7], Kept(1_000_000)
    loose, strict = (
        SchemaCompiler({}).compile({}, "response"),
        SchemaCompiler({}).compile({"type": "string"}, "response"),
    )
    kept.text(Derived(shape, (source,)), loose)
    with pytest.raises(InvalidBodyError):
        kept.text(Derived(shape, (source,)), strict)


def test_a_list_is_joined_to_the_bytes_of_the_whole() -> None:
    kept = Kept(1_000_000)
    for number in (0, 1, 5):
        items = [Derived(Shape(), ([at],)) for at in range(number)]
        body = _listed(items, {"total": number})
        whole = {"data": [{"a": at} for at in range(number)], "total": number}
        assert kept.text(body, _page()).json == orjson.dumps(whole)


def _nested(place: tuple[str, ...], value: Any) -> Any:
    for name in reversed(place):
        value = {"first": name, name: value}
    return value


@pytest.mark.parametrize("place", [(), ("data",), ("page", "items")])
def test_a_list_may_come_last_at_any_depth(place: tuple[str, ...]) -> None:
    schema: Any = {"type": "array", "items": ITEM}
    for name in reversed(place):
        schema = {"type": "object", "properties": {name: schema}}
    validator = ForeignCompiler({}, "3.0").deferred(schema, "response")
    assert validator.items_at(place) is not None
    for number in (0, 1, 5):
        items = [Derived(Shape(), ([at],)) for at in range(number)]
        body = Listed(place, items, lambda given: _nested(place, given))
        whole = _nested(place, [{"a": at} for at in range(number)])
        assert Kept(1_000_000).text(body, validator).json == orjson.dumps(whole)


def test_what_follows_from_more_than_its_sources_is_made_each_time() -> None:
    kept, shape = Kept(1_000_000), Shape()
    validator = SchemaCompiler({}).compile(ITEM, "response")
    for number in (1, 2):
        body = Derived(shape, (), (), partial(Passing, {"a": number}))
        assert kept.text(body, validator).json == b'{"a":%d}' % number
        assert plain(body) == {"a": number}


@pytest.mark.parametrize("rest", [{"total": "many"}, {}])
def test_what_stands_beside_a_list_is_checked_each_time(rest: dict[str, Any]) -> None:
    with pytest.raises(InvalidBodyError):
        Kept(1_000_000).text(_listed([Derived(Shape(), ([1],))], rest), _page())


def test_an_item_that_breaks_its_schema_is_never_kept() -> None:
    kept, item = Kept(1_000_000), Derived(Shape(), (["text"],))
    for _ in range(2):
        with pytest.raises(InvalidBodyError):
            kept.text(_listed([item], {"total": 1}), _page())


@pytest.mark.parametrize("rule", [{"maxItems": 1}, {"uniqueItems": True}, {"minItems": 3}])
def test_a_rule_for_the_list_as_a_whole_is_held(rule: dict[str, Any]) -> None:
    items = [Derived(Shape(), ([1],)) for _ in range(2)]
    with pytest.raises(InvalidBodyError):
        Kept(1_000_000).text(_listed(items, {"total": 2}), _page(**rule))


def test_memory_is_bounded_and_what_is_used_stays() -> None:
    kept, validator = Kept(100_000), SchemaCompiler({}).compile(ITEM, "response")
    shape, often = Shape(), [1]
    for at in range(1000):
        kept.text(Derived(shape, ([at],)), validator)
        kept.text(Derived(shape, (often,)), validator)
    assert len(kept._young) + len(kept._old) <= 100_000 / 2000
    assert shape.asked == 1001


def test_what_an_entry_holds_on_to_counts() -> None:
    kept, validator = Kept(100_000), SchemaCompiler({}).compile({}, "response")
    for at in range(100):
        body = Derived(Shape(), ([at],), (), lambda: "x" * 1000, 10)
        kept.text(body, validator)
    assert len(kept._young) + len(kept._old) <= 100_000 / 13_000


def test_a_body_larger_than_the_budget_is_answered_and_not_kept() -> None:
    kept, validator = Kept(1000), SchemaCompiler({}).compile(ITEM, "response")
    assert kept.text(Derived(Shape(), ([1],)), validator).json == b'{"a":1}'
    assert not kept._young


def test_what_takes_the_place_of_another_is_weighed_in_its_stead() -> None:
    kept = Kept(100_000)
    for at in range(1000):
        kept.keep("often", b"%d" % at)
        kept.keep(at % 10, b"")
    assert kept.find("often") == b"999"
    assert not kept._old
