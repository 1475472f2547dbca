"""`Prefer` and `__…` are read by RFC 7240, and nothing known is dropped without a word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.wire.steering import NONE, Preferences, joined_prefer, parse_preferences


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("code=404", {"code": 404}),
        ("statusCode=404", {"code": 404}),
        ("STATUSCODE = 404", {"code": 404}),
        ('code="404"', {"code": 404}),
        ("example=not_found", {"example": "not_found"}),
        ('example="a, b; c=\\"d\\""', {"example": 'a, b; c="d"'}),
        ("dynamic=true", {"dynamic": True}),
        ("dynamic=FALSE", {"dynamic": False}),
        ("seed=abc", {"seed": "abc"}),
        ("delay=0", {"delay_ms": 0}),
        ("delay=60000", {"delay_ms": 60_000}),
        ("explain", {"explain": True}),
        ("explain=true", {"explain": True}),
        ("explain=false", {"explain": False}),
        ("handling=strict", {"strict": True}),
        ("handling=lenient", {"lenient": True}),
        ("code=404,example=x , delay=5", {"code": 404, "example": "x", "delay_ms": 5}),
        ("respond-async, wait=10, code=201; foo=bar", {"code": 201}),
        (",, ;, =x, code=500", {"code": 500}),
        ("", {}),
    ],
)
def test_a_header_is_read(header: str, expected: dict[str, Any]) -> None:
    assert parse_preferences(header, "")[0] == Preferences(**expected)


@pytest.mark.parametrize(
    ("query", "expected", "rest"),
    [
        ("__code=404", {"code": 404}, ""),
        ("page=2&__code=404&q=a%2Cb+c", {"code": 404}, "page=2&q=a%2Cb+c"),
        ("%5F%5Fexample=a%20b", {"example": "a b"}, ""),
        (
            "__dynamic=false&__seed=1&__delay=20",
            {"dynamic": False, "seed": "1", "delay_ms": 20},
            "",
        ),
        ("__explain&__statusCode=201", {"explain": True, "code": 201}, ""),
        ("__handling=strict&a", {"strict": True}, "a"),
        ("per_page=1&_code=404&x__y=1", {}, "per_page=1&_code=404&x__y=1"),
        ("a=%FF&&b", {}, "a=%FF&&b"),
    ],
)
def test_a_query_is_read_and_left_without_what_is_reserved(
    query: str, expected: dict[str, Any], rest: str
) -> None:
    assert parse_preferences("", query) == (Preferences(**expected), rest)


def test_a_request_without_preferences_costs_nothing() -> None:
    assert parse_preferences("", "page=1&per_page=2") == (NONE, "page=1&per_page=2")
    assert parse_preferences("", "page=1")[0] is NONE


def test_a_known_name_after_a_semicolon_is_taken_and_told() -> None:
    preferences, _ = parse_preferences("dynamic=true; seed=abc", "")
    assert (preferences.dynamic, preferences.seed) == (True, "abc")
    assert "'seed' after ';'" in preferences.notes[0]


def test_the_first_of_several_counts_and_the_header_goes_before_the_query() -> None:
    preferences, _ = parse_preferences("code=404, statusCode=500", "__code=201")
    assert preferences.code == 404
    assert len(preferences.notes) == 2


def test_an_unknown_reserved_name_is_taken_out_and_told() -> None:
    preferences, rest = parse_preferences("", "__cod=404&a=1")
    assert rest == "a=1"
    assert "'__cod' is reserved" in preferences.notes[0]


@pytest.mark.parametrize(
    "header",
    ["code=99", "code=600", "code=abc", "code", "code=4040", "code=٤٠٤", "delay=-1", "delay=60001",
     "delay=1.5", "delay", "dynamic=yes", "dynamic", "explain=maybe", "example", "seed=",
     "handling=harsh"],
)  # fmt: skip
def test_a_known_preference_that_means_nothing_is_told(header: str) -> None:
    preferences, _ = parse_preferences(header, "")
    assert len(preferences.unusable) == 1
    assert not preferences.chooses


def test_a_reserved_value_that_is_not_utf8_is_told() -> None:
    preferences, rest = parse_preferences("", "__example=%FF")
    assert rest == ""
    assert preferences.unusable == ("__example is not percent-encoded UTF-8.",)


def test_several_headers_count_as_one() -> None:
    headers = [(b"Prefer", b"code=404"), (b"accept", b"*/*"), (b"prefer", "example=größe".encode())]
    assert joined_prefer(headers) == "code=404, example=größe"
    assert joined_prefer([(b"prefer", b"example=gr\xf6")]) == "example=grö"
    assert joined_prefer([]) == ""


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_reader(header: str, query: str) -> None:
    preferences, rest = parse_preferences(header, query)
    assert parse_preferences("", rest)[0] == NONE
    assert preferences.code is None or 200 <= preferences.code <= 599
