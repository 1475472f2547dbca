"""A mock of a document is put to the same kinds of request as the families."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks import documents
from mockserver.app import build_server
from mockserver.settings import Settings


def test_every_kind_of_request_is_answered_by_both_and_told() -> None:
    found = documents.measure(rounds=1, requests=10)
    assert [each.name for each in found] == [pair.name for pair in documents.pairs()]
    assert all(each.ratio.median > 0 for each in found)
    lines = documents.table(found).splitlines()
    assert [line.split("|")[1].strip() for line in lines[4:]] == [each.name for each in found]


def test_what_is_not_answered_in_order_is_not_measured() -> None:
    async def ask() -> bytes:
        return documents.Wire(build_server(Settings(scenario="empty"))).ask(
            b"GET /nowhere HTTP/1.1\r\n\r\n"
        )

    with pytest.raises(RuntimeError, match="nothing was measured"):
        asyncio.run(ask())
