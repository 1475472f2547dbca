"""Runs: what ends them, what they exit with, and that nothing judged is never clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from contract_tests.bench import Bench
from contract_tests.pack import Item, Pack
from contract_tests.plan import Options, Plan, make_plan
from contract_tests.records import OutOfTime, Unable
from contract_tests.results import Exit, ItemResult, Outcome, RunResult
from contract_tests.running import run, unreachable
from contract_tests.running.processes import _as_they_end
from contract_tests.wires import TargetGone
from tests.judge.core.rude import reset, talking
from tests.judge.foreign.library import GenreIsNotFiltered, Library
from tests.judge.foreign.serving import CONTRACTS, serving

SPEC = str(CONTRACTS / "library.yaml")
Judging = Callable[[Bench], None]


@pytest.fixture(scope="module")
def url() -> Iterable[str]:
    """A right server."""
    with serving(Library()) as address:
        yield address


def _plan(url: str, **options: Any) -> Plan:
    return make_plan(replace(Options(url, spec=SPEC, packs=("rules",)), **options))


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> Callable[[Judging], None]:
    """Put a judge of the test's own in the place of the pack `rules`."""

    def put(judge: Judging) -> None:
        module = ModuleType("contract_tests.packs.rules")
        module.PACK = Pack("rules", "x", lambda plan: plan.operations, judge)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return put


def _call(bench: Bench) -> None:
    bench.call("listBooks")


def _found(bench: Bench) -> None:
    _call(bench)
    bench.found(
        "x", "major", "x", rule="x", source="x", expected=1, got=2, subject=bench.mark()[:1]
    )


def _raising(error: Exception) -> Judging:
    def judge(bench: Bench) -> None:
        _call(bench)
        raise error

    return judge


@pytest.mark.parametrize(
    ("judge", "outcome", "code"),
    [
        (_call, Outcome.PASSED, Exit.CLEAN),
        (lambda bench: None, Outcome.SKIPPED, Exit.USAGE),
        (_found, Outcome.FAILED, Exit.FINDINGS),
        (_raising(Unable("do it", "it cannot be done")), Outcome.SKIPPED, Exit.USAGE),
        (_raising(OutOfTime()), Outcome.STOPPED, Exit.OUT_OF_TIME),
        (_raising(TargetGone("it went away")), Outcome.BROKEN, Exit.UNREACHABLE),
        (_raising(ZeroDivisionError("the judge itself")), Outcome.BROKEN, Exit.UNREACHABLE),
    ],
)
def test_each_end_of_an_item_has_its_exit(
    url: str, pack: Callable[[Judging], None], judge: Judging, outcome: Outcome, code: Exit
) -> None:
    pack(judge)
    result = run(_plan(url, only=("listBooks",)), workers=1, seconds=30)
    assert [each.outcome for each in result.items] == [outcome]
    assert result.exit is code


def test_why_an_item_was_not_judged_is_told(url: str, pack: Callable[[Judging], None]) -> None:
    pack(_raising(Unable("make book", "addBook answered 500")))
    result = run(_plan(url, only=("listBooks",)), workers=1, seconds=30)
    told = [(each.operation, each.what, each.why) for each in result.unreached]
    assert told == [("listBooks", "make book", "addBook answered 500")]


def test_a_finding_outlives_what_breaks_after_it(url: str, pack: Callable[[Judging], None]) -> None:
    def judge(bench: Bench) -> None:
        _found(bench)
        raise TargetGone("it went away")

    pack(judge)
    result = run(_plan(url, only=("listBooks",)), workers=1, seconds=30)
    assert result.exit is Exit.FINDINGS
    assert "it went away" in result.items[0].error


def test_when_time_ends_what_is_left_is_told_as_stopped(
    url: str, pack: Callable[[Judging], None]
) -> None:
    pack(_call)
    result = run(_plan(url), workers=1, seconds=0)
    assert {each.outcome for each in result.items} == {Outcome.STOPPED}
    assert len(result.items) == len(_plan(url).operations)
    assert result.exit is Exit.OUT_OF_TIME


def test_the_first_finding_ends_a_run_that_is_to_fail_fast(
    url: str, pack: Callable[[Judging], None]
) -> None:
    pack(_found)
    whole = run(_plan(url), workers=1, seconds=30)
    fast = run(_plan(url), workers=1, seconds=30, fail_fast=True)
    assert sum(each.outcome is Outcome.FAILED for each in fast.items) == 1
    assert len(fast.items) == len(whole.items)
    known = frozenset(each.fingerprint for each in whole.findings)
    again = run(_plan(url), workers=1, seconds=30, fail_fast=True, known=known)
    assert sum(each.outcome is Outcome.FAILED for each in again.items) == len(whole.items)
    assert again.exit is not Exit.FINDINGS


def test_the_same_seed_gives_the_same_findings(url: str, pack: Callable[[Judging], None]) -> None:
    pack(_found)

    def found(seed: int) -> list[str]:
        result = run(_plan(url, seed=seed), workers=1, seconds=30)
        return [each.fingerprint for each in result.findings]

    assert found(1) == found(1)
    assert found(1) != found(2)


def test_several_processes_find_what_one_finds() -> None:
    with serving(GenreIsNotFiltered()) as url:
        plan = _plan(url, packs=("collections", "rules"), profile="smoke")
        results = [run(plan, workers=workers, seconds=60) for workers in (1, 2)]
    alone, together = (_told(each) for each in results)
    assert alone == together
    assert alone


def _told(result: RunResult) -> list[tuple[str, str, str]]:
    return [(each.code, each.operation, each.fingerprint) for each in result.findings]


def test_a_process_that_dies_breaks_its_items_and_no_more() -> None:
    dead, well = Future[ItemResult](), Future[ItemResult]()
    items = [Item("rules", "listBooks"), Item("rules", "getBook")]
    dead.set_exception(BrokenProcessPool("a child process terminated abruptly"))
    well.set_result(ItemResult("rules", "getBook", Outcome.PASSED))
    told = dict(_as_they_end(dict(zip((dead, well), items, strict=True))))
    assert told[items[0]].outcome is Outcome.BROKEN
    assert "terminated abruptly" in told[items[0]].error
    assert told[items[1]].outcome is Outcome.PASSED


def test_a_server_that_breaks_every_connection_is_unreachable() -> None:
    with talking(lambda connection, _number: reset(connection)) as url:
        assert f"{url} gave no answer" in unreachable(url)
        plan = _plan(url, only=("listBooks",), packs=("lifecycle",))
        result = run(plan, workers=1, seconds=30)
        assert result.exit is Exit.UNREACHABLE
        assert result.items[0].outcome is Outcome.BROKEN


def test_a_server_that_answers_everything_with_a_page_is_no_mockserver() -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"

    def conversation(connection: Any, _number: int) -> None:
        while connection.recv(65536):
            connection.sendall(page)

    with talking(conversation) as url:
        assert unreachable(url) == ""
