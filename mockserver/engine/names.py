"""Names as documents write them: `petId`, `pet_id` and `Pet-ID` are one."""

from __future__ import annotations

import re
from functools import lru_cache

import inflection

_PARTS = re.compile(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters."""
    parted = _PARTS.sub(r"\1\3_\2\4", name).lower()
    return tuple(word for word in _OTHER.split(parted) if word)


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without case and separators, so that spellings of one name are equal."""
    return "".join(words(name))


@lru_cache(maxsize=20_000)
def singular(name: str) -> str:
    """A name in snake case with its last word in the singular."""
    parts = words(name)
    return "_".join((*parts[:-1], str(inflection.singularize(parts[-1])))) if parts else ""


def same_kind(one: str, other: str) -> bool:
    """Whether two names mean one kind of thing, in the singular or the plural."""
    return singular(one).replace("_", "") == singular(other).replace("_", "")
