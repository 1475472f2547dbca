"""The sentences of a page, and the table that says which tests hold them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\w`*<\[])")
_RULE_OF_A_TABLE = re.compile(r"[|\s:-]+")


def sentences(text: str) -> list[str]:
    """What a page says, piece by piece: sentences, rows of tables, comments behind commands.

    Left out are headings, and blocks of code but for those comments.
    """
    told: list[str] = []
    for number, part in enumerate(_CODE.split(text)):
        match number % 3:
            case 0:
                told += _prose(part)
            case 2:
                told += re.findall(r"(?m)\S +(# .+)$", part)
    return told


def _prose(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n|\n(?=- |\| |#)", text.strip()):
        line = " ".join(block.split())
        if line.startswith(("|", "!")):
            yield from [] if _RULE_OF_A_TABLE.fullmatch(line) else [line]
        elif line and not line.startswith("#"):
            yield from _END_OF_SENTENCE.split(line.removeprefix("- "))


@cache
def names_in(module: str) -> frozenset[str]:
    """The names of the tests in a module, by its path below `tests`; none when there is no such."""
    path = ROOT / "tests" / module
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_"
    )
