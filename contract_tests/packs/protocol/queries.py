"""Queries and paths: a value that breaks its parameter is refused, one that just fits is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.bench import Bench
from contract_tests.contract import Parameter
from contract_tests.packs.protocol.refusals import Bad, judge_refusal
from contract_tests.preparing import Prepared
from contract_tests.values import shape_of

Json = Any
_LONGEST = 2000


def judge_queries(bench: Bench, prepared: Prepared) -> None:
    """Each parameter in turn: values out of its schema, and the ones at its bounds."""
    for parameter in bench.operation.parameters_in("query"):
        for what, text in _misfits(bench, parameter):
            bad = Bad("query", parameter.name, what, *_rule(bench, parameter))
            exchange = prepared.call(bench, query={**prepared.query, parameter.name: text})
            judge_refusal(bench, bad, exchange)
        for text in _at_bounds(bench, parameter):
            _judge_taken(bench, prepared, parameter, text)
    if bench.operation.parameters_in("query"):
        # Unknown and repeated names: taken or refused, but never a 5xx (seen by the watch).
        first = bench.operation.parameters_in("query")[0].name
        prepared.call(bench, query={**prepared.query, first: ["1", "2"]})
    _judge_ids(bench, prepared)


def _rule(bench: Bench, parameter: Parameter) -> tuple[str, str]:
    schema = bench.contract.document.resolve(parameter.schema)
    said = {name: value for name, value in schema.items() if name not in ("description", "example")}
    return (
        f"{parameter.name}: {said}",
        f"{bench.contract.document.path.name}, {bench.operation.name}",
    )


def _misfits(bench: Bench, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Texts that break the schema of a parameter, each for one reason."""
    shape = shape_of(parameter.schema, bench.contract)
    said, kind = shape.keywords, shape.types[0] if len(shape.types) == 1 else ""
    if kind in ("integer", "number"):
        if "minimum" in said:
            yield f"is below its minimum {said['minimum']}", str(said["minimum"] - 1)
        if "maximum" in said:
            yield f"is above its maximum {said['maximum']}", str(said["maximum"] + 1)
        yield "is no number", "many"
        yield "is empty", ""
        if kind == "integer":
            yield "is no whole number", "1.5"
    elif kind == "boolean":
        yield "is no boolean", "maybe"
    elif said.get("enum"):
        yield "is none of its values", "something_else"
        first = str(said["enum"][0])
        if first.upper() not in said["enum"] and first.upper() != first:
            yield "is spelled in capitals", first.upper()
    elif kind == "string":
        yield from _bad_texts(bench, parameter, said)


def _bad_texts(
    bench: Bench, parameter: Parameter, said: dict[str, Json]
) -> Iterator[tuple[str, str]]:
    found = []
    if said.get("maxLength", _LONGEST) < _LONGEST:
        found.append(
            (f"has more than {said['maxLength']} characters", "x" * (said["maxLength"] + 1))
        )
    if "anyOf" in said or "format" in said:
        found += [("has another form", "yesterday"), ("is no date", "2026-02-30")]
    if "pattern" in said:
        found.append(("breaks its pattern", "a\x07b"))
    for what, text in found:
        if not bench.contract.schemas.fits(parameter.schema, text):
            yield what, text


def _at_bounds(bench: Bench, parameter: Parameter) -> Iterator[str]:
    """Texts at the edge of what a parameter takes, and of other scripts."""
    shape = shape_of(parameter.schema, bench.contract)
    said, kind = shape.keywords, shape.types[0] if len(shape.types) == 1 else ""
    if kind in ("integer", "number"):
        yield from (str(said[name]) for name in ("minimum", "maximum") if name in said)
    elif kind == "boolean":
        yield from ("true", "false")
    elif said.get("enum"):
        yield from map(str, said["enum"])
    elif kind == "string" and "format" not in said and "anyOf" not in said:
        most = said.get("maxLength", 0)
        texts = ["李", "Ünï", "🧹", "%", "' OR ''='", "\\", "*", "["]
        if 0 < most < _LONGEST:
            texts.append("x" * most)
        yield from (each for each in texts if bench.contract.schemas.fits(parameter.schema, each))


def _judge_taken(bench: Bench, prepared: Prepared, parameter: Parameter, text: str) -> None:
    exchange = prepared.call(bench, query={**prepared.query, parameter.name: text})
    if exchange.answer.status not in (400, 422):
        return
    rule, source = _rule(bench, parameter)
    shown = text if len(text) < 40 else f"a text of {len(text)} characters"
    bench.found(
        "valid-query-refused",
        "major",
        f"{parameter.name}={shown} keeps its schema, and the answer is {exchange.answer.status}",
        rule=rule,
        source=source,
        expected={"status": [each for each in bench.operation.statuses if each < 300]},
        got={"status": exchange.answer.status, "body": exchange.answer.json or None},
        exchanges=(exchange,),
        subject=f"{parameter.name} {shown}",
    )


def _judge_ids(bench: Bench, prepared: Prepared) -> None:
    """An ill-formed id leads to nothing: no 2xx (and no 5xx, which the watch sees)."""
    for parameter in bench.operation.parameters_in("path"):
        for text in ("nonsense", "0", "%00", "..", "a b", "ä", "x" * 300, "' OR 1=1 --"):
            if bench.contract.schemas.fits(parameter.schema, text):
                continue
            exchange = prepared.call(bench, path={**prepared.path, parameter.name: text})
            if not 200 <= exchange.answer.status < 300 or text == "..":
                continue
            rule, source = _rule(bench, parameter)
            bench.found(
                "bad-id-accepted",
                "major",
                f"{parameter.name} {text[:40]!r} breaks its schema, and the answer is "
                f"{exchange.answer.status}",
                rule=rule,
                source=source,
                expected={"status": [s for s in bench.operation.statuses if 400 <= s < 500]},
                got={"status": exchange.answer.status},
                exchanges=(exchange,),
                subject=parameter.name,
            )
            break
