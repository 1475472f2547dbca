"""A world as one text, and as a program that prints it: ``python -m tests.seed.canonical``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from mockserver.domain.world import World
from tests.seed.growing import world_of

COLLECTIONS = ("customers", "bookings", "invoices", "staff", "zones", "outbox")


def canonical(world: World) -> str:
    """Every row of every collection in order, and what the world will count on from."""
    rows: dict[str, Any] = {
        name: [asdict(row) for row in getattr(world, name)] for name in COLLECTIONS
    }
    fresh = world.fork("fresh").ids
    rows["next"] = [fresh.prefixed("cust", 10), fresh.prefixed("bk", 14), fresh.uuid4()]
    rows["numbered"] = world.invoices_numbered
    rows["moments"] = [world.started_at, world.caught_up_to, world.now()]
    return json.dumps(rows, default=str, ensure_ascii=False)


if __name__ == "__main__":
    name, seed, now = sys.argv[1:]
    sys.stdout.buffer.write(canonical(world_of(name, seed=int(seed), now=now)).encode())
