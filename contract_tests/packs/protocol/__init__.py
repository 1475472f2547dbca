"""Protocol: what HTTP (RFC 9110) and the contract ask of every answer, and of every bad request."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from contract_tests.bench import Bench
from contract_tests.pack import Pack
from contract_tests.packs.protocol.bad_bodies import judge_bad_bodies, judge_charset
from contract_tests.packs.protocol.conditions import judge_conditions
from contract_tests.packs.protocol.location import judge_location
from contract_tests.packs.protocol.methods import judge_head, judge_methods
from contract_tests.packs.protocol.queries import judge_queries
from contract_tests.packs.protocol.reach import judge_reach
from contract_tests.packs.protocol.spelling import judge_spelling
from contract_tests.packs.protocol.validation import judge_validation
from contract_tests.plan import Plan
from contract_tests.preparing import Prepared, prepare
from contract_tests.records import Unable


def operations(plan: Plan) -> Iterable[str]:
    """All of them."""
    return plan.contract.operations


def judge(bench: Bench) -> None:
    """A good call first; then everything about it that can be wrong; then which statuses were seen.

    Each part makes what it needs anew, so that one which cannot be judged does not stop the next.
    """
    prepared = _prepared(bench)
    if prepared is not None:
        answer = prepared.call(bench)
        is_good = 200 <= answer.answer.status < 300
        if is_good:
            _try(lambda: judge_location(bench, answer))
        for part in _PARTS if is_good else ():
            _part(bench, part)
    judge_reach(bench, prepared)


_PARTS: tuple[Callable[[Bench, Prepared], None], ...] = (
    judge_head,
    judge_methods,
    judge_conditions,
    judge_queries,
    judge_charset,
    judge_spelling,
    judge_bad_bodies,
    judge_validation,
)


def _prepared(bench: Bench) -> Prepared | None:
    try:
        return prepare(bench, bench.operation.name)
    except Unable as unable:
        bench.unreached(unable.what, unable.why)
        return None


def _part(bench: Bench, part: Callable[[Bench, Prepared], None]) -> None:
    try:
        part(bench, prepare(bench, bench.operation.name))
    except Unable as unable:
        bench.unreached(f"{part.__name__.removeprefix('judge_')}: {unable.what}", unable.why)


def _try(look: Callable[[], None]) -> None:
    try:
        look()
    except Unable:
        # What was made cannot be read back at all: the reach of the read says so.
        return


PACK = Pack(
    "protocol",
    "Methods, headers and errors are as HTTP and the contract say; bad requests are refused.",
    operations,
    judge,
    reads_only=True,
)
