"""Texts that a regular expression finds, made by walking the tree that `re` itself parses."""

from __future__ import annotations

import random
import re
import string
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
_LETTERS = string.ascii_lowercase
_WORD = string.ascii_letters + string.digits + "_"
_PLAIN = string.ascii_letters + string.digits + " -_.,:/@+#()[]{}'\"!?%&*=;<>|~^$\\`\t\n"
_CLASSES: Mapping[str, str] = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": _WORD,
    "CATEGORY_SPACE": " ",
}
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_LONGEST = 1_000_000

# How other dialects of regular expressions spell what Python spells otherwise.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\p\{(?:L|Letter|L&|IsAlphabetic|Alphabetic|Alpha)\}|\\pL"), "a-zA-Z"),
    (re.compile(r"\\p\{(?:Lu|IsUppercase|Upper)\}"), "A-Z"),
    (re.compile(r"\\p\{(?:Ll|IsLowercase|Lower)\}"), "a-z"),
    (re.compile(r"\\p\{(?:N|Nd|Number|IsDigit|Digit)\}|\\pN"), "0-9"),
    (re.compile(r"\\p\{(?:Alnum|IsAlnum)\}"), "a-zA-Z0-9"),
    (re.compile(r"\\p\{(?:P|Punct|Punctuation|Pd)\}"), r"\\-"),
    (re.compile(r"\\p\{(?:Z|Zs|Space|IsSpace)\}"), " "),
    (re.compile(r"\\[pP]\{[^}]*\}"), "a"),
    (re.compile(r"\(\?<(?=[A-Za-z_])"), "(?P<"),
    (re.compile(r"\\u\{([0-9A-Fa-f]{1,4})\}"), r"\\u{\1}"),
    (re.compile(r"\\z"), r"\\Z"),
    (re.compile(r"\[\^\]"), r"[\\s\\S]"),
    (re.compile(r"\\([/@#%&~`'\"!=<>:;,_-])"), r"\1"),
)


class Template:
    """A parsed pattern that texts are written from.

    The texts are to be checked: back references are followed, but what looks ahead or behind is
    only guessed at.
    """

    __slots__ = ("_tree",)

    def __init__(self, pattern: str) -> None:
        """ValueError when Python cannot parse the pattern."""
        self._tree = _parsed(pattern)

    def text(self, chance: random.Random, most: int, *, ahead: bool, exact: bool = False) -> str:
        """A text in which a repeat goes at most `most` times further than it must.

        `ahead` also writes down what a look-ahead asks for; with `exact` repeats go as far as they
        may. ValueError when the text would be too long to write.
        """
        return _Writer(chance, most, ahead, exact).write(self._tree)


def _parsed(pattern: str) -> Any:
    for spelling, plain in _SPELLINGS:
        pattern = spelling.sub(plain, pattern)
    pattern = _bracketed(pattern)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _PARSER.parse(pattern, re.ASCII)
        except (re.error, OverflowError, RecursionError, ValueError) as error:
            raise ValueError(f"{pattern!r} cannot be read: {error}.") from error


def _bracketed(pattern: str) -> str:
    """Ranges that a property class left bare (`a-zA-Z+`) put in brackets of their own."""
    return _BARE_RANGES.sub(_with_brackets, pattern)


_BARE_RANGES = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|((?:[a-z0-9]-[a-z0-9]){1,3})", re.IGNORECASE)


def _with_brackets(found: re.Match[str]) -> str:
    bare = found[1] in {"a-zA-Z", "A-Z", "a-z", "0-9", "a-zA-Z0-9"}
    return f"[{found[1]}]" if bare else found[0]


class _Writer:
    __slots__ = ("_ahead", "_chance", "_exact", "_groups", "_most", "_size")

    def __init__(self, chance: random.Random, most: int, ahead: bool, exact: bool) -> None:
        self._chance = chance
        self._most = most
        self._ahead = ahead
        self._exact = exact
        self._groups: dict[int, str] = {}
        self._size = 0

    def write(self, tree: Iterable[tuple[Any, Any]]) -> str:
        return "".join([self._piece(str(kind), value) for kind, value in tree])

    def _piece(self, kind: str, value: Any) -> str:
        if kind == "LITERAL":
            return chr(value)
        if kind in _REPEATS:
            return self._repeated(*value)
        write: Callable[[Any], str] | None = getattr(self, f"_{kind.lower()}", None)
        return write(value) if write is not None else ""

    def _repeated(self, least: Any, most: Any, inner: Any) -> str:
        bound = min(int(most), int(least) + self._most)
        times = bound if self._exact else self._chance.randint(int(least), bound)
        if self._size + times > _LONGEST:
            raise ValueError(f"a text of {times} repeats is too long to write")
        self._size += times
        return "".join([self.write(inner) for _ in range(times)])

    def _subpattern(self, value: Any) -> str:
        text = self.write(value[-1])
        if value[0] is not None:
            self._groups[value[0]] = text
        return text

    def _atomic_group(self, value: Any) -> str:
        return self.write(value)

    def _branch(self, value: Any) -> str:
        return self.write(self._chance.choice(value[1]))

    def _groupref(self, value: Any) -> str:
        return self._groups.get(value, "")

    def _any(self, _: Any) -> str:
        return self._chance.choice(_LETTERS)

    def _not_literal(self, value: Any) -> str:
        return next(c for c in _LETTERS if ord(c) != value)

    def _assert(self, value: Any) -> str:
        direction, inner = value
        if direction < 0 or not self._ahead:
            return ""
        return self.write([piece for piece in inner if not _is_anything(piece)])

    def _in(self, members: list[tuple[Any, Any]]) -> str:
        kinds = [(str(kind), value) for kind, value in members]
        if kinds[0][0] == "NEGATE":
            allowed = [c for c in _PLAIN if not any(_holds(m, c) for m in kinds[1:])]
            return self._chance.choice(_readable(allowed)) if allowed else "\u00e9"
        kind, value = self._chance.choice(kinds)
        if kind == "LITERAL":
            return chr(value)
        if kind == "RANGE":
            return chr(self._chance.randint(value[0], min(value[1], _last_plain(value[0]))))
        return self._chance.choice(_of_category(str(value)))


def _is_anything(piece: tuple[Any, Any]) -> bool:
    return str(piece[0]) in _REPEATS and any(str(kind) == "ANY" for kind, _ in piece[1][2])


def _last_plain(first: int) -> int:
    """The end of the readable characters where a range starts in them."""
    return 0x7E if first < 0x7F else 0xD7FF if first < 0xD800 else 0x10FFFF


def _readable(allowed: list[str]) -> list[str]:
    letters = [c for c in allowed if c.isalnum()]
    return letters or allowed


def _of_category(name: str) -> str:
    if "_NOT_" not in name:
        return _CLASSES.get(name, "a")
    denied = _CLASSES.get(name.replace("_NOT_", "_"), "")
    return "".join(_readable([c for c in _PLAIN if c not in denied and c not in "\t\n"]))


def _holds(member: tuple[str, Any], character: str) -> bool:
    kind, value = member
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    if kind == "CATEGORY":
        inside = character in _CLASSES.get(str(value).replace("_NOT_", "_"), "")
        return inside != ("_NOT_" in str(value)) or (character in "\t\n" and "SPACE" in str(value))
    return bool(ord(character) == value)
