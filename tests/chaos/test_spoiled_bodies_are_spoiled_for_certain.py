from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.chaos import invalid_body, truncated

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a,é", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3)
    ),
).map(lambda value: json.dumps(value).encode())


@given(st.binary(min_size=1, max_size=50))
def test_a_truncated_body_is_the_beginning_of_the_whole(body: bytes) -> None:
    cut = truncated(body)
    assert body.startswith(cut)
    assert len(cut) < len(body)


def test_nothing_cannot_be_cut() -> None:
    assert truncated(b"") == b""


@given(JSON | st.binary(max_size=50))
def test_a_body_of_broken_syntax_is_never_json(body: bytes) -> None:
    broken = invalid_body(body, "syntax")
    with pytest.raises(ValueError, match=r".+"):
        json.loads(broken.decode())
    assert len(broken) == max(1, len(body))


@given(JSON)
def test_a_misshapen_body_is_json_of_another_kind(body: bytes) -> None:
    spoiled = json.loads(invalid_body(body, "shape"))
    assert type(spoiled) is not type(json.loads(body)) or not isinstance(spoiled, dict | list)
    assert spoiled != json.loads(body)


def test_a_misshapen_body_wraps_what_was_there() -> None:
    assert invalid_body(b'{"id":1}', "shape") == b'[{"id":1}]'
    assert invalid_body(b"[1]", "shape") == b'{"unexpected":[1]}'
    assert invalid_body(b"", "shape") == b"[]"
