"""Same scenario, seed and moment: the same world to the last byte, in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mockserver.clock import Clock, parse_instant
from mockserver.seed import grow
from tests.seed.canonical import canonical
from tests.seed.growing import NOW, SMALL_BUSY, ours, world_of

ROOT = Path(__file__).parents[2]


def printed(name: str, seed: int, hash_seed: str) -> bytes:
    """The world as another process with another order of sets and dictionaries prints it."""
    return subprocess.run(
        [sys.executable, "-m", "tests.seed.canonical", name, str(seed), NOW],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("name", ["documented", "edges", SMALL_BUSY])
def test_two_processes_grow_the_same_bytes(name: str) -> None:
    first = printed(name, 5, "0")
    assert first == printed(name, 5, "4242")
    assert first == canonical(world_of(name, seed=5)).encode()


def test_growing_twice_in_one_process_gives_the_same() -> None:
    scenario, at = ours("documented"), parse_instant(NOW)
    first = grow(scenario, seed=9, clock=Clock.frozen(at))
    assert canonical(first) == canonical(grow(scenario, seed=9, clock=Clock.frozen(at)))


def test_another_seed_grows_another_world() -> None:
    assert canonical(world_of("documented", seed=1)) != canonical(world_of("documented", seed=2))


def test_another_moment_grows_another_world() -> None:
    later = world_of("documented", now="2026-02-21T15:00:00Z")
    assert canonical(world_of("documented")) != canonical(later)
