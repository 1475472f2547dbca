"""On a server without worlds, what a run made is removed, and what is left is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from contract_tests.bench import Bench
from contract_tests.plan import Options, make_plan
from contract_tests.records import Unable
from contract_tests.targets import connect
from tests.judge.foreign.library import Library
from tests.judge.foreign.serving import CONTRACTS, Call, Refused, Reply, Service, serving
from tests.judge.foreign.tickets import Tickets


@contextmanager
def _at_work(service: Service, **options: Any) -> Iterator[Bench]:
    """A bench over a server that runs as long as the block lasts."""
    with serving(service) as url:
        plan = make_plan(Options(url, spec=str(CONTRACTS / service.contract_file), **options))
        target = connect(url, "check")
        yield Bench(plan, target, "rules", next(iter(plan.contract.operations)), "bcdfg")
        target.close()


def test_a_record_goes_and_with_it_what_was_made_for_it() -> None:
    service = Library()
    with _at_work(service) as bench:
        bench.make("loan")
        bench.make("book")
        assert (len(service.books), len(service.loans)) == (2, 1)
        assert bench.clean_up() == []
    assert (service.books, service.loans) == ({}, {})


def test_a_nested_record_goes_by_the_path_it_lies_at() -> None:
    service = Tickets()
    with _at_work(service) as bench:
        project = bench.make("project")
        bench.make("ticket", needs={"project": project})
        assert bench.clean_up() == []
    assert (service.projects, service.tickets) == ({}, {})


def test_what_cannot_be_removed_is_told() -> None:
    class Keeping(Library):
        def removeBook(self, call: Call) -> Reply:  # noqa: N802
            raise Refused(409, "Books stay.")

    with _at_work(Keeping()) as bench:
        loan = bench.make("loan")
        left = {each.resource: (each.id, each.why) for each in bench.clean_up()}
    assert left["loan"] == (loan.id, "the contract has no operation that removes it")
    assert left["book"] == (loan.needs["book"].id, "removeBook answered 409")


def test_an_operation_that_the_run_leaves_out_is_not_called_to_clean_up() -> None:
    service = Library()
    with _at_work(service, skip=("removeBook",)) as bench:
        bench.make("book")
        left = bench.clean_up()
    assert [each.why for each in left] == ["it was left out of this run (--only, --skip)"]


def test_what_was_made_is_removed_though_it_could_not_be_read() -> None:
    class Blind(Tickets):
        def createProject(self, call: Call) -> Reply:  # noqa: N802
            project = super().createProject(call).body["data"]
            return Reply(201, {"data": {"id": project["id"]}})

    service = Blind()
    with _at_work(service) as bench:
        bench.make("project")
        bench.clean_up()
    assert service.projects == {}


def test_a_record_that_went_by_itself_is_not_left() -> None:
    service = Library()
    with _at_work(service) as bench:
        book = bench.make("book")
        service.books.pop(int(book.id))
        assert bench.clean_up() == []


def test_a_run_that_only_reads_makes_nothing() -> None:
    service = Library()
    with _at_work(service, is_read_only=True) as bench:
        with pytest.raises(Unable, match="--read-only"):
            bench.make("book")
        assert bench.clean_up() == []
    assert service.books == {}
