from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.chaos import HeaderMatch, Pattern, RequestFacts, RequestMatch
from tests.chaos.scene import request

CREATE = request("POST", "/v1/bookings/bk_1/cancel", "cancelBooking", {"x-test": "one two"})


def test_a_match_without_conditions_meets_everything() -> None:
    assert RequestMatch().fits(CREATE)
    assert RequestMatch().fits(request(operation_id=None))


@pytest.mark.parametrize(
    "match",
    [
        RequestMatch(operation_id="cancelBooking"),
        RequestMatch(method="POST"),
        RequestMatch(path=Pattern("/v1/bookings/bk_1/cancel")),
        RequestMatch(path=Pattern("/v1/bookings/*/cancel")),
        RequestMatch(path=Pattern("/v1/*")),
        RequestMatch(header=HeaderMatch("X-Test")),
        RequestMatch(header=HeaderMatch("x-test", Pattern("one two"))),
        RequestMatch(header=HeaderMatch("x-test", Pattern("one*"))),
        RequestMatch("cancelBooking", "POST", Pattern("*cancel"), HeaderMatch("x-test")),
    ],
)
def test_each_condition_meets_what_it_names(match: RequestMatch) -> None:
    assert match.fits(CREATE)


@pytest.mark.parametrize(
    "match",
    [
        RequestMatch(operation_id="cancelbooking"),
        RequestMatch(method="GET"),
        RequestMatch(path=Pattern("/v1/bookings")),
        RequestMatch(path=Pattern("/v1/bookings/*/cancel/")),
        RequestMatch(header=HeaderMatch("x-other")),
        RequestMatch(header=HeaderMatch("x-test", Pattern("one"))),
    ],
)
def test_each_condition_leaves_the_rest_alone(match: RequestMatch) -> None:
    assert not match.fits(CREATE)


@pytest.mark.parametrize(
    "wrong",
    [
        request("GET", "/v1/a", "op", {"x": "1"}),
        request("POST", "/v2/a", "op", {"x": "1"}),
        request("POST", "/v1/a", "other", {"x": "1"}),
        request("POST", "/v1/a", "op", {"x": "2"}),
    ],
)
def test_one_condition_that_fails_is_enough_to_be_left_alone(wrong: RequestFacts) -> None:
    match = RequestMatch("op", "POST", Pattern("/v1/*"), HeaderMatch("x", Pattern("1")))
    assert match.fits(request("POST", "/v1/a", "op", {"x": "1"}))
    assert not match.fits(wrong)


def test_a_star_may_stand_for_nothing_but_texts_never_overlap() -> None:
    assert Pattern("/v1/*").fits("/v1/")
    assert Pattern("ab*bc").fits("abbc")
    assert not Pattern("ab*bc").fits("abc")


@given(st.text("ab*", max_size=8), st.text("ab*", max_size=10))
def test_a_pattern_means_what_the_regular_expression_means(pattern: str, value: str) -> None:
    meaning = ".*".join(re.escape(part) for part in pattern.split("*"))
    assert Pattern(pattern).fits(value) == bool(re.fullmatch(meaning, value))
