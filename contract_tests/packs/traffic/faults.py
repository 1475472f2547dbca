"""Faults of one exchange, before they are findings: what was seen, and the rule against it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.contract.schemas import Breach
from contract_tests.exchanges import Exchange
from contract_tests.findings import Finding, Severity
from contract_tests.packs.traffic.recorded import is_redacted
from contract_tests.pointers import MISSING, get

Json = Any
_LONGEST = 300
# Keywords that look at a value as a whole, with whatever was redacted in it.
_WHOLE = ("oneOf", "anyOf", "not", "if", "then", "else", "uniqueItems")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an exchange; `what` becomes the code, `subject` sets it apart."""

    what: str
    severity: Severity
    title: str
    rule: str
    source: str
    expected: Json
    got: Json
    subject: str = ""

    def found(self, pack: str, exchange: Exchange, seed: int = 0) -> Finding:
        """The finding of a pack that an exchange shows."""
        return Finding(
            code=f"{pack}.{self.what}",
            severity=self.severity,
            operation=exchange.operation or f"{exchange.sent.method} (no operation)",
            title=self.title,
            rule=self.rule,
            source=self.source,
            expected=self.expected,
            got=self.got,
            exchanges=(exchange,),
            subject=self.subject,
            seed=seed,
        )


def pointer_of(operation: Operation, *below: str) -> str:
    """The pointer into the contract that leads to something of an operation."""
    parts = ("paths", operation.path, operation.method.lower(), *below)
    return "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)


def rule_of(contract: Contract, base: str, breach: Breach) -> tuple[str, str]:
    """The keyword that was broken, quoted, and its pointer in the contract."""
    pointer = breach.rule if breach.rule.startswith("#") else base + breach.rule
    value = get(contract.document.root, pointer[1:])
    if value is MISSING:
        # The way leads through a reference: the keyword and the message say it.
        return f"{breach.keyword}: {breach.message}"[:_LONGEST], pointer
    return f"{breach.keyword}: {shortened(value)}", pointer


def shortened(value: Json) -> str:
    """A value as JSON, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def got_at(breach: Breach, value: Json) -> Json:
    """The value that broke its schema, short."""
    found = _at(breach, value)
    text = shortened(found)
    return found if len(text) < _LONGEST and found is not MISSING else text


def is_judged(breach: Breach, value: Json) -> bool:
    """Whether a breach is about what was really sent, and not about what a recorder put there."""
    found = _at(breach, value)
    if isinstance(found, dict | list) and breach.keyword not in _WHOLE:
        return True
    return not is_redacted(found)


def place_of(pointer: str) -> str:
    """A pointer in a value with its indexes as `*`, so that all items are one."""
    return re.sub(r"/\d+(?=/|$)", "/*", pointer)


def _at(breach: Breach, value: Json) -> Json:
    for part in breach.pointer.split("/")[1:]:
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            return MISSING
    return value
