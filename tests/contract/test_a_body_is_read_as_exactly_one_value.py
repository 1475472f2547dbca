"""A JSON body means one thing, or it is refused: no parser may read it differently."""

from __future__ import annotations

import contextlib
import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract import ViolationError, read_json

REFUSED = {
    "nothing": b"",
    "white space": b" \n",
    "half an object": b'{"a": 1',
    "two values": b"1 2",
    "bytes that are not UTF-8": b'"\xff"',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a lone surrogate": b'"\\ud800"',
    "NaN": b"NaN",
    "infinity": b"[-Infinity]",
    "a number beyond a double": b"1e999",
    "5000 digits": b"9" * 5000,
    "100 000 brackets": b"[" * 100_000,
    "100 000 brackets, closed": b"[" * 100_000 + b"]" * 100_000,
    "101 levels": b"[" * 101 + b"]" * 101,
    "a member given twice": b'{"a": 1, "a": 2}',
    "a member given twice, deep down": b'[{"x": {"a": 1, "b": 2, "a": 1}}]',
    "a member given twice under another spelling": b'{"a": 1, "\\u0061": 2}',
    "a member given twice beside an escaped quote": b'{"a":1,"a":2,"b":"x\\u0022:"}',
    "a member given twice beside an escaped colon": b'{"a":1,"a":2,"b":"x\\"\\u003a"}',
    "a member given twice, once with a blank": b'{"a" :1,"a":2,"b":"\\":"}',
    "a trailing comma": b"[1,]",
    "a comment": b"/* */ 1",
    "single quotes": b"{'a': 1}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_one_json_value_is_refused(text: bytes) -> None:
    with pytest.raises(ViolationError) as refused:
        read_json(text)
    assert [v.keyword for v in refused.value.violations] == ["json"]
    assert [v.location for v in refused.value.violations] == ["body"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"at": "1:0", "q": "\\":", "n": {"at": 1}}', {"at": "1:0", "q": '":', "n": {"at": 1}}),
        (b"[" * 99 + b"]" * 99, None),
        (b"-9223372036854775808", -(2**63)),
        (b"9223372036854775807", 2**63 - 1),
        (b"380373157679736422400", 3.803731576797364224e20),
        (b"-1.7976931348623157e+308", -1.7976931348623157e308),
        (b"[1e30, 18446744073709551616.5]", [1e30, 18446744073709551616.5]),
        (b"1.0", 1.0),
        (b"null", None),
    ],
)  # fmt: skip
def test_what_only_looks_odd_is_read(text: bytes, value: object) -> None:
    read = read_json(text)
    if value is not None:
        assert read == value


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_every_json_value_comes_back_as_it_was_sent(value: object) -> None:
    assert read_json(orjson.dumps(value)) == value


pieces = st.lists(
    st.sampled_from(['\\"', ":", "\\u0022", "\\u003a", "a", "{", "[", " :"]), max_size=4
)
texts = pieces.map(lambda each: f'"{"".join(each)}"')


@given(st.lists(st.tuples(texts, st.sampled_from([":", " :", "\n:", ": "]), texts), max_size=5))
def test_a_member_given_twice_is_refused_however_it_is_written(
    members: list[tuple[str, str, str]],
) -> None:
    text = "{" + ",".join(map("".join, members)) + "}"
    names = [json.loads(name) for name, _, _ in members]
    if len(set(names)) == len(names):
        assert read_json(text.encode()) == json.loads(text)
    else:
        with pytest.raises(ViolationError, match="twice"):
            read_json(text.encode())


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_parse_or_be_refused(text: bytes) -> None:
    with contextlib.suppress(ViolationError):
        orjson.dumps(read_json(text))
