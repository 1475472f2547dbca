"""Texts: of a length, of a format, or matching a regular expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any
from uuid import UUID

# Letters whose lower case is their case folding, so that right servers cannot differ about them;
# and signs that mean something to SQL, HTML, regular expressions or shells.
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RARE = "éÜñØжЯ漢字😀'\"%_\\<&;+-.,/#"
_DIGITS = "0123456789"
_LONGEST = 400
_parse: Any = _parser.parse
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_ALPHABET = [chr(code) for code in range(32, 127)] + list("éÜñØжЯ漢字😀")


def length(random: Random, least: int, most: int | None) -> int:
    """A length between two bounds: often short, sometimes one of the bounds."""
    top = min(most if most is not None else least + 30, max(least, _LONGEST))
    kind = random.random()
    if kind < 0.08:
        return least
    if kind < 0.16 and most is not None and most <= _LONGEST:
        return most
    return random.randint(least, min(top, least + 12))


def plain(random: Random, size: int) -> str:
    """A text of so many characters, without blanks at either end."""
    letters = [random.choice(_RARE if random.random() < 0.12 else _LETTERS) for _ in range(size)]
    for index in range(4, size - 1, 7):
        letters[index] = " "
    return "".join(letters)


def formatted(random: Random, name: str) -> str | None:
    """A text of a format of JSON Schema or OpenAPI; None for a format that is not known."""
    makers: dict[str, Callable[[Random], str]] = {
        "date-time": _moment,
        "date": lambda r: _day(r).strftime("%Y-%m-%d"),
        "time": lambda r: _day(r).strftime("%H:%M:%SZ"),
        "email": _email,
        "idn-email": _email,
        "uuid": lambda r: str(UUID(int=r.getrandbits(128), version=4)),
        "uri": lambda r: f"https://{_word(r)}.example.com/{_word(r)}",
        "uri-reference": lambda r: f"/{_word(r)}",
        "hostname": lambda r: f"{_word(r)}.example.com",
        "ipv4": lambda r: f"192.0.2.{r.randrange(1, 255)}",
        "ipv6": lambda r: f"2001:db8::{r.randrange(1, 9999):x}",
        "duration": lambda r: f"PT{r.randrange(1, 90)}M",
        "byte": lambda r: "QUJD" * r.randrange(1, 4),
    }
    make = makers.get(name)
    return make(random) if make else None


def matching(random: Random, pattern: str, least: int, most: int | None) -> str | None:
    """A text in which a pattern is found, of a length between bounds; None when that fails."""
    try:
        tree = _parse(pattern)
        compiled = re.compile(pattern)
    except re.error:
        return None
    for _ in range(12):
        wanted = length(random, least, most)
        text = _Walk(random, wanted).through(tree)
        is_long_enough = len(text) >= least and (most is None or len(text) <= most)
        if is_long_enough and text == text.strip() and compiled.search(text):
            return text
    return None


class _Walk:
    """Goes through a parsed pattern and writes a text of about the wanted length."""

    def __init__(self, random: Random, wanted: int) -> None:
        self._random = random
        self._left = wanted

    def through(self, tree: Any) -> str:
        return "".join(self._part(code, value) for code, value in tree)

    def _part(self, code: Any, value: Any) -> str:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            return self._repeated(*value)
        if code is codes.SUBPATTERN:
            return self.through(value[-1])
        if code is codes.BRANCH:
            return self.through(self._random.choice(value[1]))
        letter = self._letter(code, value)
        self._left -= len(letter)
        return letter

    def _repeated(self, least: int, most: int, tree: Any) -> str:
        top = min(int(most), max(least, self._left))
        times = top if self._random.random() < 0.7 else self._random.randint(least, max(least, top))
        written = []
        for index in range(times):
            if index >= least and self._left <= 0:
                break
            written.append(self.through(tree))
        return "".join(written)

    def _letter(self, code: Any, value: Any) -> str:
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.ANY:
            return plain(self._random, 1)
        if code is codes.NOT_LITERAL:
            return self._among(lambda letter: ord(letter) != value)
        if code is codes.IN:
            return self._of_set(value)
        return ""

    def _of_set(self, items: Any) -> str:
        is_negated = items[0][0] is codes.NEGATE
        kept = [item for item in items if item[0] is not codes.NEGATE]
        if not is_negated:
            singles = [(item[1], item[1]) for item in kept if item[0] is codes.LITERAL]
            ranges = [item[1] for item in kept if item[0] is codes.RANGE]
            if len(singles) + len(ranges) == len(kept):
                low, high = self._random.choice(singles + ranges)
                return chr(self._random.randint(low, high))
        return self._among(lambda letter: _is_in(letter, kept) is not is_negated)

    def _among(self, fits: Any) -> str:
        usual = _RARE if self._random.random() < 0.12 else _LETTERS + _DIGITS
        for _ in range(8):
            letter = self._random.choice(usual)
            if fits(letter):
                return letter
        found = [letter for letter in _ALPHABET if fits(letter)]
        return self._random.choice(found) if found else "?"


def _is_in(letter: str, items: Any) -> bool:
    code = ord(letter)
    for kind, value in items:
        if kind is codes.LITERAL and code == value:
            return True
        if kind is codes.RANGE and value[0] <= code <= value[1]:
            return True
        if kind is codes.CATEGORY and _is_of(letter, value):
            return True
    return False


def _is_of(letter: str, category: Any) -> bool:
    name = str(category)
    known = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace()}
    known["WORD"] = letter.isalnum() or letter == "_"
    for word, holds in known.items():
        if name.endswith(word):
            return holds is not ("NOT_" in name)
    return False


def _word(random: Random) -> str:
    return "".join(random.choices(_LETTERS[:26], k=random.randint(3, 9)))


def _email(random: Random) -> str:
    forms = ("{}@example.com", "{}.{}@example.org", "{}+{}@mail.example.net", "{}_{}@example.com")
    form = random.choice(forms)
    return form.format(*(_word(random) for _ in range(form.count("{}"))))


def _day(random: Random) -> datetime:
    return _EPOCH + timedelta(minutes=random.randrange(0, 500_000))


def _moment(random: Random) -> str:
    moment = _day(random)
    kind = random.random()
    if kind < 0.7:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    hours = random.choice((-8, -5, 2, 9))
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + f"{hours:+03d}:00"
