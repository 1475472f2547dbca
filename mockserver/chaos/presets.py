"""Faults that people ask for by name: lists of rules that meet every request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mockserver.chaos.rules import Effect, FaultRule, RequestMatch, Schedule


@dataclass(frozen=True, slots=True)
class Preset:
    """A named list of rules; `summary` says in one sentence what they do."""

    name: str
    summary: str
    rules: tuple[FaultRule, ...]

    def aimed(self, match: RequestMatch, schedule: Schedule) -> tuple[FaultRule, ...]:
        """The rules for some requests only, and for some turns only."""
        return tuple(replace(rule, match=match, schedule=schedule) for rule in self.rules)


_ALL = (
    Preset(
        "slow-3g",
        "Every answer comes 300 to 600 ms late, and one in ten another 1 to 2 seconds later.",
        (
            FaultRule(Effect(delay_ms=(300, 600))),
            FaultRule(Effect(delay_ms=(1000, 2000)), probability=0.1),
        ),
    ),
    Preset(
        "flaky",
        "About one request in ten is answered 503, one in twenty 500, and one in twenty finds its "
        "connection reset.",
        (
            FaultRule(Effect(status=503), probability=0.1),
            FaultRule(Effect(status=500), probability=0.05),
            FaultRule(Effect(reset=True), probability=0.05),
        ),
    ),
    Preset("down", "Every request is answered 503.", (FaultRule(Effect(status=503)),)),
    Preset(
        "rate-limited",
        "Every request (with a schedule: every so many) is answered 429 with Retry-After: 1.",
        (FaultRule(Effect(status=429, retry_after=1)),),
    ),
)
PRESETS = {preset.name: preset for preset in _ALL}
