"""Conditional requests (RFC 9110, 13): a tag names a version, and a stale one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract_tests import pointers
from contract_tests.contract import Operation
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle.making import renewed
from contract_tests.reporter import show
from contract_tests.sightings import current

if TYPE_CHECKING:
    from contract_tests.packs.lifecycle.change import Change

_RULE = "RFC 9110, 13.1.1: the method is not performed when no listed tag is the current one."
_STRONG = (
    "RFC 9110, 8.8.1: a strong validator changes whenever a change occurs that a GET would show."
)
_PERFORMED = "RFC 9110, 13.1.2: where no listed tag is the current one, the method is performed."


def judge(change: Change) -> None:
    """Tags and preconditions of a record that is changed, where the contract declares them."""
    bench, read = change.bench, change.resource.read
    if read is None or read.operation in bench.plan.left_out:
        return
    declared = bench.contract.operations[read.operation].answer(200)
    if declared is None or "etag" not in declared.headers:
        return
    first = bench.read(change.resource, change.made.id, change.made)
    old = first.answer.header("etag")
    if old is None:
        _found(change, "no-tag", "Reading tells no ETag", "an ETag", None, (first,))
        return
    changed = _changed(change)
    second = bench.read(change.resource, change.made.id, change.made)
    new = second.answer.header("etag")
    if new == old:
        title = f"The ETag {old} stays the same after a change"
        _found(change, "tag-stays", title, "another ETag", new, (first, changed, second))
    told = changed.answer.header("etag")
    if told is not None and told != new:
        title = f"The update answered the ETag {told}, reading answers {show(new)}"
        _found(change, "tag-differs", title, told, new, (changed, second))
    if new is None or new.startswith("W/"):
        return  # a weak tag may stand for several versions, and If-Match never takes one
    is_another = _at_once(change, second, new)
    names = _headers(bench.operation)
    if "if-match" in names:
        _if_match(change, names["if-match"], new if is_another else old)


def _at_once(change: Change, second: Exchange, old: str) -> bool:
    """One more change in the same second; whether there is another version with another tag."""
    bench, read = change.bench, change.resource.read
    assert read is not None
    changed = _changed(change, is_later=False)
    third = bench.read(change.resource, change.made.id, change.made)
    if third.answer.json == second.answer.json:
        return False
    chain = (second, changed, third)
    if third.answer.header("etag") == old:
        title = f"Two versions of the same second share the ETag {old}"
        _found(change, "tag-of-two-versions", title, "another ETag", old, chain, _STRONG)
        return False
    name = _headers(bench.contract.operations[read.operation]).get("if-none-match")
    if name is not None:
        path = bench.path_to(read, change.made.id, change.made)
        again = bench.call(read.operation, path=path, headers={name: old})
        status = again.answer.status
        if status != 200:
            title = f"The ETag of before a change was answered {status}, not 200"
            _found(change, "old-tag-matches", title, 200, status, (*chain, again), _PERFORMED)
    return True


def _headers(operation: Operation) -> dict[str, str]:
    """The header parameters of an operation, as they are declared, by their names in small."""
    return {each.name.lower(): each.name for each in operation.parameters_in("header")}


def _if_match(change: Change, header: str, old: str) -> None:
    """A stale tag is refused and changes nothing; the current one is taken."""
    change.made = renewed(change.made, current(change.bench, change.made).item)
    stale = _changed(change, {header: old})
    seen = current(change.bench, change.made)
    if stale.answer.status != 412:
        title = f"A change of a stale version was answered {stale.answer.status}, not 412"
        _found(change, "stale-tag-taken", title, 412, stale.answer.status, (stale,))
    elif seen.item != change.made.record:
        moved = list(pointers.differences(change.made.record, seen.item))
        title = f"A change refused with 412 moved {moved[0][0]}"
        _found(change, "stale-tag-kept", title, moved[0][1], moved[0][2], (stale, seen.exchange))
    tag = change.bench.read(change.resource, change.made.id, change.made).answer.header("etag")
    taken = _changed(change, {header: tag or ""})
    if taken.answer.status >= 300:
        title = f"A change of the current version was answered {taken.answer.status}"
        _found(change, "current-tag-refused", title, "2xx", taken.answer.status, (taken,))
    change.made = renewed(change.made, current(change.bench, change.made).item)


def _changed(
    change: Change, headers: dict[str, str] | None = None, *, is_later: bool = True
) -> Exchange:
    """One more real change of the first member; in a new second where the clock can be moved."""
    pointer, values = next(iter(change.update.values.items()))
    old = change.made.record
    now = pointers.get(old, pointer)
    drawn = [change.filled(each) for each in values]
    value = next((each for each in drawn if each != now), drawn[0])
    if is_later:
        change.pass_time()
    exchange = change.send(change.body_of(pointer, value), headers)
    if exchange.answer.status < 300:
        change.made = renewed(change.made, current(change.bench, change.made).item)
    return exchange


def _found(
    change: Change,
    what: str,
    title: str,
    expected: object,
    got: object,
    exchanges: tuple[Exchange, ...],
    rule: str = _RULE,
) -> None:
    change.report.found(
        what,
        Severity.MAJOR,
        title,
        subject=what,
        expected=expected,
        got=got,
        exchanges=exchanges,
        rule=rule,
    )
