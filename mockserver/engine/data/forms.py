"""Texts in the form of an example: `INV-2041` becomes `INV-7386`, never the same row ten times."""

from __future__ import annotations

import random
import re
import string

_RUN = re.compile(r"[0-9A-Fa-f]{8,}|[A-Za-z0-9]{10,}|\d+")
_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d(?:$|[T ])")
_FIXED = re.compile(r"[\d.:/]*[:/][\d.:/]*|\d{1,3}(?:\.\d{1,3}){3}.*")
_LONGEST = 200


def is_variable(text: str) -> bool:
    """Whether a text is an id, a number or an address of one: no prose, and digits in it.

    Times, fractions and addresses of networks have digits that cannot be changed at will.
    """
    if _FIXED.fullmatch(text):
        return False
    return 3 <= len(text) <= _LONGEST and " " not in text and any(c.isdigit() for c in text)


def is_day(text: str) -> bool:
    """Whether a text is a day, or an instant that starts with one."""
    return _DAY.match(text) is not None


def varied(text: str, chance: random.Random) -> str:
    """The text with the digits in it, and the letters of long mixed runs, changed by chance."""
    return _RUN.sub(lambda run: _changed(run[0], chance), text)


def _changed(run: str, chance: random.Random) -> str:
    if run.isdigit():
        return _digits(run, chance)
    if not any(c.isdigit() for c in run):
        return run
    letters = {c for c in run if c.isalpha()}
    hexadecimal = letters <= set(string.hexdigits)
    return "".join(_character(c, chance, hexadecimal) for c in run)


def _digits(run: str, chance: random.Random) -> str:
    if run[0] == "0" or len(run) == 1:
        return run[0] + "".join(str(chance.randrange(10)) for _ in run[1:])
    return str(chance.randrange(10 ** (len(run) - 1), 10 ** len(run)))


def _character(character: str, chance: random.Random, hexadecimal: bool) -> str:
    if character.isdigit():
        return str(chance.randrange(10))
    letters = "abcdef" if hexadecimal else string.ascii_lowercase
    drawn = chance.choice(letters)
    return drawn.upper() if character.isupper() else drawn
