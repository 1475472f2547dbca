"""One server for the whole run, its world put back before each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import Client

NOW = datetime(2026, 2, 20, 15, 0, 0, tzinfo=UTC)

# How long an example takes is the machine's matter: no test depends on the wall clock.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# The worlds in memory are many objects: they are looked through for cycles less often than usual.
gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def built() -> Server:
    """The documented world at the instant that tests and fixtures use."""
    return build_server(Settings(now=NOW))


@pytest.fixture
def server(built: Server) -> Server:
    """The server, its world as it was grown."""
    built.worlds.clear()
    return built


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    """A client of the server."""
    with Client(server.asgi) as client:
        yield client
