"""Queries that do not fit: refused as the contract says, and never a fault of the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.contract import Parameter
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.collections.crowd import Crowd
from contract_tests.reporter import Reporter

Json = Any


def judge_refusals(report: Reporter, crowd: Crowd) -> None:
    """Values outside their bounds, declared refusals, and no filter where one is needed."""
    bench, collection = report.bench, crowd.collection
    parameters = bench.operation.parameters_in("query")
    if _declares_refusal(report):
        for parameter in parameters:
            for value in _bad_values(report, parameter):
                query = {**crowd.without(parameter.name), parameter.name: value}
                exchange = crowd.page(query).exchange
                _must_refuse(report, exchange, f"{parameter.name}={value}", parameter.name)
        for declared in collection.refused:
            query = {**crowd.without(*declared), **bench.fill(declared, **crowd.names)}
            asked = "&".join(f"{name}={value}" for name, value in query.items())
            _must_refuse(report, crowd.page(query).exchange, asked, " ".join(declared))
    if collection.unfiltered is not None:
        _unfiltered(report, crowd, collection.unfiltered)
    for parameter in parameters:
        query = {**crowd.narrow, parameter.name: ["1", "2"]}
        exchange = bench.call(collection.operation, path=crowd.path, query=query)
        if exchange.answer.status >= 500:
            _found(report, "given-twice-fails", f"{parameter.name} given twice", exchange, "< 500")


def judge_unknown_place(report: Reporter, crowd: Crowd) -> None:
    """A list of something that does not exist is answered as that is."""
    population = crowd.collection.population
    for name, resource in (population.needs if population else {}).items():
        known = report.bench.semantics.resources[resource]
        path = {
            part: known.unknown if value == crowd.needs[name].id else value
            for part, value in crowd.path.items()
        }
        if path == crowd.path:
            continue
        exchange = report.bench.call(crowd.collection.operation, path=path)
        if exchange.answer.status != known.absent:
            title = f"The list of the unknown {known.title} {known.unknown}"
            _found(report, "absent-otherwise", title, exchange, str(known.absent))


def _declares_refusal(report: Reporter) -> bool:
    return bool({"400", "422", "4XX"} & set(report.bench.operation.answers))


def _bad_values(report: Reporter, parameter: Parameter) -> Iterator[str]:
    contract = report.bench.contract
    schema = contract.document.resolve(parameter.schema)
    kind = schema.get("type")
    if kind == "integer":
        yield from ("ten", "1.5")
        if "minimum" in schema:
            yield str(schema["minimum"] - 1)
        if schema.get("maximum", 10**18) < 10**15:
            yield str(schema["maximum"] + 1)
    elif kind == "boolean":
        yield "perhaps"
    elif kind == "string":
        longest = schema.get("maxLength", 10**6)
        texts = ["no such value", "2026-13-45", "bad\u0007bell"]
        texts += ["x" * (longest + 1)] if longest <= 2000 else []
        yield from (each for each in texts if not contract.schemas.fits(schema, each))


def _must_refuse(report: Reporter, exchange: Exchange, asked: str, subject: str) -> None:
    status = exchange.answer.status
    if 400 <= status < 500:
        return
    shown = asked if len(asked) <= 60 else asked[:57] + "…"
    what = "bad-query-taken" if status < 400 else "bad-query-fails"
    _found(report, what, shown, exchange, "4xx", subject)


def _unfiltered(report: Reporter, crowd: Crowd, expected: int) -> None:
    blank = dict.fromkeys(crowd.collection.filters, "")
    queries = [{}, blank] if crowd.collection.blank_is_absent else [{}]
    for query in queries:
        exchange = crowd.page(dict(query)).exchange
        if exchange.answer.status != expected:
            title = f"No filter ({'empty values' if query else 'none at all'})"
            _found(report, "unfiltered-otherwise", title, exchange, str(expected))


def _found(
    report: Reporter,
    what: str,
    title: str,
    exchange: Exchange,
    expected: str,
    subject: str = "",
) -> None:
    status = exchange.answer.status
    report.found(
        what,
        Severity.MAJOR,
        f"{title} is answered {status}, expected {expected}",
        subject=subject or title,
        expected=expected,
        got=status,
        exchanges=(exchange,),
        about=("400", "criterion", "without", "unknown"),
    )
