"""A value of one shape, made to fit another: what is allowed stays, what is missing is made."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from mockserver.engine.data import Maker, UnfillableError
from tests.engine.data.drawing import NOW, THING, document, maker

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
USER: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "name", "role"],
    "properties": {
        "id": {**WHOLE, "readOnly": True},
        "name": {**TEXT, "minLength": 2},
        "role": {**TEXT, "enum": ["admin", "guest"], "default": "guest"},
        "password": {**TEXT, "writeOnly": True},
        "nickname": {**TEXT, "nullable": True},
        "logins": {**WHOLE, "default": 0},
        "visits": {**WHOLE, "minimum": 1, "readOnly": True},
        "tags": {"type": "array", "items": TEXT, "uniqueItems": True, "maxItems": 3},
        "home": {"type": "object", "required": ["city"], "properties": {"city": TEXT}},
    },
}


def _fitted(value: Any, schema: Any = USER, seed: int = 1, **asked: Any) -> Any:
    made_by = Maker(document(schema), dialect="3.0")
    return made_by.project(THING, value, Random(seed), now=NOW, **asked)


def test_what_is_allowed_is_kept() -> None:
    value = {
        "id": 5,
        "name": "Ada",
        "role": "admin",
        "tags": ["a"],
        "home": {"city": "Wien", "x": 1},
    }
    fitted = _fitted(value)
    assert {name: fitted[name] for name in value} == value


def test_what_is_forbidden_or_hidden_is_dropped() -> None:
    fitted = _fitted({"name": "Ada", "password": "secret", "unknown": 1})
    assert not {"password", "unknown"} & fitted.keys()


def test_a_request_has_what_only_a_request_may_have() -> None:
    fitted = _fitted({"name": "Ada", "password": "secret", "id": 9}, direction="request")
    assert fitted["password"] == "secret"
    assert not {"id", "visits"} & fitted.keys()


def test_what_is_missing_is_filled_and_defaults_come_first() -> None:
    fitted = _fitted({"name": "Ada"})
    assert fitted.keys() == USER["properties"].keys() - {"password"}
    assert (fitted["role"], fitted["logins"]) == ("guest", 0)


def test_only_what_is_needed_is_filled_when_no_more_is_asked_for() -> None:
    fitted = _fitted({"name": "Ada"}, fill="required")
    assert fitted.keys() == {"id", "name", "role", "logins", "visits"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [("12", 12), (12.0, 12), (12, 12)],
)
def test_a_number_is_taken_however_it_is_written(given: Any, expected: int) -> None:
    assert _fitted({"id": given})["id"] == expected


def test_a_text_is_taken_from_a_number() -> None:
    assert _fitted({"name": 42})["name"] == "42"


@pytest.mark.parametrize("bad", [{"role": "king"}, {"name": "x"}, {"visits": 0}, {"home": "here"}])
def test_what_is_invalid_is_replaced_and_the_rest_is_kept(bad: dict[str, Any]) -> None:
    (name,) = bad
    fitted = _fitted({"id": 5, "name": "Ada", **bad})
    assert fitted[name] != bad[name]
    assert fitted["id"] == 5


def test_null_is_kept_where_it_is_allowed_and_replaced_where_it_is_not() -> None:
    fitted = _fitted({"nickname": None, "name": None})
    assert fitted["nickname"] is None
    assert isinstance(fitted["name"], str)


def test_lists_are_cut_and_made_distinct() -> None:
    assert _fitted({"tags": ["a", "a", "b"]})["tags"] == ["a", "b"]
    assert _fitted({"tags": ["a", "b", "c", "d"]})["tags"] == ["a", "b", "c"]
    assert _fitted({"tags": []})["tags"] == []


def test_a_value_that_fits_is_left_alone() -> None:
    first = _fitted({"name": "Ada"})
    assert _fitted(first, seed=2) == first


def test_the_branch_that_the_value_names_is_kept() -> None:
    schema = {
        "oneOf": [
            {"type": "object", "required": ["kind", "a"],
             "properties": {"kind": {"enum": ["one"]}, "a": WHOLE}},
            {"type": "object", "required": ["kind", "b"],
             "properties": {"kind": {"enum": ["two"]}, "b": WHOLE}},
        ]
    }  # fmt: skip
    for seed in range(10):
        fitted = _fitted({"kind": "two", "b": 8}, schema, seed)
        assert (fitted["kind"], fitted["b"]) == ("two", 8)


def test_what_no_branch_could_keep_is_made_anew() -> None:
    fitted = _fitted("nothing of it", {"oneOf": [WHOLE, {"type": "array", "items": WHOLE}]})
    assert isinstance(fitted, int | list)


def test_entries_of_a_map_are_kept_when_they_fit() -> None:
    fitted = _fitted({"a": 1, "b": "x"}, {"type": "object", "additionalProperties": WHOLE})
    assert fitted["a"] == 1
    assert isinstance(fitted["b"], int)


def test_what_is_free_is_kept_whole() -> None:
    value = {"settings": {"deep": [1, {"x": None}]}}
    schema = {"type": "object", "properties": {"settings": {"type": "object"}}}
    assert _fitted(value, schema) == value


def test_the_value_itself_is_never_changed() -> None:
    value = {"home": {"city": "Wien"}, "tags": ["a"]}
    _fitted(value)["home"]["city"] = "Graz"
    assert value == {"home": {"city": "Wien"}, "tags": ["a"]}


def test_nothing_fits_a_schema_that_takes_no_value() -> None:
    with pytest.raises(UnfillableError):
        maker(False).project(THING, {"a": 1}, Random(1), now=NOW)


def test_null_is_kept_where_a_reference_may_be_null() -> None:
    home = {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Home"}]}
    thing = {"type": "object", "required": ["home"], "properties": {"home": home}}
    inner = {"type": "object", "required": ["city"], "properties": {"city": TEXT}}
    made_by = Maker(document(thing, Home=inner), dialect="3.0")
    assert made_by.project(THING, {"home": None}, Random(1), now=NOW) == {"home": None}
    homes = [made_by.draw(THING, Random(seed), now=NOW)["home"] for seed in range(40)]
    assert None in homes
    assert any(homes)


def test_what_contradicts_is_replaced_and_nothing_else() -> None:
    thing = {
        "type": "object",
        "required": ["kind", "size", "note"],
        "properties": {"kind": {**TEXT, "enum": ["a", "b"]}, "size": WHOLE, "note": TEXT},
        "oneOf": [
            {"properties": {"kind": {"enum": ["a"]}, "size": {"maximum": 5}}},
            {"properties": {"kind": {"enum": ["b"]}, "size": {"minimum": 6}}},
        ],
    }
    fitted = _fitted({"kind": "a", "size": 9, "note": "keep me"}, thing)
    assert fitted["note"] == "keep me"
