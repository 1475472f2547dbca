from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.report.json_diff import diff_lines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


def _told(expected: Any, got: Any) -> list[str]:
    return [f"{line.kind} {line.text}" for line in diff_lines(expected, got)]


@pytest.mark.parametrize(
    ("expected", "got", "told"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        (1, True, ["- 1", "+ true"]),
        (
            {"a": 1, "b": 2},
            {"a": 1, "b": 5},
            ["  {", "…   1 member the same", '-   "b": 2', '+   "b": 5', "  }"],
        ),
        ({"a": 1}, {}, ["  {", '-   "a": 1', "  }"]),
        ({}, {"a": None}, ["  {", '+   "a": null', "  }"]),
        ([1, 2, 3], [2, 3], ["  [", "-   1", "…   2 elements the same", "  ]"]),
        (
            {"a": [{"id": 1, "n": 1}]},
            {"a": [{"id": 1, "n": 2}]},
            [
                "  {",
                '    "a": [',
                "      {",
                "…       1 member the same",
                '-       "n": 1',
                '+       "n": 2',
                "      }",
                "    ]",
                "  }",
            ],
        ),
    ],
)  # fmt: skip
def test_lines_are(expected: Any, got: Any, told: list[str]) -> None:
    assert _told(expected, got) == told


@given(JSON)
def test_equal_values_differ_in_nothing(value: Any) -> None:
    assert diff_lines(value, value) == ()


@given(JSON, JSON)
def test_values_that_differ_show_it(one: Any, other: Any) -> None:
    if json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
        assert any(line.kind in ("-", "+") for line in diff_lines(one, other))


def test_a_long_difference_is_cut() -> None:
    lines = diff_lines(list(range(5_000)), list(range(5_000, 10_000)))
    assert len(lines) == 301
    assert "cut" in lines[-1].text
