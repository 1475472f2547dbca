"""`st run openapi.yaml --url …` with all checks and all phases is clean, whatever the seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.contract import load_contract
from contract_tests.packs.schema.engine import EngineRun, run_engine
from contract_tests.plan import CHECKOUT, CONFIGURATION, CONTRACT
from contract_tests.targets import our_server

ADMIN_CONTRACT = CHECKOUT / "mockserver" / "admin" / "openapi.yaml"
ADMIN_CONFIGURATION = CHECKOUT / "contract_tests" / "admin.toml"
PATIENCE_S = 600


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EngineRun:
    """One full run with all four phases, over a world that is as it was grown."""
    folder: Path = tmp_path_factory.mktemp("engine")
    options = ["--seed", str(request.param)]
    with our_server() as url:
        return run_engine(CONTRACT, url, CONFIGURATION, folder, options, PATIENCE_S)


def every_seed(function: object) -> object:
    """All that looks at the run of one seed is done by one worker.

    More: `python -m contract_tests.mutants correct --server reference --packs schema --seeds 1-20`.
    """
    seeds = [
        pytest.param(seed, id=f"seed-{seed}", marks=pytest.mark.xdist_group(f"seed-{seed}"))
        for seed in (8,)
    ]
    return pytest.mark.parametrize("run", seeds, indirect=True)(function)


@every_seed
def test_nothing_is_found_and_no_warning_means_a_blind_run(run: EngineRun) -> None:
    assert run.exit_code == 0, run.output[-6000:]


@every_seed
def test_every_operation_succeeds_at_least_once(run: EngineRun) -> None:
    reached = {label for label, status in run.seen if 200 <= status < 300}
    labels = {each.label for each in load_contract(CONTRACT).operations.values()}
    assert labels - reached == set()


@pytest.mark.xdist_group("admin")
def test_the_servers_own_api_keeps_its_contract(tmp_path: Path) -> None:
    with our_server() as url:
        admin = f"{url}/__admin"
        options = ["--seed", "1"]
        done = run_engine(ADMIN_CONTRACT, admin, ADMIN_CONFIGURATION, tmp_path, options, PATIENCE_S)
    assert done.exit_code == 0, done.output[-6000:]
