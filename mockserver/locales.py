"""The one importer of Faker: which languages there are, and makers that draw from their lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

PLAIN_LOCALE = "en_US"


def is_known_locale(locale: str) -> bool:
    """Whether Faker speaks a language (``en_US``, ``de_DE``)."""
    if locale == PLAIN_LOCALE:
        return True
    from faker.config import AVAILABLE_LOCALES  # noqa: PLC0415 - slow to import

    return locale in AVAILABLE_LOCALES


def maker(locale: str, providers: Sequence[str]) -> Any:
    """A Faker of its own for a known locale, with these of its providers (``person``) alone."""
    from faker.factory import Factory  # noqa: PLC0415 - slow to import, and not always needed

    return Factory.create(locale, providers=[f"faker.providers.{name}" for name in providers])


def plain_letters(text: str) -> str:
    """The ASCII letters and digits of a text in lower case, accents taken off; may be empty."""
    lower = text.lower()
    if lower.isascii():
        return lower if lower.isalnum() else "".join(filter(str.isalnum, lower))
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())
