"""What a world costs: time to make it, time of its first write, memory.

    python benchmarks/worlds.py [number of worlds]

Prints a table; the figures are of this machine and this moment, not a test.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime

from mockserver.app import build_server
from mockserver.domain import customers
from mockserver.domain.world import business
from mockserver.settings import Settings

NOW = datetime(2026, 2, 20, 15, tzinfo=UTC)


def megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make worlds, write into each, and print what that took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    worlds = build_server(Settings(now=NOW, max_worlds=number + 1)).worlds
    names = [f"w{index}" for index in range(number)]
    print(f"{'step':<28}{'µs a world':>12}{'MiB in all':>12}")
    print(f"{'before':<28}{'':>12}{megabytes():>12.0f}")
    started = time.perf_counter()
    for name in names:
        worlds.pick(name)
    took = (time.perf_counter() - started) / number * 1e6
    print(f"{f'{number} worlds made':<28}{took:>12.1f}{megabytes():>12.0f}")
    started = time.perf_counter()
    for name in names:
        world = business(worlds.pick(name).world)
        customers.register(world, first_name="Ada", last_name="B", email="a@example.com")
    took = (time.perf_counter() - started) / number * 1e6
    print(f"{'one customer added to each':<28}{took:>12.1f}{megabytes():>12.0f}")


if __name__ == "__main__":
    main()
