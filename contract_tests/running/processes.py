"""A run by several processes: each takes the next item, and what it saw is told as it ends."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from threading import Thread
from typing import Protocol

from contract_tests.pack import Item, items_of
from contract_tests.plan import Options, Plan, make_plan
from contract_tests.results import ItemResult, Outcome, RunResult
from contract_tests.running.judging import Judge

_LETTERS = "bcdfghjklmnpqrstvwxz"


class Listener(Protocol):
    """Whoever wants to know of every item as it ends."""

    def item_finished(self, result: ItemResult, done: int, total: int) -> None:
        """One more item is done."""


class Silence:
    """Listens to nothing."""

    def item_finished(self, result: ItemResult, done: int, total: int) -> None:
        """Do nothing."""


def run(
    plan: Plan,
    *,
    workers: int,
    seconds: float | None,
    listener: Listener | None = None,
    known: frozenset[str] = frozenset(),
    fail_fast: bool = False,
) -> RunResult:
    """Judge every item of a plan, by so many processes, within so many seconds.

    With `fail_fast`, items that have not begun when the first finding is known are left.
    """
    started, moment = time.monotonic(), datetime.now(UTC)
    items = items_of(plan)
    deadline = None if seconds is None else started + seconds
    nonce = new_nonce()
    results: dict[Item, ItemResult] = {}
    told = listener or Silence()
    for item, result in _judged(plan, items, nonce, started, deadline, workers):
        results[item] = result
        told.item_finished(result, len(results), len(items))
        if fail_fast and any(f.fingerprint not in known for f in result.findings):
            break
    left = [ItemResult(i.pack, i.operation, Outcome.STOPPED) for i in items if i not in results]
    ordered = [results[item] for item in items if item in results]
    return RunResult(
        url=plan.options.url,
        contract=plan.options.spec,
        contract_title=str(plan.contract.document.root.get("info", {}).get("title", "")),
        profile=plan.profile.name,
        seed=plan.seed,
        packs=plan.packs,
        started=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=time.monotonic() - started,
        items=(*ordered, *left),
        statuses={name: plan.contract.operations[name].statuses for name in plan.operations},
        labels={name: plan.contract.operations[name].label for name in plan.operations},
        known=known,
    )


def new_nonce() -> str:
    """A text of small letters that no other run has."""
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def _judged(
    plan: Plan,
    items: list[Item],
    nonce: str,
    started: float,
    deadline: float | None,
    workers: int,
) -> Iterator[tuple[Item, ItemResult]]:
    if workers <= 1 or len(items) <= 1:
        judge = Judge(plan, nonce, started, deadline)
        yield from ((item, judge.judge(item)) for item in items)
        return
    # Not forked: the process that runs us may have threads (a server of ours, a test runner's).
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (plan.options, nonce, started, deadline))
    try:
        yield from _as_they_end({pool.submit(_one, item): item for item in items})
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_they_end(futures: dict[Future[ItemResult], Item]) -> Iterator[tuple[Item, ItemResult]]:
    waiting: Iterable[Future[ItemResult]] = futures
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda each: futures[each].name):
            item = futures[future]
            try:
                yield item, future.result()
            except BrokenProcessPool as error:
                broken = f"The process that judged ended by itself: {error}"
                yield item, ItemResult(item.pack, item.operation, Outcome.BROKEN, error=broken)


_JUDGES: list[Judge] = []  # one for each worker process, made when it begins


def _begin(options: Options, nonce: str, started: float, deadline: float | None) -> None:
    Thread(target=_end_with_whoever_started_us, daemon=True).start()
    _JUDGES[:] = [Judge(make_plan(options), nonce, started, deadline)]


def _end_with_whoever_started_us() -> None:
    """A run that is killed leaves nobody who waits for the next item."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _one(item: Item) -> ItemResult:
    return _JUDGES[0].judge(item)
