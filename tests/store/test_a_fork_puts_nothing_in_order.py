"""A fork takes no time, however much was put before it: what lies loose is put in order later."""

from __future__ import annotations

from mockserver.store import Collection, Query, Table


def test_no_fork_asks_for_the_order_of_a_row() -> None:
    asked: list[str] = []

    def in_order(row: str) -> str:
        asked.append(row)
        return row

    table: Table[str] = Table("words", key=str, orders={"given": in_order})
    collection = Collection(table, overlay_limit=4)
    for number in range(500):
        collection.put(f"{number:04}")
        before = len(asked)
        fork = collection.fork()
        assert len(asked) == before
    assert len(fork) == 500
    rows = fork.select(Query(per_page=500)).rows
    assert list(rows) == [f"{number:04}" for number in range(500)]
