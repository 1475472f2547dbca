"""One server of three processes for the tests that take nothing away from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.scale.arranged import NGINX, Scaled, scaled


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scaled]:
    """`mockserver serve --workers 3`, its snapshots in a directory of its own."""
    if not NGINX:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    snapshots: Path = tmp_path_factory.mktemp("snapshots")
    with scaled(tmp_path_factory.mktemp("scaled"), "--snapshots", str(snapshots)) as running:
        yield running


@pytest.fixture
def client(together: Scaled) -> Iterator[httpx.Client]:
    """A client of all of it."""
    with together.client as client:
        yield client
