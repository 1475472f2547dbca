"""What a run is told on its command line, and what every pack is handed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.plan import CONTRACT, SEEDS, Plan, PlanError, make_plan
from contract_tests.targets import Target, open_target

PLAN = pytest.StashKey[Plan]()
_SEEDS = ",".join(map(str, SEEDS))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the judge."""
    group = parser.getgroup("contract", "the judge")
    group.addoption(
        "--base-url",
        metavar="URL",
        help="Judge the server at this URL. Without it, a server of our own is started.",
    )
    group.addoption(
        "--contract", metavar="FILE", default=str(CONTRACT), help="The OpenAPI document."
    )
    group.addoption("--seeds", metavar="N,N", default=_SEEDS, help="One full run for each seed.")


def pytest_configure(config: pytest.Config) -> None:
    """Read the contract before anything is collected.

    The defaults are named again for a run whose arguments do not lead here at first (`pytest .`):
    pytest then meets this file only after it has read its options.
    """
    config.addinivalue_line("markers", "xdist_group(name): what one worker must do alone")
    try:
        config.stash[PLAN] = make_plan(
            config.getoption("--contract", str(CONTRACT)),
            config.getoption("--seeds", _SEEDS),
            config.getoption("--base-url", None),
        )
    except PlanError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One item for each operation, and one for each seed, of a test that asks for it.

    All items of a seed go to one worker: its full run is made once and looked at by several tests.
    """
    plan = metafunc.config.stash[PLAN]
    if "operation" in metafunc.fixturenames:
        metafunc.parametrize("operation", plan.operations, ids=[o.name for o in plan.operations])
    if "seed" in metafunc.fixturenames:
        seeds = [
            pytest.param(seed, id=f"seed-{seed}", marks=pytest.mark.xdist_group(f"seed-{seed}"))
            for seed in plan.seeds
        ]
        metafunc.parametrize("seed", seeds, scope="session")


@pytest.fixture(scope="session")
def plan(pytestconfig: pytest.Config) -> Plan:
    """The contract, its operations and the seeds."""
    return pytestconfig.stash[PLAN]


@pytest.fixture(scope="session")
def target(plan: Plan) -> Iterator[Target]:
    """The server under judgement, one for the whole session (of a worker)."""
    with open_target(plan.base_url) as opened:
        yield opened


@pytest.fixture
def fresh_target(target: Target) -> Target:
    """The server under judgement with its world put back, where that can be done."""
    target.reset()
    return target
