"""Methods: HEAD is GET without its content, and a method that a path does not have is 405."""

from __future__ import annotations

import re
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import header_of
from contract_tests.exchanges import Exchange, Sent, template
from contract_tests.preparing import Prepared
from contract_tests.records import Unable

Json = Any
_OTHERS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What legitimately differs between a GET and the HEAD right after it.
_MOVING = ("date", "age", "expires", "last-modified", "content-length", "transfer-encoding")
_MOVING_PARTS = ("ratelimit", "rate-limit", "request-id", "trace", "cookie", "timing", "cf-", "ray")


def judge_head(bench: Bench, prepared: Prepared) -> None:
    """HEAD where there is GET: the same status and headers, and no content (RFC 9110, 9.3.2)."""
    if bench.operation.method != "GET":
        return
    before = prepared.call(bench)
    head = prepared.call(bench, method="HEAD")
    after = prepared.call(bench)
    expected = {"status": before.answer.status, **_steady(before, after)}
    headers = {name.lower(): value for name, value in head.answer.headers}
    got = {"status": head.answer.status, **{n: headers.get(n) for n in expected if n != "status"}}
    if expected != got and before.answer.status == after.answer.status:
        different = [name for name in expected if expected[name] != got[name]]
        bench.found(
            "head-differs",
            "minor",
            f"HEAD answers otherwise than GET: {', '.join(different)}",
            rule="The server SHOULD send the same header fields in response to a HEAD request as "
            "it would have sent if the request method had been GET.",
            source="RFC 9110, 9.3.2",
            expected=expected,
            got=got,
            exchanges=(before, head),
            subject=",".join(different),
        )


def _steady(before: Exchange, after: Exchange) -> dict[str, Json]:
    """The headers that two answers to the same GET share."""
    first = {name.lower(): value for name, value in before.answer.headers}
    second = {name.lower(): value for name, value in after.answer.headers}
    return {
        name: value
        for name, value in first.items()
        if second.get(name) == value
        and name not in _MOVING
        and not any(part in name for part in _MOVING_PARTS)
        and name not in ("connection", "keep-alive", "server", "via")
    }


def judge_methods(bench: Bench, prepared: Prepared) -> None:
    """Every other method on the path is 405 with a complete Allow (RFC 9110, 15.5.6 and 10.2.1)."""
    operation, contract = bench.operation, bench.contract
    names = contract.methods_at(operation.path)
    first = next(o for o in contract.operations.values() if o.path == operation.path)
    if first.name != operation.name:
        return
    _judge_options(bench, prepared, names)
    unclear = _methods_elsewhere(bench, prepared)
    others = [each for each in _OTHERS if each not in names and each not in unclear]
    if bench.plan.is_read_only:
        raise Unable(f"try {', '.join(others)}", "they would write, and the run is --read-only")
    for method in others:
        _judge_other(bench, prepared, method, names, unclear)


def _judge_other(
    bench: Bench, prepared: Prepared, method: str, names: tuple[str, ...], unclear: set[str]
) -> None:
    exchange = _sent(bench, prepared, method)
    status = exchange.answer.status
    if status == 501:
        return
    label = f"{method} {bench.operation.path}"
    if status != 405:
        bench.found(
            "undeclared-method",
            "major" if status < 400 or status >= 500 else "minor",
            f"{label} is not in the contract, and is answered with {status} instead of 405",
            rule="The 405 (Method Not Allowed) status code indicates that the method received in "
            "the request-line is known by the origin server but not supported by the target "
            "resource.",
            source="RFC 9110, 15.5.6",
            expected={"status": 405, "allow": sorted(names)},
            got={"status": status},
            exchanges=(exchange,),
            subject=method,
        )
        return
    _judge_allow(bench, exchange, label, names, unclear)


def _judge_allow(
    bench: Bench, exchange: Exchange, label: str, names: tuple[str, ...], unclear: set[str]
) -> None:
    allow = exchange.answer.header("allow")
    said = {each.strip().upper() for each in (allow or "").split(",") if each.strip()}
    needed, more = set(names), {"HEAD", "OPTIONS"} | unclear
    if allow is not None and needed <= said <= needed | more:
        return
    what = "has no Allow header" if allow is None else f"says Allow: {allow}"
    bench.found(
        "allow",
        "minor",
        f"The {exchange.answer.status} to {label} {what}; the path has {', '.join(sorted(needed))}",
        rule="The origin server MUST generate an Allow header field in a 405 response containing a "
        "list of the target resource's currently supported methods.",
        source="RFC 9110, 15.5.6",
        expected={"allow": sorted(needed)},
        got={"allow": allow},
        exchanges=(exchange,),
        subject="missing" if allow is None else "wrong",
    )


def _judge_options(bench: Bench, prepared: Prepared, names: tuple[str, ...]) -> None:
    exchange = _sent(bench, prepared, "OPTIONS")
    answer = exchange.answer
    allow = answer.header("allow")
    if not 200 <= answer.status < 300 or allow is None or "*" in allow:
        return
    said = {each.strip().upper() for each in allow.split(",")}
    if not set(names) <= said:
        bench.found(
            "options",
            "minor",
            f"OPTIONS {bench.operation.path} says Allow: {allow}, and the path has "
            f"{', '.join(sorted(names))}",
            rule="A server generating a successful response to OPTIONS SHOULD send any header that "
            "might indicate optional features implemented by the server and applicable to the "
            "target resource (e.g., Allow).",
            source="RFC 9110, 9.3.7",
            expected={"allow": sorted(names)},
            got={"allow": allow},
            exchanges=(exchange,),
        )


def _sent(bench: Bench, prepared: Prepared, method: str) -> Exchange:
    """The answer to another method on the same path, with a valid credential."""
    contract = bench.contract
    values = {name: str(value) for name, value in prepared.path.items()}
    target = contract.base_path + template(bench.operation.path, values)
    credential = bench.caller.credential_for(bench.operation)
    headers = []
    if credential is not None:
        headers.append(header_of(contract.security_schemes[credential.scheme], credential.text))
    return bench.caller.send(Sent(method, target, tuple(headers), None))


def _methods_elsewhere(bench: Bench, prepared: Prepared) -> set[str]:
    """Methods that another path template has which this very path fits as well."""
    values = {name: str(value) for name, value in prepared.path.items()}
    path = template(bench.operation.path, values)
    found = set()
    for other in bench.contract.operations.values():
        pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(other.path))
        if other.path != bench.operation.path and re.fullmatch(pattern, path):
            found.add(other.method)
    return found
