"""The tools that are set on a mutant: our kit, one pack of it alone, stock Schemathesis, Dredd."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contract_tests.contract import load_contract
from contract_tests.pack import items_of
from contract_tests.packs.schema.engine import run_engine
from contract_tests.plan import CHECKOUT, CONFIGURATION, CONTRACT, Options, make_plan
from contract_tests.running import Judge, run
from contract_tests.running.processes import new_nonce

Json = Any
CREDENTIALS = CHECKOUT / "fixtures" / "examples" / "credentials.yaml"
AUTH = CHECKOUT / "fixtures" / "examples" / "auth.json"
_KIT_S, _STOCK_S = 180.0, 600.0
# One bearer token that every family takes: Dredd knows one header for all.
_DOCUMENTED_IDS = {
    "customers": "cust_01HQ3K5M7N",
    "bookings": "bk_01HQ3K5M7N8P9R",
    "invoices": "inv_01HQ3K5M7N",
    "merchant": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    "leads": "c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01",
}
_DREDD_HEADER = "Authorization: Bearer otesse_test_sk_contract"


@dataclass(frozen=True, slots=True)
class Shot:
    """What a tool made of a server: `seconds` to the first finding, or of the whole run.

    `found` names operation and code of the first findings (transactions for Dredd).
    """

    killed: bool
    seconds: float
    requests: int
    found: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """As JSON."""
        return {**asdict(self), "found": list(self.found)}


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """The address of a server started by a command that prints one JSON line with its `url`."""
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{' '.join(command)} did not start.")
        yield str(json.loads(line)["url"])
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def mutant_command(name: str) -> list[str]:
    """The command that serves a mutant, or the `reference`."""
    module = "contract_tests.mutants.server"
    return [sys.executable, "-m", module, name, "--credentials", str(CREDENTIALS)]


def kit(
    url: str,
    seed: int = 1,
    packs: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    most_s: float | None = _KIT_S,
) -> Shot:
    """Our kit in its standard profile, by one process, until its first finding.

    It may take `most_s` seconds, or as long as it takes.
    """
    options = Options(url, packs=packs, only=only, seed=seed, auth=str(AUTH))
    started = time.monotonic()
    result = run(make_plan(options), workers=1, seconds=most_s, fail_fast=True)
    taken = time.monotonic() - started
    times = [i.first_finding_s for i in result.items if i.first_finding_s is not None]
    found = tuple(f"{f.operation} {f.code} {f.subject}" for f in result.findings)
    broken = tuple(f"{i.pack} {i.operation} {i.error}" for i in result.items if i.error)
    seconds = min(times) if times else taken
    return Shot(bool(found), seconds, result.requests, found or broken)


def verdict(url: str, packs: tuple[str, ...], concerned: tuple[str, ...]) -> Shot:
    """The kit, with the operations that a fault concerns first: the same items, sooner decided.

    Each item has a world of its own, so that their order changes nothing but the time.
    """
    plan = make_plan(Options(url, packs=packs, auth=str(AUTH)))
    judge, started = Judge(plan, new_nonce()), time.monotonic()
    requests, broken = 0, []
    for item in sorted(items_of(plan), key=lambda each: each.operation not in concerned):
        result = judge.judge(item)
        requests += result.requests
        if result.findings:
            found = tuple(f"{f.operation} {f.code} {f.subject}" for f in result.findings)
            return Shot(True, time.monotonic() - started, requests, found)
        if result.error:
            broken.append(f"{item.name} {result.error}")
    return Shot(False, time.monotonic() - started, requests, tuple(broken))


def schemathesis(url: str) -> Shot:
    """`st run` with the committed configuration: every check and phase, until its first failure."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--seed", "1", "--max-failures", "1"]
        done = run_engine(CONTRACT, url, CONFIGURATION, Path(folder), options, _STOCK_S)
    found = tuple(f"{each.label} {each.code}" for each in done.failures)
    return Shot(bool(found), time.monotonic() - started, len(done.seen), found)


def dredd(url: str) -> Shot:
    """Dredd over the documented examples; what it fails on the reference as well is no kill."""
    program = shutil.which(os.environ.get("DREDD", "dredd"))
    if program is None:
        raise RuntimeError("Dredd is not there: npm install dredd, and name its program in DREDD.")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "openapi.json"
        document.write_text(json.dumps(_for_dredd()), "utf-8")
        done = subprocess.run(
            [program, str(document), url, "--no-color", f"--header={_DREDD_HEADER}"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_STOCK_S,
            check=False,
        )
    failed = tuple(sorted(set(re.findall(r"(?m)^fail: (.+?) duration: ", done.stdout))))
    counted = re.search(r"(\d+) total", done.stdout)
    return Shot(bool(failed), time.monotonic() - started, int(counted[1]) if counted else 0, failed)


def _for_dredd() -> Json:
    """The contract as Dredd can use it: examples for ids in paths, and successes alone."""
    contract = load_contract(CONTRACT)
    for operation in contract.operations.values():
        entry = contract.document.root["paths"][operation.path][operation.method.lower()]
        parameters = [dict(contract.document.resolve(p)) for p in entry.get("parameters", [])]
        for each in parameters:
            if each["in"] == "path":
                each["example"] = _DOCUMENTED_IDS[operation.tags[0]]
        entry["parameters"] = [each for each in parameters if each["in"] != "header"]
        entry["responses"] = {s: a for s, a in entry["responses"].items() if s.startswith("2")}
    return contract.document.root


TOOLS: dict[str, Callable[[str], Shot]] = {
    "pace": kit,
    "schemathesis": schemathesis,
    "dredd": dredd,
}

# Packs of the kit, by the name of what they are as a tool; none named: those of the profile.
PACKS: dict[str, tuple[str, ...]] = {"kit": (), "differential": ("differential",)}
