"""Texts are written from patterns of every dialect that documents are written in."""

from __future__ import annotations

from random import Random

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.engine.data.patterns import Template
from tests.engine.data.drawing import many

PATTERNS = [
    r"^\d{3}-\d{2}$", r"^[A-Za-z_$][\w$]*$", r"^(?:a|bc){2,4}d?$", r"^[^aeiou\W\d_]+$",
    r"^(?<year>\d{4})-(?<month>0[1-9]|1[0-2])$", r"^\p{Lu}\p{L}+$", r"^[\p{L}\p{N} ]{3,}$",
    r"^\/[a-z]+(\/[a-z]+)*$", r"^#[0-9a-fA-F]{6}$", r"^\S+@\S+\.\S+$", r"^.{5}$", r"^(a)(b)\2\1$",
    r"^[!-~]{8}$", r"^\u00e9+$", r"^(?=.{6,9}$)[a-z]+\d$", r"^(?!admin)[a-z]{5}$", r"\.png$",
    r"^[\s\S]{4,}$", r"^$|^x$", r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", r"^arn:aws:[a-z]+:\d{12}:.*$",
    r"^([0-9]|[1-9][0-9]|1[0-9]{2})(\.[0-9]+)*$", r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_found_in_what_is_made_for_it(pattern: str) -> None:
    judge = jsonschema_rs.Draft202012Validator({"pattern": pattern})
    for text in many({"type": "string", "pattern": pattern}, 20):
        assert judge.is_valid(text), text


PIECES = st.sampled_from(["a", "[b-f]", r"\d", "[^x]", ".", r"\w", "(gh|i)", r"\.", "[A-Z0-9_-]"])
REPEATS = st.sampled_from(["", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}"])


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(PIECES, REPEATS), min_size=1, max_size=6), st.integers(0, 12))
def test_any_simple_pattern_is_written_right_at_once(
    parts: list[tuple[str, str]], most: int
) -> None:
    pattern = f"^{''.join(piece + repeat for piece, repeat in parts)}$"
    template = Template(pattern)
    judge = jsonschema_rs.Draft202012Validator({"pattern": pattern})
    for exact in (False, True):
        assert judge.is_valid(template.text(Random(most), most, ahead=False, exact=exact))


@pytest.mark.parametrize(("least", "most"), [(1, 1), (17, 17), (100, 120), (3, 5000)])
def test_a_pattern_is_written_as_long_as_it_must_be(least: int, most: int) -> None:
    thing = {"type": "string", "pattern": "^[a-z0-9]+$", "minLength": least, "maxLength": most}
    assert all(least <= len(text) <= most for text in many(thing, 20))


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        Template("^(a{1000}){10000}$").text(Random(1), 0, ahead=False)


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        Template("(")


def test_a_pattern_is_written_within_a_format() -> None:
    thing = {"type": "string", "format": "uri", "pattern": r".+/v[0-1](\.[0-9]+)*/?$"}
    judge = jsonschema_rs.Draft202012Validator(thing, validate_formats=True)
    assert all(judge.is_valid(text) for text in many(thing, 20))
