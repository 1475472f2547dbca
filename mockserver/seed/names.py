"""People's names, drawn from Faker into pools once and composed from there."""

from __future__ import annotations

import random
from dataclasses import dataclass

from mockserver.locales import maker, plain_letters

_FIRST_NAMES = 320
_LAST_NAMES = 420
_COMPANIES = 90
_PROVIDERS = ("person", "company")
_MAIL_HOSTS = ("example.com", "example.com", "example.org", "example.net")


@dataclass(frozen=True, slots=True)
class NamePools:
    """Distinct first names, last names and companies to compose from."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    companies: tuple[str, ...]


def draw_pools(chance: random.Random, locale: str, avoid: tuple[str, ...]) -> NamePools:
    """Pools that depend on the stream and the locale alone, free of the texts to avoid."""
    names = maker(locale, _PROVIDERS)
    names.seed_instance(chance.getrandbits(64))
    return NamePools(
        _distinct([names.first_name() for _ in range(_FIRST_NAMES)], avoid),
        _distinct([names.last_name() for _ in range(_LAST_NAMES)], avoid),
        _distinct([names.company() for _ in range(_COMPANIES)], avoid),
    )


def email_of(chance: random.Random, first_name: str, last_name: str) -> str:
    """An e-mail address that fits a name, on a host that cannot exist."""
    first, last = plain_letters(first_name) or "mail", plain_letters(last_name) or "box"
    joined = (f"{first}.{last}", f"{first}.{last}", f"{first}_{last}", f"{first}{last}")
    local = chance.choice((*joined, f"{first[0]}.{last}"))
    return f"{local}@{chance.choice(_MAIL_HOSTS)}"


def holds_any(texts: tuple[str, ...], *values: str) -> bool:
    """Whether one of the values holds one of the texts, whatever its case."""
    folded = "\n".join(values).casefold()
    return any(text.casefold() in folded for text in texts)


def _distinct(drawn: list[str], avoid: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(drawn) if not holds_any(avoid, name))
