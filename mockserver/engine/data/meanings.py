"""What a property is about, told from its name and from what it belongs to."""

from __future__ import annotations

from typing import Any

from mockserver.engine.data.naming import joined, words_of
from mockserver.engine.data.vocabulary import (
    BY_LAST,
    BY_NAME,
    HINTS,
    MAIN_NAMES,
    NAMES_BY_THING,
    OFTEN,
    PERSONAL,
    SELDOM,
)

Words = tuple[str, ...]

_TITLES = {"book": "book", "event": "event", "course": "course", "job": "job"}


def text_meaning(name: str, parent: str) -> str | None:
    """The fact that a text of this name tells in a thing of that kind; None when nobody can say."""
    words = words_of(name)
    whole = joined(name)
    if not words:
        return None
    owner = words_of(parent)
    if is_main(name) or whole == "names":
        return name_of(owner, whole)
    if whole == "state" and set(owner) & {"address", "location", "place"}:
        return "region_code"
    if whole in {"first", "last"} and "name" in owner:
        return f"{whole}_name"
    if whole == "locale" and "_" in name:
        return "locale_underscored"
    return BY_NAME.get(whole) or _by_ending(words)


def _by_ending(words: Words) -> str | None:
    last = words[-1].rstrip("s") if words[-1] not in BY_LAST and words[-1] != "s" else words[-1]
    if last in {"id", "uid"} or words[-1] in {"ids", "id"}:
        return "prefixed_id"
    if last in {"name", "title"} and len(words) > 1:
        return name_of(words[:-1], last)
    pair = "".join(words[-2:])
    return BY_NAME.get(pair) or BY_LAST.get(last) or _person_like(words)


def _person_like(words: Words) -> str | None:
    return "full_name" if words[-1] == "by" and len(words) > 1 else None


def name_of(owner: Words, asked: str = "name") -> str:
    """The fact that the name or title of a thing of this kind tells."""
    if asked == "title":
        found = next((_TITLES[word] for word in reversed(owner) if word in _TITLES), None)
        if found or not set(owner) - PERSONAL:
            return found or ("job" if owner else "phrase")
    for word in reversed(owner):
        for form in (word, word.removesuffix("s"), word.removesuffix("ies") + "y"):
            if form in NAMES_BY_THING:
                return NAMES_BY_THING[form]
    return "phrase"


def hinted(hint: Any) -> str | None:
    """The fact that an `x-faker` hint asks for, where it names one that is known."""
    if isinstance(hint, dict):
        hint = next(iter(hint), None)
    if not isinstance(hint, str):
        return None
    key = hint.strip("{} ").split("(")[0].lower()
    ending = key.rsplit(".", 1)[-1].replace("_", "")
    return HINTS.get(key) or BY_NAME.get(ending)


def is_main(name: str) -> bool:
    """Whether a member of this name says what the thing is called."""
    return joined(name) in MAIN_NAMES


def likely_true(name: str) -> float:
    """How often a flag of this name is set, from 0 to 1."""
    words = set(words_of(name))
    if words & SELDOM:
        return 0.12
    return 0.85 if words & OFTEN else 0.5
