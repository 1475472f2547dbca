"""Our own server, built once for the tests that face mutants of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp

from contract_tests.mutants.server import REFERENCE, mutated, usual_settings


@pytest.fixture(scope="package")
def reference() -> Iterator[ASGIApp]:
    """Our server; mutants of it are made where they are needed."""
    with mutated(REFERENCE, usual_settings()) as application:
        yield application
