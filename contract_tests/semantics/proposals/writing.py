"""A draft as YAML for people: short values on one line, comments where they help."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from contract_tests.semantics.proposals.draft import Draft, Path

Json = Any
_WIDTH = 100
# Members whose own members always have a line each.
_OPEN = {"resources", "collections", "credentials", "valid", "values", "body"}


def text_of(draft: Draft) -> str:
    """The whole file."""
    return "\n".join(_lines(draft, draft.raw, ())) + "\n"


def _lines(draft: Draft, value: dict[str, Json], path: Path) -> Iterator[str]:
    indent = "  " * len(path)
    for name, member in value.items():
        here = (*path, name)
        if len(here) <= 1 or (len(here) == 2 and path[0] in ("resources", "collections")):
            yield ""
        for note in draft.notes.get(here, ()):
            yield from _comment(indent, note)
        yield from _member(draft, name, member, here)
        inner = indent + "  " if len(here) > 1 else indent
        for line in draft.below.get(here, ()):
            yield f"{inner}# {line}".rstrip() if line else ""


def _member(draft: Draft, name: str, member: Json, path: Path) -> Iterator[str]:
    indent = "  " * (len(path) - 1)
    key = _flow(name)
    line = f"{indent}{key}: {_flow(member)}"
    is_table = isinstance(member, dict) and bool(member)
    has_notes = any(each[: len(path)] == path and each != path for each in _noted(draft))
    if is_table and (name in _OPEN or has_notes or len(path) <= 2 or len(line) > _WIDTH):
        yield f"{indent}{key}:"
        yield from _lines(draft, member, path)
    elif isinstance(member, list) and member and (len(path) <= 1 or len(line) > _WIDTH):
        yield f"{indent}{key}:"
        yield from (f"{indent}  - {_flow(each)}" for each in member)
    else:
        yield line


def _noted(draft: Draft) -> list[Path]:
    return [*draft.notes, *draft.below]


def _comment(indent: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# "
    )


def _flow(value: Json) -> str:
    """A value on one line of YAML."""
    text = yaml.safe_dump(
        value, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False
    )
    return str(text.removesuffix("\n").removesuffix("\n...").strip())
