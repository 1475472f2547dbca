"""Deliberate misbehaviour: which requests a world spoils, when, how often, and in which way.

No web library, no family's wording and no waiting may enter: a book of faults decides, `wire/`
delays, renders, cuts and resets.
"""

from mockserver.chaos.bodies import invalid_body, truncated
from mockserver.chaos.book import RULES_MOST, FaultBook, Standing
from mockserver.chaos.decision import Decision
from mockserver.chaos.presets import PRESETS, Preset
from mockserver.chaos.reading import FaultRequest, read_faults
from mockserver.chaos.rules import (
    DELAY_MOST_MS,
    Effect,
    FaultRule,
    HeaderMatch,
    InvalidBody,
    Pattern,
    RequestFacts,
    RequestMatch,
    Schedule,
)
from mockserver.chaos.writing import show_rule, show_standing

__all__ = [
    "DELAY_MOST_MS",
    "PRESETS",
    "RULES_MOST",
    "Decision",
    "Effect",
    "FaultBook",
    "FaultRequest",
    "FaultRule",
    "HeaderMatch",
    "InvalidBody",
    "Pattern",
    "Preset",
    "RequestFacts",
    "RequestMatch",
    "Schedule",
    "Standing",
    "invalid_body",
    "read_faults",
    "show_rule",
    "show_standing",
    "truncated",
]
