"""Rules that names suggest: offered as comments, since only a person knows whether they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.contract import Contract
from contract_tests.semantics.proposals.draft import Draft
from contract_tests.semantics.proposals.places import Place
from contract_tests.semantics.proposals.shapes import Shapes, accessor, snake

Json = Any
_TOTALS = ("total", "grand_total", "total_amount", "amount_due", "total_price")
_BASES = ("subtotal", "sub_total", "net", "net_amount", "amount_net")
_SIGNS = {"discount": "-", "discount_amount": "-", "discounts": "-", "tax": "+", "tax_amount": "+",
          "taxes": "+", "vat": "+", "shipping": "+", "shipping_cost": "+", "tip": "+",
          "fee": "+", "fees": "+"}  # fmt: skip
_LISTS = ("line_items", "items", "lines", "entries", "positions")
_AMOUNTS = ("amount", "total", "line_total", "subtotal")
_PRICES = ("unit_price", "price", "rate")
_COUNTS = ("quantity", "qty", "count")


def offer_rules(draft: Draft, contract: Contract, shapes: Shapes, places: dict[str, Place]) -> None:
    """Offer invariants of money, and refusals, after everything else."""
    last = next(reversed(draft.raw))
    blocks = [
        _invariant(name, code, says, rule)
        for name, place in places.items()
        for code, says, rule in _equations(shapes, place.schema)
    ]
    if blocks:
        draft.offer((last,), ["", "TODO do these hold? Their names say so. Then take the # away."])
        draft.offer((last,), ["invariants:", *(line for block in blocks for line in block)])
        draft.todo.append(f"invariants: {len(blocks)} are offered as comments; do they hold?")
    refusals = _refusals(contract)
    if refusals:
        draft.offer((last,), ["", "TODO does every bad request get this status?", *refusals])


def _invariant(resource: str, code: str, says: str, rule: str) -> list[str]:
    return [
        f"  - code: {resource.replace('_', '-')}-{code}",
        f"    resource: {resource}",
        "    severity: critical",
        f"    says: {says}",
        "    source: names of members (TODO where is it written?)",
        f"    holds: {rule}",
    ]


def _equations(shapes: Shapes, schema: Json) -> Iterator[tuple[str, str, str]]:
    """Code, sentence and expression of each equation that names suggest."""
    members = shapes.members(schema)
    inner = {
        accessor("record", name): each
        for name, each in members.items()
        if shapes.kind(each) == "object"
    }
    for where, each in {"record": schema, **inner}.items():
        names = {snake(name): name for name in shapes.members(each)}
        total = next((names[name] for name in _TOTALS if name in names), None)
        base = next((names[name] for name in _BASES if name in names), None)
        parts = [(_SIGNS[name], names[name]) for name in names if name in _SIGNS]
        parts.sort(key=lambda part: part[0] == "+")
        if total and base and parts:
            says = f"{total} = {base} " + " ".join(f"{sign} {name}" for sign, name in parts)
            right = f"{where}.{base} " + " ".join(f"{sign} {where}.{name}" for sign, name in parts)
            yield "total", says, f"{where}.{total} == {right}"
        yield from _rows(shapes, where, each, base or total)


def _rows(
    shapes: Shapes, where: str, schema: Json, total: str | None
) -> Iterator[tuple[str, str, str]]:
    members = shapes.members(schema)
    rows = next((name for name in members if snake(name) in _LISTS), None)
    if rows is None:
        return
    names = {snake(name): name for name in shapes.members(shapes.at(members[rows], ["0"]))}
    amount = next((names[name] for name in _AMOUNTS if name in names), None)
    price = next((names[name] for name in _PRICES if name in names), None)
    count = next((names[name] for name in _COUNTS if name in names), None)
    if amount and price and count:
        rule = f"{where}.{rows}.all(row, row.{amount} == row.{count} * row.{price})"
        yield "rows", f"{amount} = {count} × {price} in each of {rows}", rule
    if amount and total:
        rule = f"{where}.{total} == sum({where}.{rows}.map(row, row.{amount}))"
        yield "sum", f"{total} is the sum of {rows}", rule


def _refusals(contract: Contract) -> list[str]:
    """The kinds of refusal, where all bodies are refused with the same one status."""
    taking = [each for each in contract.operations.values() if each.body_schema is not None]
    statuses = {status for each in taking for status in each.statuses if status in (400, 422)}
    if len(statuses) != 1 or not taking:
        return []
    status = next(iter(statuses))
    return [
        "refusals:",
        f"  - operations: [{', '.join(each.name for each in taking)}]",
        f"    says: a bad request gets {status}",
        "    source: the declared answers",
        f"    statuses: {{syntax: {status}, missing: {status}, type: {status}, value: {status}}}",
    ]
