"""Reach: every operation answered well once, and each declared status was seen or is waived."""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.packs.rules.invariants import named
from contract_tests.preparing import Prepared, prepare
from contract_tests.records import Unable
from contract_tests.semantics import Credential, ExpressionError
from contract_tests.stories import Story, all_steps, can_be_played

_LONGEST = 4000


def judge_reach(bench: Bench, prepared: Prepared | None) -> None:
    """Provoke what was not seen yet, and tell what remains."""
    if prepared is not None:
        _provoke(bench, prepared)
    for status in _missing(bench):
        _play(bench, status)
    was_tried = prepared is not None and not bench.plan.is_read_only
    if was_tried and not any(200 <= status < 300 for status in _seen(bench)):
        _never(bench)
    for status in _missing(bench):
        bench.unreached(f"status {status}", _help(bench, status))


def _seen(bench: Bench) -> set[int]:
    return {status for (name, status) in bench.caller.seen if name == bench.operation.name}


def _missing(bench: Bench) -> list[int]:
    waived = {
        each.status
        for each in bench.semantics.unreachable
        if each.operation == "*" or bench.operation.name in named(bench.contract, (each.operation,))
    }
    return sorted(set(bench.operation.statuses) - waived - _seen(bench))


def _provoke(bench: Bench, prepared: Prepared) -> None:
    """Refused identities, and an id that names nothing."""
    missing = _missing(bench)
    access = bench.semantics.access
    if access.unauthenticated in missing and bench.operation.security:
        prepared.call(bench, identity="none")
    if access.forbidden in missing:
        for credential in _may_not(bench):
            prepared.call(bench, identity=credential)
    if 400 in missing and bench.operation.is_safe:
        _misfit_header(bench, prepared)
    if 409 in missing:
        _reuse_key(bench, prepared)
    for resource in bench.semantics.resources.values():
        for parameter in bench.operation.parameters_in("path"):
            is_fitting = bench.contract.schemas.fits(parameter.schema, resource.unknown)
            if is_fitting and {404, resource.absent} & set(_missing(bench)):
                prepared.call(bench, path={**prepared.path, parameter.name: resource.unknown})


def _misfit_header(bench: Bench, prepared: Prepared) -> None:
    """A header that breaks its schema: for a 400 where nothing else can be broken."""
    for each in bench.operation.parameters_in("header"):
        schema = bench.contract.document.resolve(each.schema)
        text = "x" * (schema.get("maxLength", _LONGEST) + 1)
        if len(text) <= _LONGEST and not bench.contract.schemas.fits(schema, text):
            prepared.call(bench, headers={each.name: text})


def _reuse_key(bench: Bench, prepared: Prepared) -> None:
    """One idempotency key for two different requests."""
    names = {each.name.lower() for each in bench.operation.parameters_in("header")}
    if "idempotency-key" not in names:
        return
    headers = {"Idempotency-Key": f"key-{bench.mark()}"}
    prepared.call(bench, headers=headers)
    prepare(bench, bench.operation.name).call(bench, headers=headers)


def _may_not(bench: Bench) -> list[Credential]:
    schemes = {name for alternative in bench.operation.security for name in alternative}
    needed = {s for each in bench.operation.security for scopes in each.values() for s in scopes}
    return [
        each
        for each in bench.plan.credentials.all
        if each.scheme in schemes
        and (
            each.state == "forbidden"
            or (each.state == "limited" and not needed <= set(each.scopes))
        )
    ][:1]


def _play(bench: Bench, status: int) -> None:
    """Tell a journey in which the operation answers with a status."""
    for journey in bench.semantics.journeys:
        if status in _seen(bench):
            return
        if journey.is_alone and not bench.target.is_ours_alone:
            continue
        told = [
            step
            for step in all_steps(journey.steps)
            if step.kind == "call" and step.subject == bench.operation.name
        ]
        hoped = [each for step in told for each in step.expect]
        if status not in hoped and not any(isinstance(each, str) for each in hoped):
            continue
        try:
            can_be_played(bench, journey.steps)
            Story(bench).play(journey.steps)
        except (Unable, ExpressionError):
            continue


def _never(bench: Bench) -> None:
    got = sorted(_seen(bench))
    bench.found(
        "never-answered-2xx",
        "minor",
        f"{bench.operation.name} never answered with a 2xx: nothing is known of its good answers",
        rule="Every operation of the contract can be called with success.",
        source=f"{bench.contract.document.path.name}, {bench.operation.name}",
        expected={"status": [each for each in bench.operation.statuses if each < 300]},
        got={"statuses": got},
        exchanges=[each for each in bench.caller.log if each.operation == bench.operation.name][:1],
    )


def _help(bench: Bench, status: int) -> str:
    if status == bench.semantics.access.forbidden:
        return "no credential that may not: give --auth one that lacks a scope or has another role"
    if bench.plan.is_read_only:
        return "it may need writes, and the run is --read-only"
    return "nothing provokes it: declare a journey that expects it, or list it in `unreachable`"
