"""Forms, files, texts and what nobody looks into: a value each, and never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.foreign import ForeignCompiler
from mockserver.contract.media import MediaTypes, is_json
from mockserver.contract.payloads import read_payload, written
from mockserver.contract.shapes import Shape

SCHEMA = {
    "type": "object",
    "required": ["age"],
    "properties": {
        "age": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "home": {"type": "object", "properties": {"zip": {"type": "integer"}}},
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
        "photo": {"type": "string", "format": "binary"},
    },
}
LINE = {"type": "object", "properties": {"n": {"type": "integer"}}}
DOCUMENT = {"openapi": "3.0.3", "components": {"schemas": {"Line": LINE}}}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"


def _read(text: bytes, content_type: str, schema: Any = SCHEMA, encoding: Any = None) -> Any:
    validator = ForeignCompiler(DOCUMENT, "3.0").compile(schema, "request")
    return read_payload(text, content_type, validator, Shape(DOCUMENT, schema), encoding)


def _parts(*parts: bytes) -> bytes:
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"age=7", {"age": 7}),
        (b"age=7&tags=a&tags=b", {"age": 7, "tags": ["a", "b"]}),
        (b"age=7&tags%5B%5D=a", {"age": 7, "tags": ["a"]}),
        (b"age=7&home[zip]=1", {"age": 7, "home": {"zip": 1}}),
        (b"age=7&lines[0][n]=1&lines[1][n]=2", {"age": 7, "lines": [{"n": 1}, {"n": 2}]}),
        (b'age=7&home={"zip":1}', {"age": 7, "home": {"zip": 1}}),
        (b"age=7&other=%C3%A4+b", {"age": 7, "other": "ä b"}),
    ],
)
def test_a_form_is_an_object_of_what_its_texts_mean(text: bytes, value: Any) -> None:
    assert _read(text, FORM) == (value, [])


def test_a_list_in_one_text_is_taken_apart_where_the_document_says_so() -> None:
    encoding = {"tags": {"style": "form", "explode": False}}
    assert _read(b"age=7&tags=a,b", FORM, encoding=encoding)[0]["tags"] == ["a", "b"]


@pytest.mark.parametrize(("text", "said"), [(b"age=x", "'age' must be an integer"), (b"", "'age'")])
def test_a_form_is_held_to_its_schema(text: bytes, said: str) -> None:
    _, (problem,) = _read(text, FORM)
    assert problem.sentence.startswith(said)


def test_the_parts_of_a_multipart_body_are_its_members() -> None:
    age = b'Content-Disposition: form-data; name="age"\r\n\r\n7'
    home = b'Content-Disposition: form-data; name="home"\r\nContent-Type: application/json\r\n\r\n'
    photo = (b'Content-Disposition: form-data; name="photo"; filename="a.png"\r\n'
             b"Content-Type: image/png\r\n\r\n\x89PNG\xff")  # fmt: skip
    value, found = _read(_parts(age, home + b'{"zip":1}', photo), MULTIPART)
    assert found == []
    assert (value["age"], value["home"]) == (7, {"zip": 1})
    assert value["photo"].startswith("\ufffdPNG")


@pytest.mark.parametrize("content_type", ["multipart/form-data", MULTIPART])
def test_a_multipart_body_without_parts_is_told(content_type: str) -> None:
    _, (problem,) = _read(b"nothing of the kind", content_type)
    assert problem.keyword in {"form", "required"}


def test_a_text_is_held_to_its_schema_and_what_is_opaque_is_not() -> None:
    short = {"type": "string", "maxLength": 2}
    assert _read(b"ab", "text/plain; charset=utf-8", short) == ("ab", [])
    assert _read(b"abc", "text/plain", short)[1][0].keyword == "maxLength"
    assert _read("ä".encode("latin-1"), "text/plain; charset=latin-1", short) == ("ä", [])
    assert _read(b"<a/>", "application/xml") == ("<a/>", [])
    assert _read(b"\xff\x00", "application/octet-stream")[1] == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([FORM, MULTIPART, "text/plain; charset=no-such"]))
def test_no_bytes_make_it_fail(text: bytes, content_type: str) -> None:
    value, found = _read(text, content_type)
    assert found or isinstance(value, dict | str)


@pytest.mark.parametrize(
    ("declared", "sent", "name"),
    [
        (["application/json"], "application/json", "application/json"),
        (["application/json; charset=utf-8"], "application/json",
         "application/json; charset=utf-8"),
        (["*/*"], "text/plain", "*/*"),
        (["application/*", "*/*"], "application/xml", "application/*"),
        (["text/*"], "application/json", None),
        (["application/json"], "", None),
        (["*/*"], "", "*/*"),
    ],
)  # fmt: skip
def test_a_media_type_is_found_by_its_name_or_a_range(
    declared: list[str], sent: str, name: str | None
) -> None:
    types = MediaTypes({each: each for each in declared})
    assert types.name_of(sent) == name
    assert types.match(sent) == name


def test_a_body_is_written_as_its_media_type_says() -> None:
    assert written("application/problem+json", {"a": 1}) == b'{"a":1}'
    assert written("text/csv", "a;b") == b"a;b"
    assert written("image/png", b"\x89") == b"\x89"
    assert written(FORM, {"a": "b c", "n": 1}) == b"a=b+c&n=1"
    assert not is_json("text/plain")
