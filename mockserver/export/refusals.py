"""What the server answers around its records: headers, refusals and absences, asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mockserver.contract import Contract, Operation
from mockserver.contract.recipes.documented import Documented
from mockserver.export.recorder import Call, Recorded, Recorder
from mockserver.export.records import KEY, SOURCES, Collection, filled

STATES = ("missing", "malformed", "invalid", "expired", "revoked")
ID = "{id}"
"""Stands in a text for the id that was asked for."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Answers as a world gives them to its first call, so that counters in them are the same.

    By tag: `found` has the headers of a 200, `unchanged` those of a 304 where the tag has any,
    `refused` the 401 by state of the credential. By operationId: `absent` is the answer for an id
    that names nothing, with :data:`ID` in its place.
    """

    found: Mapping[str, Recorded]
    unchanged: Mapping[str, Recorded]
    refused: Mapping[str, Mapping[str, Recorded]]
    absent: Mapping[str, Recorded]


def refusals(
    recorder: Recorder, contract: Contract, collections: Mapping[str, Collection]
) -> Refusals:
    """Ask about every tag and every operation that reads."""
    read = [operation for operation in contract.operations if operation.method == "GET"]
    tags: dict[str, list[Operation]] = {}
    for operation in read:
        tags.setdefault(operation.tag, []).append(operation)
    calls = {tag: list(_finding(each, collections)) for tag, each in tags.items()}
    absent = {each.operation_id: _absent(recorder, Documented(contract, each)) for each in read}
    return Refusals(
        {tag: _first_found(recorder, each) for tag, each in calls.items()},
        {t: found for t, each in calls.items() if (found := _unchanged(recorder, each))},
        {tag: _refused(recorder, each[0]) for tag, each in tags.items()},
        {name: answer for name, answer in absent.items() if answer},
    )


def _finding(
    operations: Iterable[Operation], collections: Mapping[str, Collection]
) -> Iterator[Call]:
    """Calls of these operations that find something if there is anything; records first."""
    sources = {source.operation_id: source for source in SOURCES}
    for operation in operations:
        source = sources.get(operation.operation_id)
        if source and source.way == "record":
            rows = collections[source.name].rows
            yield from (Call("GET", filled(operation.path, row["id"]), KEY) for row in rows[:1])
    yield from (Call("GET", each.path, KEY) for each in operations if "{" not in each.path)


def _fresh(recorder: Recorder, call: Call) -> Recorded:
    recorder.renew()
    return recorder.ask(call)


def _first_found(recorder: Recorder, calls: Iterable[Call]) -> Recorded:
    return next(answer for call in calls if (answer := _fresh(recorder, call)).status in (200, 204))


def _unchanged(recorder: Recorder, calls: Iterable[Call]) -> Recorded | None:
    for call in calls:
        tag = _fresh(recorder, call).headers.get("etag")
        if tag:
            return _fresh(recorder, replace(call, headers={**KEY, "If-None-Match": tag}))
    return None


def _refused(recorder: Recorder, operation: Operation) -> dict[str, Recorded]:
    credentials = {
        "missing": {},
        "malformed": {"Authorization": "Nonsense"},
        **{word: {"Authorization": f"Bearer otesse_test_sk_{word}"} for word in STATES[2:]},
    }
    target = filled(operation.path, "any")
    return {
        state: _fresh(recorder, Call("GET", target, sent)) for state, sent in credentials.items()
    }


def _absent(recorder: Recorder, documented: Documented) -> Recorded | None:
    request = documented.unknown_ids()
    if request is None:
        return None
    answer = _fresh(recorder, Call("GET", request.path, KEY))
    known = set(documented.request().path.split("/"))
    unknown = next(part for part in request.path.split("/") if part not in known)
    return replace(answer, text=answer.text.replace(unknown, ID))
