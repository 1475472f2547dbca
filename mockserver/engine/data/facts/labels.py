"""Facts that are read by people: names of things, titles, sentences, words of a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.data.facts import words
from mockserver.engine.data.facts.entity import Entity, slug_of


def _phrase(entity: Entity) -> str:
    return f"{entity.pick(words.ADJECTIVES)} {entity.pick(words.NOUNS)}"


def _product(entity: Entity) -> str:
    return f"{entity.pick(words.MATERIALS)} {entity.pick(words.PRODUCTS)}"


def _book(entity: Entity) -> str:
    form = entity.pick(("The {0} {1}", "{0} {1}", "A {1} in Winter", "Beyond the {1}"))
    return form.format(entity.pick(words.ADJECTIVES), entity.pick(words.NOUNS))


def _sentences(entity: Entity) -> str:
    first = entity.below(len(words.SENTENCES))
    second = (first + 1 + entity.below(len(words.SENTENCES) - 1)) % len(words.SENTENCES)
    return f"{words.SENTENCES[first]} {words.SENTENCES[second]}"


def _file(entity: Entity) -> tuple[str, str, str]:
    return entity.pick(words.FILES)


def _file_name(entity: Entity) -> str:
    stem, extension, _ = entity.fact("file")
    return f"{stem}-{1 + entity.below(200)}.{extension}"


def _machine(entity: Entity) -> str:
    role = entity.pick(("web", "db", "cache", "worker", "build", "edge"))
    return f"{role}-{1 + entity.below(40):02}"


def _repository(entity: Entity) -> str:
    return (
        f"{entity.pick(words.NOUNS).lower()}-{entity.pick(('api', 'web', 'core', 'cli', 'docs'))}"
    )


def _slug(entity: Entity) -> str:
    return slug_of(str(entity.fact(entity.main)))


def _code(entity: Entity) -> str:
    return "".join(
        part[:4].upper() for part in slug_of(str(entity.fact(entity.main))).split("-")[:2]
    )


def _of(choices: tuple[str, ...]) -> Callable[[Entity], str]:
    return lambda entity: entity.pick(choices)


FACTS: Mapping[str, Callable[[Entity], Any]] = {
    "phrase": _phrase,
    "word": lambda e: e.pick(words.NOUNS).lower(),
    "noun": _of(words.NOUNS),
    "product": _product,
    "book": _book,
    "event": _of(words.EVENTS),
    "course": _of(words.COURSES),
    "category": _of(words.CATEGORIES),
    "tag": _of(words.TAGS),
    "sentence": _of(words.SENTENCES),
    "sentences": _sentences,
    "comment": _of(words.COMMENTS),
    "message": _of(words.MESSAGES),
    "problem": _of(words.PROBLEMS),
    "role": _of(words.ROLES),
    "state": _of(words.STATES),
    "kind": _of(words.KINDS),
    "environment": _of(words.ENVIRONMENTS),
    "level": _of(words.LEVELS),
    "plan": _of(words.PLANS),
    "pet": _of(words.PETS),
    "species": _of(words.SPECIES),
    "breed": _of(words.BREEDS),
    "make": _of(words.MAKES),
    "unit": _of(words.UNITS),
    "method": _of(words.METHODS),
    "team": lambda e: f"{e.pick(words.DEPARTMENTS)} Team",
    "project": lambda e: f"Project {e.pick(words.NOUNS)}",
    "playlist": lambda e: (
        f"{e.pick(words.ADJECTIVES)} {e.pick(('Mornings', 'Evenings', 'Sundays'))}"
    ),
    "file": _file,
    "file_name": _file_name,
    "file_path": lambda e: f"/documents/{e.fact('file_name')}",
    "extension": lambda e: e.fact("file")[1],
    "mime": lambda e: e.fact("file")[2],
    "machine": _machine,
    "repository": _repository,
    "branch": lambda e: e.pick(("main", "main", "develop", f"feature/{_repository(e)}")),
    "colour": lambda e: e.pick(words.COLOURS),
    "colour_name": lambda e: e.fact("colour")[0],
    "colour_hex": lambda e: e.fact("colour")[1],
    "card": lambda e: e.pick(words.CARDS),
    "card_brand": lambda e: e.fact("card")[0],
    "card_number": lambda e: e.fact("card")[1],
    "card_last4": lambda e: e.fact("card")[1][-4:],
    "agent": _of(words.AGENTS),
    "slug": _slug,
    "code": _code,
    "symbol": lambda e: _code(e)[:4],
    "pair": lambda e: e.pick(words.FACTS_OF_A_MAP),
    "map_key": lambda e: e.fact("pair")[0],
    "map_value": lambda e: e.fact("pair")[1],
}
