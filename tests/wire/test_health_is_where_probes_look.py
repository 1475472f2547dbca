"""`/health` says what `/__admin/health` says, to anybody, and leaves no trace."""

from __future__ import annotations

from mockserver.app import Server
from tests.client import Client


def test_both_places_say_the_same(client: Client) -> None:
    short, long = client.get("/health"), client.get("/__admin/health")
    assert (short.status_code, short.json()) == (200, {"status": "ok"})
    assert (long.status_code, long.json()) == (200, {"status": "ok"})
    assert client.request("HEAD", "/health").status_code == 200


def test_it_can_only_be_asked(client: Client) -> None:
    assert client.post("/health").status_code == 405


def test_probes_do_not_fill_the_journal(client: Client, server: Server) -> None:
    client.get("/health")
    assert server.worlds.default.journal.last == 0
