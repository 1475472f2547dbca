"""Worlds for the tests of this room, each grown once and forked for whoever asks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mockserver.bundle import scenario_directory
from mockserver.clock import Clock, parse_instant
from mockserver.domain.world import World
from mockserver.seed import Scenario, grow, load_scenario
from mockserver.seed.reading.scenario_file import read_scenario

NOW = "2026-02-20T15:00:00Z"

SMALL_BUSY = """
zones: [{id: zone_1, name: Eugene, postal_codes: ["97401", "97402", "97403"]}]
more_staff: 5
locale: de_DE
customers: {count: 60, history_days: 30, subscription_share: 0.5, blacklisted_share: 0.1}
bookings: {confirmed: 40, in_progress: 5, completed: 80, cancelled: 30, past_days: 10}
invoices: {by_hand: 5}
"""
"""More of everything than its customers have time for, so that every fallback is met."""


def ours(name: str) -> Scenario:
    """A scenario that travels with the package."""
    return load_scenario(name, scenario_directory())


def told(text: str) -> Scenario:
    """A scenario written in a test."""
    return read_scenario(text, "test.yaml", "test")


def world_of(name: str, *, seed: int = 1, now: str = NOW) -> World:
    """A world of a scenario of ours, or of a text; nobody else sees what is done to it."""
    return _grown(name, seed, now).fork("test")


@cache
def _grown(name: str, seed: int, now: str) -> World:
    scenario = told(name) if "\n" in name else ours(name)
    return grow(scenario, seed=seed, clock=Clock.frozen(parse_instant(now)))


def scenario_names() -> list[str]:
    """Every scenario that travels with the package."""
    return sorted(path.stem for path in Path(scenario_directory()).glob("*.yaml"))
