"""A server in a thread, as users of the clients have one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mockserver.background import background_server
from mockserver.client import MockServer, MockWorld
from mockserver.settings import Settings
from tests.conftest import NOW


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps snapshots."""
    return tmp_path_factory.mktemp("snapshots")


@pytest.fixture(scope="session")
def url(snapshots: Path) -> Iterator[str]:
    """The address of a running server."""
    with background_server(Settings(now=NOW, snapshots=snapshots)) as address:
        yield address


@pytest.fixture(scope="session")
def mock(url: str) -> Iterator[MockServer]:
    """The server in the hands of a test."""
    with MockServer(url) as server:
        yield server


@pytest.fixture
def world(mock: MockServer, request: pytest.FixtureRequest) -> Iterator[MockWorld]:
    """A fresh world."""
    world = mock.fresh_world(request.node.name)
    yield world
    world.remove()
