"""Telling: a divergence as a finding that a stranger can act on."""

from __future__ import annotations

import json
from typing import Any

from contract_tests import pointers
from contract_tests.findings import Severity
from contract_tests.packs.differential.comparing import Divergence
from contract_tests.packs.differential.match import Match
from contract_tests.packs.differential.reproduction import reproduction
from contract_tests.packs.differential.steps import Step

Json = Any
_LONGEST = 90


def tell(
    match: Match, steps: tuple[Step, ...], divergence: Divergence, whole: tuple[Step, ...]
) -> None:
    """Play the shortest sequence once more and put down the finding."""
    found = match.run(steps)
    if found is None or found.key != divergence.key:
        steps, found = whole, match.run(whole)
    told = found or divergence
    played = match.played
    bench = match.arena.bench
    operation = bench.contract.operations[told.step.operation]
    bench.found(
        told.kind,
        _severity(told),
        _title(match, told),
        rule=_rule(operation.description),
        source=f"the contract, {operation.label} ({operation.name})",
        expected=told.expected,
        got=told.got,
        exchanges=[each.got for each in played],
        reference=[each.expected for each in played],
        subject=" ".join(divergence.key[1:]),
        operation=told.step.operation,
        reproduction=reproduction(match, told),
    )


def _severity(told: Divergence) -> Severity:
    if told.kind == "status":
        was_let_in = told.expected >= 400 > told.got
        return Severity.CRITICAL if told.got >= 500 or was_let_in else Severity.MAJOR
    return Severity.MINOR if told.kind == "header" else Severity.MAJOR


def _rule(description: str) -> str:
    first = description.strip().split("\n\n")[0].replace("\n", " ").strip()
    said = "The same requests to the reference are answered otherwise."
    return f"{said} The contract: {first}" if first else said


def _title(match: Match, told: Divergence) -> str:
    """What is wrong in one sentence: after what, which operation shows what."""
    contract = match.arena.bench.contract
    acts = [
        each.step.operation
        for each in match.played[:-1]
        if not contract.operations[each.step.operation].is_safe
    ]
    after = f"after {acts[-1]}, " if acts and acts[-1] != told.step.operation else ""
    if told.kind == "status":
        shown = f"answers {told.got}, not {told.expected}"
    elif told.kind == "header":
        shown = f"answers the header {told.pointer} {_short(told.got)}, not {_short(told.expected)}"
    else:
        place = told.pointer or "its body"
        shown = f"shows {place} as {_short(told.got)}, not {_short(told.expected)}"
    return f"{after}{told.step.operation} {shown}"


def _short(value: Json) -> str:
    if value is pointers.MISSING:
        return "absent"
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
