"""Memory: a world shares everything it has not changed with the one it was made from."""

from __future__ import annotations

import tracemalloc

from mockserver.app import Server
from mockserver.domain import customers
from mockserver.domain.world import business

WORLDS = 200
# 10 000 worlds in 1 GiB leave each of them this much.
SHARE = 2**30 // 10_000


def test_ten_thousand_worlds_with_a_change_each_fit_in_a_gibibyte(server: Server) -> None:
    server.worlds.pick("warm-up")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(WORLDS):
        world = business(server.worlds.pick(f"w{number}").world)
        customers.register(world, first_name="Ada", last_name="B", email="ada.b@costs.example")
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    server.worlds.clear()
    assert (after - before) / WORLDS < SHARE
