"""Answers against the contract and against what HTTP asks of any (RFC 9110)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.contract import Contract, DeclaredAnswer, Operation
from contract_tests.contract.schemas import Breach
from contract_tests.exchanges import NO_JSON, Answer
from contract_tests.findings import Severity
from contract_tests.packs.traffic.directions import Direction
from contract_tests.packs.traffic.faults import (
    Fault,
    got_at,
    is_judged,
    place_of,
    pointer_of,
    rule_of,
)
from contract_tests.packs.traffic.parameters import kinds_of, scalar
from contract_tests.packs.traffic.recorded import Recorded, is_redacted

Json = Any
_UNKNOWN_MEMBER = ("additionalProperties", "unevaluatedProperties")


def answer_faults(
    contract: Contract, direction: Direction, operation: Operation, recorded: Recorded,
) -> Iterator[Fault]:  # fmt: skip
    """Every way in which an answer breaks the contract; an undeclared status is told elsewhere."""
    answer = recorded.exchange.answer
    yield from protocol_faults(recorded)
    declared = operation.answer(answer.status)
    if declared is None:
        return
    source = pointer_of(operation, "responses", declared.status)
    yield from _header_faults(contract, direction, declared, source, recorded)
    if recorded.exchange.sent.method != "HEAD" and answer.status not in (204, 205, 304):
        yield from _content_faults(contract, direction, declared, source, recorded)


def status_fault(operation: Operation, status: int) -> Fault | None:
    """The fault of a status that the operation does not declare."""
    if operation.answer(status) is not None:
        return None
    declared = ", ".join(operation.answers)
    # What stands between client and server answers these as well, and no contract lists them.
    is_generic = status < 200 or status in (304, 407, 408, 429, 431, 502, 503, 504)
    return Fault(
        "undocumented_status",
        Severity.MINOR if is_generic else Severity.MAJOR,
        f"The status {status} is not declared",
        f"responses: {declared}",
        pointer_of(operation, "responses"),
        {"statuses": list(operation.answers)},
        {"status": status},
        str(status),
    )


def protocol_faults(recorded: Recorded) -> Iterator[Fault]:
    """What is wrong with an answer whatever the contract says."""
    answer = recorded.exchange.answer
    if answer.status >= 500:
        body = answer.body[:300].decode("utf-8", "replace")
        yield Fault(
            "server_error", Severity.MAJOR, f"The server failed with {answer.status}",
            "The 5xx class of status codes indicates that the server is aware that it has erred.",
            "RFC 9110, 15.6", "no 5xx", {"status": answer.status, "body": body},
            str(answer.status),
        )  # fmt: skip
    if answer.status == 401 and answer.header("www-authenticate") is None:
        yield Fault(
            "missing_challenge", Severity.MINOR, "A 401 came without WWW-Authenticate",
            "The server generating a 401 response MUST send a WWW-Authenticate header field.",
            "RFC 9110, 15.5.2", {"header": "WWW-Authenticate"}, None,
        )  # fmt: skip
    # What follows the head of an answer to HEAD, no recorder sees.
    is_head = recorded.exchange.sent.method == "HEAD"
    if answer.body and answer.status in (204, 205, 304) and not is_head:
        yield Fault(
            "body_not_allowed", Severity.MAJOR, f"A {answer.status} came with a body",
            "Such an answer is terminated by the end of its header section; "
            "it cannot contain content.",
            "RFC 9110, 6.4.1", "no body", {"bytes": len(answer.body)}, str(answer.status),
        )  # fmt: skip


def _header_faults(
    contract: Contract, direction: Direction, declared: DeclaredAnswer, source: str,
    recorded: Recorded,
) -> Iterator[Fault]:  # fmt: skip
    answer = recorded.exchange.answer
    for name, (is_required, schema) in declared.headers.items():
        pointer = f"{source}/headers/{name}"
        value = answer.header(name)
        is_told = name == "www-authenticate" and answer.status == 401
        if value is None and is_required and not is_told and name != "content-type":
            yield Fault(
                "missing_header", Severity.MAJOR,
                f"The required header {name} is missing from a {answer.status}",
                f"headers: {name}: required: true", pointer, {"header": name}, None,
                f"{answer.status}:{name}",
            )  # fmt: skip
        if value is None or schema is None or is_redacted(value):
            continue
        read = _header_value(contract, schema, value)
        for breach in direction.breaches(schema, read) if read is not None else ():
            rule, _ = rule_of(contract, f"{pointer}/schema", breach)
            yield Fault(
                "bad_header", Severity.MAJOR,
                f"The header {name} of a {answer.status} breaks its schema: {breach.message}",
                f"headers: {name}: {rule}", pointer, rule, value,
                f"{answer.status}:{name}:{breach.keyword}",
            )  # fmt: skip


def _header_value(contract: Contract, schema: Json, text: str) -> Json:
    """A header as a value; None for one that is an object, whose members are not read."""
    kinds = kinds_of(contract.document, schema)
    if "object" in kinds:
        return None
    if "array" in kinds:
        items = kinds_of(contract.document, contract.document.resolve(schema).get("items", {}))
        return [scalar(part.strip(), items) for part in text.split(",")]
    return scalar(text.strip(), kinds)


def _content_faults(
    contract: Contract, direction: Direction, declared: DeclaredAnswer, source: str,
    recorded: Recorded,
) -> Iterator[Fault]:  # fmt: skip
    answer, media_type = recorded.exchange.answer, recorded.exchange.answer.media_type
    if not answer.body:
        if recorded.is_answer_whole and _needs_body(contract, declared):
            yield _content(
                "missing_body", answer, "came without the declared body", declared, source, None
            )
        return
    if not declared.schemas:
        if answer.status // 100 == 2:
            what = "came with a body, and none is declared"
            yield _content("undocumented_body", answer, what, declared, source, media_type)
        return
    known = next((each for each in _ranges(media_type) if each in declared.schemas), None)
    if known is None:
        what = f"came as {media_type or '(no Content-Type)'}, which is not declared"
        yield _content("undocumented_media_type", answer, what, declared, source, media_type)
    elif recorded.is_answer_whole and (media_type.endswith(("/json", "+json"))):
        base = f"{source}/content/{known.replace('/', '~1')}/schema"
        yield from _json_faults(contract, direction, declared.schemas[known], base, answer)


def _ranges(media_type: str) -> tuple[str, ...]:
    return media_type, f"{media_type.partition('/')[0]}/*", "*/*"


def _needs_body(contract: Contract, declared: DeclaredAnswer) -> bool:
    schemas = [schema for schema in declared.schemas.values() if schema]
    kinds = frozenset().union(*(kinds_of(contract.document, each) for each in schemas))
    return len(schemas) == len(declared.schemas) > 0 and bool(kinds) and "string" not in kinds


def _content(
    what: str, answer: Answer, how: str, declared: DeclaredAnswer, source: str, got: Json
) -> Fault:
    listed = ", ".join(declared.schemas) or "none"
    severity = Severity.MINOR if what == "undocumented_body" else Severity.MAJOR
    return Fault(
        what, severity, f"A {answer.status} {how}", f"content: {listed}", f"{source}/content",
        {"content": list(declared.schemas)}, got, f"{answer.status}:{got or ''}",
    )  # fmt: skip


def _json_faults(
    contract: Contract, direction: Direction, schema: Json, base: str, answer: Answer
) -> Iterator[Fault]:
    value = answer.json
    if value is NO_JSON:
        text = answer.body[:200].decode("utf-8", "replace")
        yield Fault(
            "response_not_json", Severity.MAJOR, f"The body of a {answer.status} is no JSON",
            f"content: {answer.media_type}", base, "JSON", text, str(answer.status),
        )  # fmt: skip
        return
    for breach in direction.breaches(schema, value) if schema is not None else ():
        if is_judged(breach, value):
            yield _breach_fault(contract, base, answer, breach, value)


def _breach_fault(
    contract: Contract, base: str, answer: Answer, breach: Breach, value: Json
) -> Fault:
    rule, pointer = rule_of(contract, base, breach)
    place = breach.pointer or "(the whole)"
    is_unknown = breach.keyword in _UNKNOWN_MEMBER
    names = ", ".join(breach.names)
    title = (
        f"A {answer.status} has members that the contract does not know: {names} in {place}"
        if is_unknown
        else f"{place} in a {answer.status} breaks its schema: {breach.message[:200]}"
    )
    return Fault(
        "undocumented_member" if is_unknown else "response_schema",
        Severity.MAJOR,
        title,
        rule,
        pointer,
        rule,
        list(breach.names) if is_unknown else got_at(breach, value),
        f"{answer.status}:{place_of(breach.pointer)}:{breach.keyword}:{','.join(breach.names)}",
    )
