"""A server of ours whose requests and answers are tampered with on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from contract_tests.bench import Bench
from contract_tests.exchanges import Answer, Sent
from contract_tests.findings import Finding
from contract_tests.pack import load_pack
from contract_tests.plan import Options, Plan, make_plan
from contract_tests.targets import NOW, References, Target
from tests.judge.tampered import Tamper, TamperedWire

Json = Any


@cache
def _references() -> References:
    return References(NOW)


@cache
def _plan(profile: str) -> Plan:
    return make_plan(Options("http://reference", profile=profile))


def judged(
    pack: str, operation: str, tamper: Tamper | None = None, profile: str = "smoke"
) -> list[Finding]:
    """What a pack finds of an operation on a server that is tampered with."""
    references = _references()
    target = references.open_world(f"{pack}-{operation}-{id(tamper)}".lower(), NOW)
    wire = TamperedWire(target.wire, tamper) if tamper else target.wire
    tampered = Target(wire, target.headers, target.steering, target.world, target.now())
    bench = Bench(_plan(profile), tampered, pack, operation, "nonce")
    try:
        load_pack(pack).judge(bench)
    finally:
        references.forget(target)
    return bench.findings


def codes(findings: list[Finding]) -> set[str]:
    """Their codes, without the pack."""
    return {finding.code.partition(".")[2] for finding in findings}


def edited(answer: Answer, edit: Callable[[Json], None]) -> Answer:
    """An answer with its JSON edited in place; one without JSON as it is."""
    value = answer.json
    if not isinstance(value, dict):
        return answer
    edit(value)
    return replace(answer, body=json.dumps(value).encode())


def without_header(sent: Sent, name: str) -> Sent:
    """A request without a header."""
    return replace(
        sent, headers=tuple(pair for pair in sent.headers if pair[0].lower() != name.lower())
    )


def path_of(sent: Sent) -> str:
    """The path of a request, without its query."""
    return sent.target.partition("?")[0]
