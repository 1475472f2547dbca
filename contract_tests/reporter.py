"""Putting findings on the bench: each cause once, with the rule that is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity

Json = Any
_MOST = 8


class Reporter:
    """Puts a finding down once for each code and subject, and at most so many of a code."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._said: set[tuple[str, str]] = set()

    def found(
        self,
        what: str,
        severity: Severity,
        title: str,
        *,
        subject: str,
        expected: Json,
        got: Json,
        exchanges: Iterable[Exchange],
        about: tuple[str, ...] = (),
        rule: str = "",
        operation: str = "",
    ) -> None:
        """Put it down; `about` are words by which the rule is found in the description."""
        of_code = [each for each in self._said if each[0] == what]
        if (what, subject) in self._said or len(of_code) >= _MOST:
            return
        self._said.add((what, subject))
        self.bench.found(
            what,
            severity,
            title,
            rule=rule or quoted(self.bench, operation or self.bench.operation.name, about),
            source=source(self.bench, operation or self.bench.operation.name),
            expected=_plain(expected),
            got=_plain(got),
            exchanges=exchanges,
            subject=subject,
            operation=operation,
        )


def source(bench: Bench, operation: str) -> str:
    """Where the contract describes an operation."""
    return f"{Path(bench.plan.options.spec).name}, {bench.contract.operations[operation].label}"


def quoted(bench: Bench, operation: str, about: tuple[str, ...] = ()) -> str:
    """The sentences of a description that speak of something; the whole when none does."""
    text = re.sub(r"\s+", " ", bench.contract.operations[operation].description).strip()
    sentences = re.split(r"(?<=[.:]) (?=[A-Z`])", text)
    words = [word.lower() for word in about]
    chosen = [each for each in sentences if any(word in each.lower() for word in words)]
    quote = " ".join(chosen) if chosen else text
    return quote if len(quote) <= 400 else quote[:397] + "…"


def show(value: Json) -> str:
    """A value in a title, short."""
    if value is pointers.MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _plain(value: Json) -> Json:
    if value is pointers.MISSING:
        return "(absent)"
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
