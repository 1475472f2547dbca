"""Requests against the contract: what of one the contract does not allow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from contract_tests.contract import Contract, Operation, Parameter
from contract_tests.contract.schemas import Breach
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
from contract_tests.packs.traffic.parameters import (
    UNREADABLE,
    kinds_of,
    query_of,
    raw_values,
    read_value,
    scalar,
)
from contract_tests.packs.traffic.recorded import SECRET_HEADERS, Recorded, is_redacted

Json = Any
# OpenAPI says that parameters of these names are ignored.
_NEVER_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
_FORM = "application/x-www-form-urlencoded"


def request_faults(
    contract: Contract, direction: Direction, operation: Operation, recorded: Recorded,
    path: dict[str, str],
) -> Iterator[Fault]:  # fmt: skip
    """Every way in which a request breaks the contract; each is told as if it was accepted."""
    for parameter in operation.parameters:
        yield from _parameter_faults(contract, direction, operation, recorded, parameter, path)
    yield from _body_faults(contract, direction, operation, recorded)


def unknown_query_names(contract: Contract, operation: Operation, recorded: Recorded) -> list[str]:
    """The names in the query that the operation does not declare."""
    declared = {each.name for each in operation.parameters_in("query")}
    if any("object" in kinds_of(contract.document, each.schema) or each.style == "deepObject"
           for each in operation.parameters_in("query")):  # fmt: skip
        return []  # the members of an exploded object stand in the query by their own names
    keys = {
        str(scheme.get("name"))
        for scheme in contract.security_schemes.values()
        if scheme.get("in") == "query"
    }
    sent = dict.fromkeys(name for name, _ in query_of(recorded.exchange.sent))
    return [name for name in sent if name not in declared | keys]


def _parameter_faults(
    contract: Contract, direction: Direction, operation: Operation, recorded: Recorded,
    parameter: Parameter, path: dict[str, str],
) -> Iterator[Fault]:  # fmt: skip
    if parameter.place == "header" and parameter.name.lower() in _NEVER_PARAMETERS:
        return
    raw = raw_values(parameter, recorded.exchange.sent, path)
    source = pointer_of(operation, "parameters", parameter.name)
    if not raw:
        if parameter.is_required and _is_always_kept(parameter):
            yield _missing(parameter, source)
        return
    value = read_value(contract, parameter, raw)
    if value is UNREADABLE or is_redacted(value):
        return
    for breach in direction.breaches(parameter.schema, value):
        yield _bad_parameter(contract, parameter, source, breach, value)


def _is_always_kept(parameter: Parameter) -> bool:
    """Recorders leave out cookies and credentials; a required object may be sent by its members."""
    is_secret = parameter.name.lower() in SECRET_HEADERS or parameter.place == "cookie"
    return not is_secret and parameter.style != "deepObject"


def _missing(parameter: Parameter, source: str) -> Fault:
    return _accepted(
        f"without the required {parameter.place} parameter {parameter.name}",
        f"{parameter.name} (in {parameter.place}): required: true",
        source,
        f"{parameter.place}:{parameter.name}:required",
        None,
    )


def _bad_parameter(
    contract: Contract, parameter: Parameter, source: str, breach: Breach, value: Json
) -> Fault:
    rule, _ = rule_of(contract, f"{source}/schema", breach)
    return _accepted(
        f"with a {parameter.place} parameter {parameter.name} that breaks its schema: "
        f"{breach.message}",
        f"{parameter.name} (in {parameter.place}): {rule}",
        source,
        f"{parameter.place}:{parameter.name}:{breach.keyword}",
        value,
    )


def _accepted(how: str, rule: str, source: str, subject: str, got: Json) -> Fault:
    return Fault(
        "bad_request_accepted",
        Severity.MAJOR,
        f"A request was accepted {how}",
        rule,
        source,
        "the request is refused with 4xx",
        {"sent": got, "accepted": True},
        subject,
    )


def _body_faults(
    contract: Contract, direction: Direction, operation: Operation, recorded: Recorded
) -> Iterator[Fault]:
    if not recorded.is_request_whole or not operation.bodies:
        return
    sent = recorded.exchange.sent
    source = pointer_of(operation, "requestBody")
    if sent.body is None:
        if operation.is_body_required:
            rule = "requestBody: required: true"
            yield _accepted("without its required body", rule, source, "body::required", None)
        return
    media_type = _media_type(recorded)
    declared = _declared(operation.bodies, media_type)
    if declared is None:
        rule = f"requestBody content: {', '.join(operation.bodies)}"
        how = f"with the media type {media_type or '(none)'}, which is not declared"
        yield _accepted(how, rule, source, f"body:{media_type}:content", media_type)
        return
    schema = operation.bodies[declared]
    base = pointer_of(operation, "requestBody", "content", declared, "schema")
    yield from _value_faults(contract, direction, schema, base, media_type, sent.body)


def _media_type(recorded: Recorded) -> str:
    values = [v for n, v in recorded.exchange.sent.headers if n.lower() == "content-type"]
    return values[0].split(";")[0].strip().lower() if values else ""


def _declared(contents: dict[str, Json], media_type: str) -> str | None:
    """The declared media type that covers one that was sent."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((each for each in ranges if each in contents), None)


def _value_faults(
    contract: Contract, direction: Direction, schema: Json, base: str, media_type: str, body: bytes
) -> Iterator[Fault]:
    if schema in ({}, None):
        return
    if media_type == _FORM:
        value: Json = _form(contract, schema, body)
    elif media_type == "application/json" or media_type.endswith("+json"):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as error:
            how = f"with a body that is no JSON: {error}"
            yield _accepted(how, f"requestBody content: {media_type}", base, "body::json", None)
            return
    else:
        return
    for breach in direction.breaches(schema, value):
        if is_judged(breach, value):
            rule, pointer = rule_of(contract, base, breach)
            place = breach.pointer or "(the whole)"
            subject = f"body:{place_of(breach.pointer)}:{breach.keyword}:{','.join(breach.names)}"
            how = f"although {place} in its body breaks its schema: {breach.message[:200]}"
            yield _accepted(how, rule, pointer, subject, got_at(breach, value))


def _form(contract: Contract, schema: Json, body: bytes) -> Json:
    """A form as an object, each member read as its schema says."""
    properties = contract.document.resolve(schema).get("properties", {})
    value: dict[str, Json] = {}
    for name, text in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        member = contract.document.resolve(properties.get(name, {}))
        kinds = kinds_of(contract.document, member)
        if "array" in kinds:
            items = kinds_of(contract.document, member.get("items", {}))
            value.setdefault(name, []).append(scalar(text, items))
        else:
            value[name] = scalar(text, kinds)
    return value
