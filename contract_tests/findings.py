"""Findings: one value for every fault found, whichever pack found it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contract_tests.exchanges import Exchange

Json = Any


class Severity(StrEnum):
    """How bad: data, money or access at stake; a promise broken; a flaw beside the promise."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a server, with all that a stranger needs to see it and to act on it.

    `code` is `<pack>.<what>` and never changes its meaning. `subject` is what sets it apart from
    others of its code and operation (a member, a parameter, a rule). `rule` is quoted from the
    contract or its documentation, `source` says where it stands. `exchanges` is the shortest chain
    that shows it, the guilty one last; `reference` the same chain as another server answered it.
    `reproduction` is a ready test in Python, where there is one.
    """

    code: str
    severity: Severity
    operation: str
    title: str
    rule: str
    source: str
    expected: Json
    got: Json
    exchanges: tuple[Exchange, ...] = ()
    reference: tuple[Exchange, ...] = ()
    subject: str = ""
    seed: int = 0
    reproduction: str = field(default="", compare=False)

    @property
    def pack(self) -> str:
        """The pack that found it."""
        return self.code.partition(".")[0]

    @property
    def fingerprint(self) -> str:
        """The same for the same fault in every run: code, operation and subject."""
        return fingerprint_of(self.code, self.operation, self.subject)


def fingerprint_of(code: str, operation: str, subject: str) -> str:
    """The fingerprint of a finding that is known by these three."""
    text = "\n".join((code, operation, subject))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Something that a run meant to look at and could not; `why` says what would help."""

    pack: str
    operation: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A record that a run made and could not remove."""

    resource: str
    id: str
    why: str
