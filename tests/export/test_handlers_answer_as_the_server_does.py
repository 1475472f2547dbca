"""In the real tools: the exported TypeScript compiles, and MSW gives what the server gave."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from mockserver.export import Recipe, files_of, write
from mockserver.export.as_har import har
from mockserver.export.dataset import record
from mockserver.export.recorder import Recorder
from tests.export.conftest import Tools
from tests.export.wandering import Wanderer

pytestmark = pytest.mark.xdist_group("frontend")  # tools share a cache in node_modules
_READS = 600


def test_the_export_and_the_board_keep_to_strict_types(tools: Tools) -> None:
    ran = tools.run("tsc")
    assert ran.returncode == 0, ran.stdout


def test_every_get_of_the_committed_walk_gets_the_same_from_msw(tools: Tools) -> None:
    ran = tools.run("vitest", "run")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 beyond the handlers" in ran.stdout


@pytest.mark.parametrize("scenario", ["showroom", "edges"])
def test_reads_made_up_at_random_get_the_same_or_a_refusal(
    tools: Tools, tmp_path: Path, scenario: str
) -> None:
    recipe = Recipe(scenario, formats=("msw",))
    write(tmp_path, files_of(recipe))
    dataset = record(recipe)
    with Recorder(recipe.settings) as recorder:
        calls = Wanderer(dataset, random.Random(20)).calls(_READS)
        walk = tmp_path / "walk.har"
        walk.write_text(har(dataset, [recorder.ask(call) for call in calls]))
    ran = tools.run("vitest", "run", "reads", FIXTURES=str(tmp_path), WALK=str(walk))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = re.search(r"(\d+) reads, \d+ beyond the handlers, (\d+) of them no 400", ran.stdout)
    assert told, ran.stdout
    assert int(told[1]) == _READS
    assert int(told[2]) < _READS / 5, "handlers that refuse everything would prove nothing"
