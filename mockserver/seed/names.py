"""People's names, drawn from Faker into pools once and composed from there."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import Any

PLAIN_LOCALE = "en_US"

_FIRST_NAMES = 320
_LAST_NAMES = 420
_COMPANIES = 90
_PROVIDERS = ["faker.providers.person", "faker.providers.company"]
_MAIL_HOSTS = ("example.com", "example.com", "example.org", "example.net")


@dataclass(frozen=True, slots=True)
class NamePools:
    """Distinct first names, last names and companies to compose from."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    companies: tuple[str, ...]


def is_known_locale(locale: str) -> bool:
    """Whether Faker speaks a language (``en_US``, ``de_DE``)."""
    if locale == PLAIN_LOCALE:
        return True
    from faker.config import AVAILABLE_LOCALES  # noqa: PLC0415 - slow to import

    return locale in AVAILABLE_LOCALES


def draw_pools(chance: random.Random, locale: str, avoid: tuple[str, ...]) -> NamePools:
    """Pools that depend on the stream and the locale alone, free of the texts to avoid."""
    maker = _maker(locale)
    maker.seed_instance(chance.getrandbits(64))
    return NamePools(
        _distinct([maker.first_name() for _ in range(_FIRST_NAMES)], avoid),
        _distinct([maker.last_name() for _ in range(_LAST_NAMES)], avoid),
        _distinct([maker.company() for _ in range(_COMPANIES)], avoid),
    )


def email_of(chance: random.Random, first_name: str, last_name: str) -> str:
    """An e-mail address that fits a name, on a host that cannot exist."""
    first, last = _plain(first_name) or "mail", _plain(last_name) or "box"
    joined = (f"{first}.{last}", f"{first}.{last}", f"{first}_{last}", f"{first}{last}")
    local = chance.choice((*joined, f"{first[0]}.{last}"))
    return f"{local}@{chance.choice(_MAIL_HOSTS)}"


def holds_any(texts: tuple[str, ...], *values: str) -> bool:
    """Whether one of the values holds one of the texts, whatever its case."""
    folded = "\n".join(values).casefold()
    return any(text.casefold() in folded for text in texts)


def _maker(locale: str) -> Any:
    from faker.factory import Factory  # noqa: PLC0415 - slow to import, and not always needed

    return Factory.create(locale, providers=_PROVIDERS)


def _distinct(drawn: list[str], avoid: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(drawn) if not holds_any(avoid, name))


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed.lower() if c.isascii() and c.isalnum())
