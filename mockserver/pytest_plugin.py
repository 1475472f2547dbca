"""The pytest plugin: a server for the session, and a world of its own for each test.

pytest imports this module in every run of an environment in which mockserver is installed, so that
nothing heavy is imported before a fixture is asked for.
"""

from __future__ import annotations

import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockserver.client import MockServer, MockWorld
    from mockserver.settings import Settings

# option, default, what it says
_OPTIONS = (
    ("url", "", "Use the mockserver that runs at this address instead of starting one."),
    ("token", "", "Its admin token (default: MOCKSERVER_ADMIN_TOKEN)."),
    ("scenario", "documented", "Scenario of the server that is started."),
    ("documents", "", "OpenAPI documents that it mocks in place of the documented system."),
    ("handlers", "", "Package with handlers for single operations of these documents."),
    ("seed", "1", "Seed of the server that is started."),
    ("now", "2026-02-20T15:00:00Z", "Where its clock stands; `running` lets it run."),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Give each setting a flag and an ini entry; the flag wins."""
    group = parser.getgroup("mockserver", "a stateful mock API, with a world for each test")
    for name, default, said in _OPTIONS:
        shown = f"{said} Ini: mock_server_{name}."
        group.addoption(f"--mock-server-{name}", default=None, metavar=name.upper(), help=shown)
        parser.addini(f"mock_server_{name}", said, default=default)


@pytest.fixture(scope="session")
def mock_server(pytestconfig: pytest.Config) -> Iterator[MockServer]:
    """A mockserver for the whole session: one in a thread of this process, or the one named.

    Under pytest-xdist each worker has a server of its own.
    """
    url = _setting(pytestconfig, "url")
    # A server that others use too knows our worlds by this machine and process.
    prefix = f"{socket.gethostname()[:20]}-{os.getpid()}-" if url else ""
    token = (_setting(pytestconfig, "token") or _environment_token()) if url else ""
    with nullcontext(url) if url else _own_server(pytestconfig) as address:
        from mockserver.client import MockServer, Unreachable  # noqa: PLC0415 (only when asked for)

        with MockServer(address, token=token, prefix=prefix) as server:
            try:
                server.admin.get_health()
            except Unreachable as error:
                pytest.fail(error.message, pytrace=False)
            yield server


@pytest.fixture
def mock_world(mock_server: MockServer, request: pytest.FixtureRequest) -> Iterator[MockWorld]:
    """A fresh world for one test, forgotten afterwards; nobody else sees what happens in it."""
    world = mock_server.fresh_world(request.node.name)
    yield world
    world.remove()


@contextmanager
def _own_server(config: pytest.Config) -> Iterator[str]:
    """A server in a thread; a setting that cannot be used fails the tests with one sentence."""
    with ExitStack() as running:
        # What the web framework's own imports warn of is nothing the tests of others should see.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from mockserver.errors import SetupError  # noqa: PLC0415 (only when asked for)

            try:
                settings = _settings(config)
                from mockserver.background import background_server  # noqa: PLC0415 (a second)

                address = running.enter_context(background_server(settings))
            except (SetupError, ValueError) as error:
                pytest.fail(f"The mock server cannot be set up: {error}", pytrace=False)
        yield address


def _settings(config: pytest.Config) -> Settings:
    """The settings of a server of our own; ValueError says which text cannot be read."""
    from mockserver.clock import parse_instant  # noqa: PLC0415 (only when asked for)
    from mockserver.settings import Settings  # noqa: PLC0415

    now = _setting(config, "now")
    return Settings(
        seed=int(_setting(config, "seed")),
        scenario=_setting(config, "scenario"),
        documents=tuple(_setting(config, "documents").split()),
        handlers=_setting(config, "handlers"),
        now=None if now == "running" else parse_instant(now),
    )


def _setting(config: pytest.Config, name: str) -> str:
    given = config.getoption(f"mock_server_{name}")
    return str(config.getini(f"mock_server_{name}") if given is None else given)


def _environment_token() -> str:
    return os.environ.get("MOCKSERVER_ADMIN_TOKEN", "")
