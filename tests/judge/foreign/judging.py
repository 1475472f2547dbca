"""Runs of the judge over foreign servers whose clock the test moves: nobody waits."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from contract_tests import bench
from contract_tests.plan import Options, make_plan
from contract_tests.results import RunResult
from contract_tests.running import run
from tests.judge.foreign.serving import CONTRACTS, Service, serving

PACKS = ("lint", "protocol", "lifecycle", "collections", "rules", "access")


def judged(
    service: Service,
    patching: pytest.MonkeyPatch,
    *,
    packs: tuple[str, ...] = PACKS,
    only: tuple[str, ...] = (),
    reference: str | None = None,
    semantics: str | None = None,
    auth: str | None = None,
    seed: int = 1,
) -> RunResult:
    """What a run shows of a server; where the judge would wait, its clock is moved."""
    told = SimpleNamespace(sleep=service.let_pass, monotonic=time.monotonic)
    patching.setattr(bench, "time", told)
    with serving(service) as url:
        options = Options(
            url,
            spec=str(CONTRACTS / service.contract_file),
            semantics=semantics,
            packs=packs,
            only=only,
            auth=auth,
            reference=reference,
            seed=seed,
        )
        return run(make_plan(options), workers=1, seconds=120)


def told(result: RunResult) -> list[str]:
    """The findings of a run in one line each, and what broke."""
    found = [f"{each.code} {each.operation}: {each.title}" for each in result.findings]
    return found + [each.error for each in result.items if each.error]
