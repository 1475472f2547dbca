"""Texts that a regular expression finds, made by walking the tree that `re` itself parses."""

from __future__ import annotations

import random
import re
import string
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
_LONGEST = 1_000_000
_WIDEST = 500

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


@dataclass(slots=True)
class _Pen:
    """What one writing of a text goes by, and the groups it has written."""

    chance: random.Random
    most: int
    ahead: bool
    exact: bool
    longest: int
    groups: dict[int, str] = field(default_factory=dict)
    size: int = 0


_Write = Callable[[_Pen], str]


class Template:
    """A parsed pattern that texts are written from.

    The texts are to be checked: back references are followed, but what looks ahead or behind is
    only guessed at.
    """

    __slots__ = ("_write",)

    def __init__(self, pattern: str) -> None:
        """ValueError when Python cannot parse the pattern."""
        self._write = _sequence(_parsed(pattern))

    def text(
        self,
        chance: random.Random,
        most: int,
        *,
        ahead: bool,
        exact: bool = False,
        longest: int = _LONGEST,
    ) -> str:
        """A text in which a repeat goes at most `most` times further than it must.

        `ahead` also writes down what a look-ahead asks for; with `exact` repeats go as far as they
        may. ValueError when that takes more than `longest` repeats in all.
        """
        return self._write(_Pen(chance, most, ahead, exact, longest))


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


def _sequence(tree: Iterable[tuple[Any, Any]]) -> _Write:
    pieces = [_piece(str(kind), value) for kind, value in tree]
    if len(pieces) == 1:
        return pieces[0]
    return lambda pen: "".join([write(pen) for write in pieces])


def _piece(kind: str, value: Any) -> _Write:
    make = _MAKERS.get(kind)
    return make(value) if make is not None else _one_of(_members(kind, value))


def _constant(text: str) -> _Write:
    return lambda _: text


def _repeated(least: int, most: int, write: _Write) -> _Write:
    def written(pen: _Pen) -> str:
        times = min(most, least + pen.most)
        if times > least and not pen.exact:
            times = least + int(pen.chance.random() * (times - least + 1))
        pen.size += times
        if pen.size > pen.longest:
            raise ValueError(f"a text of {pen.size} repeats is too long to write")
        return "".join([write(pen) for _ in range(times)])

    return written


def _group(number: int | None, write: _Write) -> _Write:
    if number is None:
        return write

    def written(pen: _Pen) -> str:
        text = pen.groups[number] = write(pen)
        return text

    return written


def _branch(branches: list[_Write]) -> _Write:
    return lambda pen: branches[int(pen.chance.random() * len(branches))](pen)


def _ahead(write: _Write) -> _Write:
    return lambda pen: write(pen) if pen.ahead else ""


def _asserted(value: Any) -> _Write:
    """What a look-ahead asks for; nothing for one that looks behind."""
    direction, inner = value
    pieces = [piece for piece in inner if not _is_anything(piece)]
    return _ahead(_sequence(pieces)) if direction > 0 else _constant("")


def _nothing(_: Any) -> _Write:
    return _constant("")


_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_MAKERS: Mapping[str, Callable[[Any], _Write]] = {
    "LITERAL": lambda value: _constant(chr(value)),
    **dict.fromkeys(_REPEATS, lambda v: _repeated(int(v[0]), int(v[1]), _sequence(v[2]))),
    "SUBPATTERN": lambda value: _group(value[0], _sequence(value[-1])),
    "ATOMIC_GROUP": _sequence,
    "BRANCH": lambda value: _branch([_sequence(branch) for branch in value[1]]),
    "GROUPREF": lambda value: lambda pen: pen.groups.get(value, ""),
    "ASSERT": _asserted,
    **dict.fromkeys(("ASSERT_NOT", "AT", "GROUPREF_EXISTS", "FAILURE"), _nothing),
}


def _one_of(letters: str) -> _Write:
    count = len(letters)
    return lambda pen: letters[int(pen.chance.random() * count)]


def _members(kind: str, value: Any) -> str:
    """The characters that a class may stand for, of those that are easy to read."""
    if kind == "ANY":
        return _LETTERS
    if kind == "NOT_LITERAL":
        return "".join(c for c in _LETTERS if ord(c) != value)
    members = [(str(name), content) for name, content in value]
    if members[0][0] == "NEGATE":
        allowed = [c for c in _PLAIN if not any(_holds(m, c) for m in members[1:])]
        return "".join(_readable(allowed)) or "\u00e9"
    return "".join(_letters_of(name, content) for name, content in members)


def _letters_of(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "RANGE":
        last = min(value[1], _last_plain(value[0]), value[0] + _WIDEST)
        return "".join(map(chr, range(value[0], last + 1)))
    return _of_category(str(value))


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
