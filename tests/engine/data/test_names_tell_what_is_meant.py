"""What a value looks like follows from its name, its thing, its format and its bounds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockserver.engine.data import Maker
from mockserver.errors import SetupError
from tests.engine.data.drawing import THING, document, drawn, maker, many

LOOKS = {
    "email": r"[a-z0-9.]+@example\.(com|org|net)",
    "phoneNumber": r"\+\d{9,14}",
    "postal_code": r"[\w -]{4,9}",
    "countryCode": r"[A-Z]{2}",
    "currency": r"[A-Z]{3}",
    "price": r"\d+\.\d\d",
    "avatarUrl": r"https://images\.example\.com/avatars/\w+\.png",
    "website": r"https://www\.[a-z0-9]+\.example\.com",
    "color_hex": r"#[0-9a-f]{6}",
    "ip_address": r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+",
    "version": r"\d+\.\d+\.\d+",
    "created_at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "sha": r"[0-9a-f]{40}",
    "customer_id": r"cust_[0-9a-z]{14}",
    "timezone": r"[A-Z]\w+/\w+",
    "iban": r"DE\d{20}",
    "description": r"[A-Z][^.]+\. [A-Z][^.]+\.",
    "mime_type": r"\w+/\w+",
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_a_text_looks_like_what_it_is_called(name: str) -> None:
    thing = {"type": "object", "required": [name], "properties": {name: {"type": "string"}}}
    for value in many(thing, 20):
        assert re.fullmatch(LOOKS[name], value[name]), value


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("latitude", -90, 90), ("longitude", -180, 180), ("rating", 1, 5), ("age", 19, 78),
        ("percentage", 0, 100), ("year", 2015, 2026), ("status_code", 200, 200), ("page", 1, 1),
    ],
)  # fmt: skip
def test_a_number_lies_where_its_name_says(name: str, low: int, high: int) -> None:
    for kind in ("integer", "number"):
        thing = {"type": "object", "required": [name], "properties": {name: {"type": kind}}}
        assert all(low <= value[name] <= high for value in many(thing, 20))


@pytest.mark.parametrize(
    ("owner", "form"),
    [
        ("Customer", r"\S+ \S.*"),
        ("Product", r"[A-Z]\w+ [A-Z].+"),
        ("Repository", r"[a-z]+-[a-z]+"),
        ("Attachment", r"[a-z]+-\d+\.[a-z]+"),
        ("Server", r"[a-z]+-\d\d"),
        ("Pet", r"[A-Z][a-z]+"),
    ],
)
def test_the_name_of_a_thing_is_that_of_its_kind(owner: str, form: str) -> None:
    schema = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    made_by = Maker({"components": {"schemas": {owner: schema}}}, dialect="3.0")
    for seed in range(20):
        value = drawn(made_by, seed, {"$ref": f"#/components/schemas/{owner}"})
        assert re.fullmatch(form, value["name"]), value


def test_no_text_is_a_placeholder() -> None:
    names = ("name", "title", "label", "foo", "value", "data", "text", "key", "type", "field")
    thing = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    told = " ".join(text for value in many(thing, 50) for text in value.values()).lower()
    assert not {"string", "lorem", "ipsum", "dolor", "foo"} & set(re.findall(r"[a-z]+", told))


def test_bounds_come_before_looks() -> None:
    thing = {
        "type": "object",
        "required": ["country", "rating", "email", "name"],
        "properties": {
            "country": {"type": "string", "maxLength": 2},
            "rating": {"type": "integer", "minimum": 70},
            "email": {"type": "string", "pattern": "^[A-Z]{4}$"},
            "name": {"type": "string", "maxLength": 3},
        },
    }
    for value in many(thing, 30):
        assert re.fullmatch("[A-Z]{2}", value["country"])
        assert value["rating"] >= 70
        assert re.fullmatch("[A-Z]{4}", value["email"])
        assert 1 <= len(value["name"]) <= 3


def test_a_harmless_hint_is_followed_and_no_other() -> None:
    properties: dict[str, Any] = {
        "a": {"type": "string", "x-faker": "internet.email"},
        "b": {"type": "string", "x-faker": "company.companyName"},
        "c": {"type": "string", "x-faker": "__import__('os').system('true')"},
        "d": {"type": "string", "x-faker": {"name.firstName": []}},
    }
    value = drawn(maker({"type": "object", "properties": properties}))
    assert "@example." in value["a"]
    assert all(value.values())


def test_names_are_those_of_the_locale() -> None:
    thing = {"type": "object", "properties": {"last_name": {"type": "string"}}}
    german = {value["last_name"] for value in many(thing, 40, locale="de_DE")}
    american = {value["last_name"] for value in many(thing, 40)}
    assert len(german & american) < 5


def test_a_locale_nobody_knows_is_refused() -> None:
    with pytest.raises(SetupError, match="xx_XX"):
        maker({}, locale="xx_XX")


def test_a_name_from_outside_tells_as_well() -> None:
    made_by = Maker(document({"type": "string"}), dialect="3.0")
    assert "@" in drawn(made_by, 1, THING, name="email")
    assert re.fullmatch("[A-Z]{3}", drawn(made_by, 1, THING, name="currency", parent="account"))
