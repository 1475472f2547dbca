"""The services on offer: what each costs and takes, and which configuration describes it.

A cleaning is told by rooms and extras; the two other industries take any JSON object and read
from it what they know: ``items`` (a number, or a list whose members may carry ``product`` and
``quantity``) for junk removal, ``sections`` (a number) for carpet cleaning (ot/how-book).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.domain.records import LineItem
from mockserver.domain.rules import FREQUENCIES, INDUSTRIES, Rules
from mockserver.errors import FieldProblem, RuleBroken

_CLEANING_MEMBERS = ("bedrooms", "bathrooms", "frequency", "extras")
_MOST_PIECES = 1000


@dataclass(frozen=True, slots=True)
class Work:
    """What a configuration amounts to, before zone, discounts and tax."""

    name: str
    base_cents: int
    minutes: int
    extras: tuple[LineItem, ...] = ()


def is_offered(industry: str) -> bool:
    """Whether the industry can be booked; stored rows may carry other slugs."""
    return industry in INDUSTRIES


def work(rules: Rules, industry: str, configuration: Mapping[str, Any]) -> Work:
    """What the configuration of an offered industry costs and takes (domain B.3)."""
    if industry == "cleaning":
        return _cleaning(rules, configuration)
    if industry == "junk-removal":
        return _junk_removal(rules, configuration)
    return _carpet_cleaning(rules, configuration)


def refuse_industry(industry: str) -> None:
    """Raise ``RuleBroken`` on ``industry`` unless it can be booked (ot/services)."""
    if not is_offered(industry):
        raise RuleBroken(
            "invalid_value",
            f"There is no industry {industry!r}: choose one of {', '.join(INDUSTRIES)}.",
            "industry",
        )


def refuse_configuration(rules: Rules, industry: str, configuration: Mapping[str, Any]) -> None:
    """Raise ``RuleBroken`` ``invalid_configuration`` with every problem, or return.

    Fields are ``configuration.<member>``. A cleaning needs whole numbers of bedrooms and bathrooms,
    and may name a known frequency and known extras (domain B.2); other industries take any object
    of not too many members.
    """
    problems: tuple[FieldProblem, ...] = ()
    if industry == "cleaning":
        problems = _cleaning_problems(rules, configuration)
    elif len(configuration) > rules.most_configuration_members:
        message = f"A configuration has at most {rules.most_configuration_members} members."
        problems = (FieldProblem("configuration", "invalid_configuration", message),)
    if problems:
        first = problems[0]
        raise RuleBroken("invalid_configuration", first.message, first.field, problems)


def _cleaning_problems(rules: Rules, configuration: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
    return (
        *_unknown(configuration),
        *_rooms(rules, configuration),
        *_choices(rules, configuration),
    )


def _cleaning(rules: Rules, configuration: Mapping[str, Any]) -> Work:
    bedrooms, bathrooms = configuration.get("bedrooms", 0), configuration.get("bathrooms", 0)
    chosen = [rules.extras[slug] for slug in configuration.get("extras", ())]
    rooms = rules.bedroom_cents * bedrooms + rules.bathroom_cents * bathrooms
    minutes = rules.bedroom_minutes * bedrooms + rules.bathroom_minutes * bathrooms
    return Work(
        f"Residential Cleaning — {bedrooms}BR/{bathrooms}BA",
        rules.cleaning_base_cents + rooms,
        minutes + sum(extra.minutes for extra in chosen),
        tuple(LineItem(x.label, 1, x.price_cents, x.price_cents) for x in chosen),
    )


def _junk_removal(rules: Rules, configuration: Mapping[str, Any]) -> Work:
    items = _items(rules, configuration.get("items"))
    count = min(sum(quantity for quantity, _ in items), _MOST_PIECES)
    return Work(
        f"Junk Removal — {_counted(count, 'item')}",
        sum(quantity * price for quantity, price in items),
        rules.junk_call_minutes + rules.junk_item_minutes * count,
    )


def _carpet_cleaning(rules: Rules, configuration: Mapping[str, Any]) -> Work:
    sections = _pieces(configuration.get("sections"))
    return Work(
        f"Carpet Cleaning — {_counted(sections, 'section')}",
        rules.carpet_base_cents + rules.carpet_section_cents * sections,
        rules.carpet_base_minutes + rules.carpet_section_minutes * sections,
    )


def _items(rules: Rules, items: Any) -> list[tuple[int, int]]:
    """Quantity and unit price of each item; one item when none is told."""
    if not isinstance(items, list) or not items:
        return [(_pieces(items), rules.junk_item_cents)]
    return [_item(rules, item) for item in items]


def _item(rules: Rules, item: Any) -> tuple[int, int]:
    if not isinstance(item, dict):
        return 1, rules.junk_item_cents
    product = item.get("product")
    known = rules.junk_products.get(product) if isinstance(product, str) else None
    return _pieces(item.get("quantity")), known or rules.junk_item_cents


def _pieces(value: Any) -> int:
    """A whole number from 1 to 1000; 1 for anything else."""
    return value if _is_whole(value) and 1 <= value <= _MOST_PIECES else 1


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unknown(configuration: Mapping[str, Any]) -> list[FieldProblem]:
    known = ", ".join(_CLEANING_MEMBERS)
    return [
        _problem(name, f"is not part of a cleaning: use {known}.")
        for name in configuration
        if name not in _CLEANING_MEMBERS
    ]


def _rooms(rules: Rules, configuration: Mapping[str, Any]) -> list[FieldProblem]:
    problems = []
    for name in ("bedrooms", "bathrooms"):
        value: Any = configuration.get(name)
        if name not in configuration:
            problems.append(_problem(name, "is required for a cleaning."))
        elif not _is_whole(value) or not 0 <= value <= rules.most_rooms:
            problems.append(_problem(name, f"must be a whole number from 0 to {rules.most_rooms}."))
    return problems


def _choices(rules: Rules, configuration: Mapping[str, Any]) -> list[FieldProblem]:
    problems = []
    if configuration.get("frequency", "one-time") not in FREQUENCIES:
        problems.append(_problem("frequency", f"must be one of {', '.join(FREQUENCIES)}."))
    extras = configuration.get("extras", [])
    if not isinstance(extras, list):
        problems.append(_problem("extras", "must be a list of extras."))
    elif any(not isinstance(extra, str) or extra not in rules.extras for extra in extras):
        problems.append(_problem("extras", f"may only hold {', '.join(rules.extras)}."))
    elif len(set(extras)) < len(extras):
        problems.append(_problem("extras", "must not name an extra twice."))
    return problems


def _problem(name: str, what: str) -> FieldProblem:
    field = f"configuration.{name}"
    return FieldProblem(field, "invalid_configuration", f"{field!r} {what}")
