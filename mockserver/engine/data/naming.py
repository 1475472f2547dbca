"""Names taken apart into words, and lists of words written as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The lower-case words of a name in any spelling: `createdAt`, `created_at`, `Created-At`."""
    parted = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3 \2\4", name)
    return tuple(re.findall(r"[a-z]+|\d+", parted.lower()))


def joined(name: str) -> str:
    """The words of a name without what separates them: `createdat`."""
    return "".join(words_of(name))


def singular(word: str) -> str:
    """A name without the ending of its plural, as far as an ending tells."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def spelled(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def inverted(table: Mapping[str, str]) -> dict[str, str]:
    """Word to key, for a table of key to words; the first key that has a word counts."""
    pairs = [(word, key) for key, text in table.items() for word in text.split()]
    return dict(reversed(pairs))
