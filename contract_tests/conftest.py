"""The judge as pytest runs it: its options, one item for each pack and operation, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from contract_tests.contract import ContractError
from contract_tests.pack import Item, items_of
from contract_tests.plan import CHECKOUT, CONTRACT, Options, Plan, make_plan
from contract_tests.running import Judge
from contract_tests.running.processes import new_nonce
from contract_tests.targets import our_server

PLAN = pytest.StashKey[Plan]()
_NOT_STARTED = "http://127.0.0.1:0"
_EXAMPLES = CHECKOUT / "fixtures" / "examples"
_UNREACHED = "not reached"
_MOST_LINES = 40


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the judge; `mockserver check --help` tells more of each."""
    add = parser.getgroup("contract", "the judge").addoption
    add("--base-url", metavar="URL", help="Judge this server. Without it, one of our own.")
    add("--spec", metavar="FILE", default=str(CONTRACT), help="The OpenAPI document.")
    add("--semantics", metavar="FILE", help="What it means besides.")
    add("--profile", default="standard", metavar="NAME", help="smoke, standard or deep.")
    add("--packs", default="", metavar="A,B", help="Only these packs.")
    add("--only", default="", metavar="A,B", help="Only these operations, or tag:NAME.")
    add("--skip", default="", metavar="A,B", help="Leave these operations out.")
    add("--contract-seed", default="1", metavar="N", help="Draws what is sent.")
    add("--auth", metavar="FILE", help="Credentials (JSON).")
    add("--read-only", action="store_true", help="Never write.")
    add("--rate", type=float, metavar="N", help="At most so many requests in a second.")


def pytest_configure(config: pytest.Config) -> None:
    """Read the contract before anything is collected."""
    config.addinivalue_line("markers", "xdist_group(name): what one worker must do alone")
    try:
        config.stash[PLAN] = make_plan(_options(config))
    except ContractError as error:
        raise pytest.UsageError(str(error)) from error


def _options(config: pytest.Config) -> Options:
    """What was asked for.

    The defaults are named again for a run whose arguments do not lead here at first (`pytest .`):
    pytest then meets this file only after it has read its options.
    """

    def asked(name: str, default: str | None = None) -> str | None:
        value = config.getoption(name, None)
        return default if value is None else str(value)

    def several(name: str) -> tuple[str, ...]:
        return tuple(part for part in (asked(name) or "").split(",") if part)

    url, seed = asked("--base-url"), asked("--contract-seed", "1")
    if seed is None or not seed.isdigit():
        raise pytest.UsageError(f"--contract-seed {seed!r} is no whole number.")
    own = str(_EXAMPLES / "auth.json") if url is None else None
    rate = asked("--rate")
    return Options(
        url=(url or _NOT_STARTED).rstrip("/"),
        spec=asked("--spec", str(CONTRACT)) or "",
        semantics=asked("--semantics"),
        profile=asked("--profile", "standard") or "",
        packs=several("--packs"),
        only=several("--only"),
        skip=several("--skip"),
        seed=int(seed),
        auth=asked("--auth", own),
        is_read_only=bool(config.getoption("--read-only", False)),
        rate=float(rate) if rate else None,
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One item for each pack and operation."""
    if "item" in metafunc.fixturenames:
        items = items_of(metafunc.config.stash[PLAN])
        metafunc.parametrize("item", items, ids=[item.name for item in items])


@pytest.fixture(scope="session")
def judge(pytestconfig: pytest.Config) -> Iterator[Judge]:
    """The judge of the server at `--base-url`, or of one of our own that lives for the session."""
    plan = pytestconfig.stash[PLAN]
    if plan.options.url != _NOT_STARTED:
        yield Judge(plan, new_nonce())
        return
    with our_server(_EXAMPLES / "credentials.yaml") as url:
        yield Judge(replace(plan, options=replace(plan.options, url=url)), new_nonce())


@pytest.fixture
def told(record_property: Callable[[str, object], None], item: Item) -> Iterator[list[str]]:
    """A list whose lines are told at the end of the session, whatever becomes of the test."""
    lines: list[str] = []
    yield lines
    for line in lines:
        record_property(_UNREACHED, f"{item.name}: {line}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not reached, and why."""
    reports = [
        report
        for kind in ("passed", "failed", "skipped")
        for report in terminalreporter.stats.get(kind, ())
    ]
    lines = sorted(
        {
            str(value)
            for report in reports
            for name, value in getattr(report, "user_properties", ())
            if name == _UNREACHED
        }
    )
    if lines:
        terminalreporter.section("the judge could not look at")
        for line in lines[:_MOST_LINES]:
            terminalreporter.write_line(line)
        if len(lines) > _MOST_LINES:
            terminalreporter.write_line(f"… and {len(lines) - _MOST_LINES} more.")
