"""Documents that are served in this process, as `mockserver serve FILE…` serves them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW

CONTRACTS = Path(__file__).parents[2] / "fixtures" / "contracts"
BOOKS, SHOP = str(CONTRACTS / "books.yaml"), str(CONTRACTS / "petshop.yaml")
KEY = {"X-Key": "let-me-in"}
"""What the books ask for."""
BASE = Settings(now=NOW)


def serve(*documents: str, **more: Any) -> Server:
    """A server of documents, at the instant that all tests use."""
    return build_server(replace(BASE, documents=documents, **more))


@contextmanager
def client_of(*documents: str, **more: Any) -> Iterator[Client]:
    """A client of a server of documents."""
    with Client(serve(*documents, **more).asgi) as client:
        yield client
