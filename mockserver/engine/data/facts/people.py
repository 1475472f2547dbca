"""Facts about people and companies, and how they are reached; the hosts cannot exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.data.facts import words
from mockserver.engine.data.facts.entity import Entity, slug_of
from mockserver.locales import plain_letters

COMPANY_LIKE = frozenset({"company"})


def _first_name(entity: Entity) -> str:
    known = entity.facts.get("full_name")
    return known.split(" ")[0] if known else entity.pick(entity.pools.first_names)


def _last_name(entity: Entity) -> str:
    known = entity.facts.get("full_name", "")
    return known.partition(" ")[2] or entity.pick(entity.pools.last_names)


def _full_name(entity: Entity) -> str:
    return f"{entity.fact('first_name')} {entity.fact('last_name')}"


def _initials(entity: Entity) -> str:
    return "".join(part[0].upper() for part in _full_name(entity).split() if part)


def _plain_name(entity: Entity) -> tuple[str, str]:
    first = plain_letters(entity.fact("first_name")) or "mail"
    return first, plain_letters(entity.fact("last_name")) or "box"


def _username(entity: Entity) -> str:
    first, last = _plain_name(entity)
    return f"{first}{last[:1]}{10 + entity.below(90)}"


def _email(entity: Entity) -> str:
    if entity.main in COMPANY_LIKE:
        return f"{entity.pick(('hello', 'office', 'contact'))}@{entity.fact('domain')}"
    first, last = _plain_name(entity)
    return f"{first}.{last}@{entity.pick(('example.com', 'example.org', 'example.net'))}"


def _phone(entity: Entity) -> str:
    dial = entity.fact("place").country.dial
    if dial == "+1":
        return f"+1{entity.pick((503, 512, 617, 303, 206))}555{entity.below(10000):04}"
    return f"{dial}{30 + entity.below(60)}{entity.below(10_000_000):07}"


def _domain(entity: Entity) -> str:
    return f"{slug_of(entity.fact('company')).replace('-', '')}.example.com"


def _website(entity: Entity) -> str:
    return f"https://www.{entity.fact('domain')}"


def _prefix(entity: Entity) -> str:
    return {"male": "Mr.", "female": "Ms."}.get(entity.fact("gender"), "Mx.")


FACTS: Mapping[str, Callable[[Entity], Any]] = {
    "first_name": _first_name,
    "middle_name": lambda e: e.pick(e.pools.first_names),
    "last_name": _last_name,
    "full_name": _full_name,
    "sort_name": lambda e: f"{e.fact('last_name')}, {e.fact('first_name')}",
    "initials": _initials,
    "username": _username,
    "email": _email,
    "phone": _phone,
    "gender": lambda e: e.pick(words.GENDERS),
    "name_prefix": _prefix,
    "company": lambda e: e.pick(e.pools.companies),
    "domain": _domain,
    "website": _website,
    "host": lambda e: f"{e.pick(('api', 'app', 'www', 'cdn'))}.example.com",
    "job": lambda e: e.pick(words.JOBS),
    "department": lambda e: e.pick(words.DEPARTMENTS),
    "industry": lambda e: e.pick(words.INDUSTRIES),
    "bio": lambda e: f"{e.fact('job')} from {e.fact('city')}.",
}
