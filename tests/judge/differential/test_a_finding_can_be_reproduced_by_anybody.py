"""The test that comes with a finding passes on the reference and fails on the target."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.bench import Bench
from contract_tests.packs.differential import PACK
from contract_tests.plan import Options, make_plan
from contract_tests.targets import References, connect, our_server
from tests.judge.differential.faults import served

Json = Any


def _stale_name(method: str, path: str, body: Json) -> Json:
    """A change of the last name is told, and not kept."""
    if method == "GET" and path.startswith("/v1/bookings/"):
        body["customer"]["name"] = "Somebody Else"
    return body


def _reproduction(url: str, references: References) -> str:
    plan = make_plan(Options(url, packs=("differential",)))
    target = connect(url, "check")
    bench = Bench(plan, target, "differential", "createBooking", "bcdfg")
    bench.kept["references"] = references
    PACK.judge(bench)
    target.close()
    (finding,) = bench.findings
    return finding.reproduction


def _run(code: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", url)
    names: dict[str, Json] = {}
    exec(compile(code, "reproduction.py", "exec"), names)
    (test,) = [value for name, value in names.items() if name.startswith("test_")]
    test()


def test_it_fails_there_and_passes_here(
    references: References, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(_stale_name) as wrong, our_server() as right:
        code = _reproduction(wrong, references)
        _run(code, right, monkeypatch)
        with pytest.raises(AssertionError):
            _run(code, wrong, monkeypatch)
