"""Servers at other instants, with other scenarios, and with a list of credentials."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW


@pytest.fixture(scope="session")
def built_empty() -> Server:
    """A company without customers, at the instant that tests use."""
    return build_server(Settings(now=NOW, scenario="empty"))


@pytest.fixture
def empty_server(built_empty: Server) -> Server:
    """The server without customers, as it was grown."""
    built_empty.worlds.reset()
    return built_empty


@pytest.fixture
def empty(empty_server: Server) -> Iterator[Client]:
    """A client of the server without customers."""
    with Client(empty_server.asgi) as client:
        yield client
