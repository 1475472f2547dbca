"""A problem of a contract: what is wrong, where, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is an operation or a JSON pointer; `rule` why it matters; `cure` what to write."""

    code: str
    severity: str
    place: str
    says: str
    rule: str
    cure: str
