"""JSON pointers lead where RFC 6901 says, and change copies only."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from contract_tests import pointers
from contract_tests.pointers import MISSING

# The document and the pointers of RFC 6901, section 5, without those for empty names.
RFC = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", RFC),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/m~0n", 8),
        ("/ ", 7),
        ("/foo/2", MISSING),
        ("/foo/-", MISSING),
        ("/foo/bar", MISSING),
        ("/nothing/at/all", MISSING),
    ],
)
def test_a_pointer_finds_what_it_names(pointer: str, value: Any) -> None:
    found = pointers.get(RFC, pointer)
    assert found is value or found == value


def test_null_is_there_and_what_is_missing_is_not() -> None:
    assert pointers.get({"a": None}, "/a") is None
    assert pointers.get({}, "/a") is MISSING
    assert not MISSING


@pytest.mark.parametrize("name", ["a/b", "m~n", "~1", "", "plain", "ü"])
def test_a_name_survives_being_written_and_read(name: str) -> None:
    assert pointers.parts_of(pointers.joined([name, "x"])) == [name, "x"]


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ({"a": 1}, "/b", {"a": 1, "b": "new"}),
        ({"a": {"b": 1}}, "/a/b", {"a": {"b": "new"}}),
        ({}, "/a/b/c", {"a": {"b": {"c": "new"}}}),
        ({"a": [1, 2]}, "/a/1", {"a": [1, "new"]}),
        ({"a": None}, "/a/b", {"a": {"b": "new"}}),
        ({"a": 1}, "", "new"),
    ],
)
def test_putting_changes_a_copy(before: Any, pointer: str, after: Any) -> None:
    untouched = deepcopy(before)
    assert pointers.put(before, pointer, "new") == after
    assert before == untouched


@pytest.mark.parametrize(
    ("pointer", "after"),
    [
        ("/a", {"b": [1, 2]}),
        ("/b/0", {"a": 1, "b": [2]}),
        ("/c", {"a": 1, "b": [1, 2]}),
        ("/b/7", {"a": 1, "b": [1, 2]}),
    ],
)
def test_dropping_changes_a_copy(pointer: str, after: Any) -> None:
    value = {"a": 1, "b": [1, 2]}
    assert pointers.dropped(value, pointer) == after
    assert value == {"a": 1, "b": [1, 2]}


def test_differences_name_each_place_and_both_values() -> None:
    before = {"same": 1, "gone": 2, "list": [1, {"x": 1}], "short": [1]}
    after = {"same": 1, "new": 3, "list": [1, {"x": 2}], "short": []}
    assert list(pointers.differences(before, after)) == [
        ("/gone", 2, MISSING),
        ("/list/1/x", 1, 2),
        ("/short", [1], []),
        ("/new", MISSING, 3),
    ]


def test_true_is_not_one() -> None:
    assert list(pointers.differences({"a": 1}, {"a": True})) == [("/a", 1, True)]


@pytest.mark.parametrize(
    ("pointer", "pattern", "fits"),
    [
        ("/a/b", "/a", True),
        ("/a", "/a/b", False),
        ("/a/0/b", "/a/*/b", True),
        ("/a/b/c/id", "/**/id", True),
        ("/id", "/**/id", True),
        ("/a/b", "", True),
        ("/ab", "/a", False),
    ],
)
def test_a_pattern_covers_what_lies_below_it(pointer: str, pattern: str, fits: bool) -> None:
    assert pointers.matches(pointer, pattern) is fits
