"""What an action does to a record: `cancel` makes it cancelled, and notes when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mockserver.engine.facts import instant_in, times_of
from mockserver.engine.names import plain, words
from mockserver.engine.shapes import Shape, Shapes

Json = Any
_STATUSES = ("status", "state", "phase", "lifecyclestate")
_ENDINGS = ("ated", "ating", "ed", "ing", "ate", "e", "s")
_LEAST = 3
# Verbs whose outcome is spelt otherwise.
_OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "pay": ("paid",),
    "reopen": ("open", "opened"),
    "resume": ("active", "running"),
    "unarchive": ("active",),
    "undelete": ("active",),
    "restore": ("active", "restored"),
    "reactivate": ("active",),
    "deactivate": ("inactive", "deactivated", "disabled"),
    "unsuspend": ("active",),
    "start": ("started", "running", "inprogress", "active"),
    "run": ("running",),
    "stop": ("stopped", "stopping"),
    "send": ("sent",),
    "submit": ("submitted",),
    "ship": ("shipped",),
    "finish": ("finished", "completed", "done"),
    "complete": ("completed", "complete", "done"),
    "hold": ("onhold", "held"),
    "withdraw": ("withdrawn",),
    "freeze": ("frozen",),
    "lose": ("lost",),
    "enable": ("enabled", "active"),
    "disable": ("disabled", "inactive"),
}
# Verbs that clear the flag which the rest of their name sets.
_CLEARING = (("un", ""), ("de", ""), ("dis", "en"))


def effect_of(shapes: Shapes, shape: Shape, verb: str, now: datetime) -> dict[str, Json]:
    """The members that an action sets, by the stem of its verb; empty when none has that stem."""
    found: dict[str, Json] = {}
    stem = plain(words(verb)[0]) if words(verb) else ""
    for name, node in shape.members.items():
        member = shapes.flat(node)
        if plain(name) in _STATUSES and member.enum:
            outcome = _outcome(stem, member.enum)
            found.update({} if outcome is None else {name: outcome})
        elif member.kind == "boolean" and (flag := _flag(stem, name)) is not None:
            found[name] = flag
        elif words(name)[-1:] in (("at",), ("on",), ("time",), ("date",)) and _same_stem(
            words(name)[0], stem
        ):
            at = instant_in(shapes, node, now, name)
            found.update({} if at is None else {name: at})
    return {**times_of(shapes, shape, now, is_new=False), **found} if found else {}


def _outcome(stem: str, enum: tuple[Json, ...]) -> Json:
    texts = {plain(value): value for value in enum if isinstance(value, str)}
    for wanted in _OUTCOMES.get(stem, ()):
        if wanted in texts:
            return texts[wanted]
    return next((value for name, value in texts.items() if _same_stem(name, stem)), None)


def _flag(stem: str, name: str) -> bool | None:
    """Whether an action sets or clears a flag; None when it has nothing to do with it."""
    bare = plain(name).removeprefix("is")
    if _same_stem(bare, stem):
        return True
    for prefix, instead in _CLEARING:
        if stem.startswith(prefix) and _same_stem(bare, instead + stem.removeprefix(prefix)):
            return False
    return None


def _same_stem(one: str, other: str) -> bool:
    first, second = _stem(one), _stem(other)
    return len(first) >= _LEAST and first == second


def _stem(word: str) -> str:
    """A word without its ending, and without a doubled last letter (`cancelled`, `cancel`)."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _LEAST and word[-1] == word[-2] else word
