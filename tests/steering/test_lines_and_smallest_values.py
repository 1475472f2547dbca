"""The line of every key is found, and the smallest value fits its schema."""

from __future__ import annotations

import re

import pytest

from mockserver.app import Server
from mockserver.contract import SchemaCompiler
from mockserver.contract.lines import Lines
from mockserver.contract.smallest import smallest
from mockserver.contract.witness import witness

TEXT = """\
a: &anchor
  "b/c": [1, {d~e: 2}]
  yes: on
  200: {x: y}
  2026-01-01: z
merged:
  <<: *anchor
  own: 1
alias: *anchor
"""


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("", 1),
        ("/a", 1),
        ("/a/b~1c/0", 2),
        ("/a/b~1c/1/d~0e", 2),
        ("/a/True", 3),
        ("/a/200/x", 4),
        ("/a/2026-01-01", 5),
        ("/merged/own", 8),
        ("/merged/200", 4),
        ("/alias", 9),
        ("/alias/200", 4),
        ("/a/missing/deeper", 1),
    ],
)
def test_a_pointer_has_a_line(pointer: str, line: int) -> None:
    assert Lines(TEXT).line(pointer) == line


def test_a_text_that_is_no_yaml_has_one_line() -> None:
    assert Lines("{").line("/a") == 1
    assert Lines("").line("/a") == 1
    assert Lines('{"openapi": "3.0.3",\n "paths": {}}').line("/paths") == 2


def test_a_text_that_holds_itself_is_read() -> None:
    assert Lines("a: &a\n  b: *a\n").line("/a/b") == 2


def test_the_smallest_value_fits_every_schema_of_the_contract(built: Server) -> None:
    document = built.contract.document
    compiler = SchemaCompiler(document)
    for name, schema in document["components"]["schemas"].items():
        validator = compiler.compile({"$ref": f"#/components/schemas/{name}"}, "response")
        assert validator.problems(smallest(document, schema), "body") == [], name


@pytest.mark.parametrize(
    "pattern",
    [r"^[A-Z]{2}$", r"^(a|b)+c?\.\d{3}$", r"[^a0A]", r"^\w+\s\S$", r"^x.y$", r"^[\d]{2,}$", "^$"],
)
def test_a_witness_matches(pattern: str) -> None:
    text = witness(pattern)
    assert text is not None
    assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", ["(", r"^(?!)$", r"^(a)\1\1$"])
def test_a_pattern_without_witness_has_none(pattern: str) -> None:
    assert witness(pattern) is None


def test_a_witness_is_as_long_as_it_must_be() -> None:
    assert witness(r"^[0-9]*$", 12) == "0" * 12
    assert witness(r"^[0-9]{1,3}$", 12) is None
