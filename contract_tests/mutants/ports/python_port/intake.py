"""Taking in what a request holds: values and body, held to the contract, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from contract_tests.mutants.ports.python_port.checking import Checker, Fault
from contract_tests.mutants.ports.python_port.contract import Operation
from contract_tests.mutants.ports.python_port.leads_rules import (
    missing_channels,
    problem_of,
    refuse,
)
from contract_tests.mutants.ports.python_port.reading import (
    LARGEST_BODY,
    NotReadableError,
    read_json,
    read_parameters,
    read_query,
)
from contract_tests.mutants.ports.python_port.refusing import Problem, Refused

_TELLS_ALL = "updateLeadsCustomer"
_NOT_FOUND = {
    "customers": "customer_not_found",
    "bookings": "booking_not_found",
    "invoices": "invoice_not_found",
}


@dataclass(frozen=True, slots=True)
class Intake:
    """What a request holds; `problems` only where its operation tells all of them at once."""

    values: Mapping[str, Any]
    text: bytes
    body: Any
    problems: tuple[Problem, ...]


async def take_in(
    checker: Checker, operation: Operation, request: Request, path: Mapping[str, str]
) -> Intake:
    """The values and the body of a request; Refused for the first part that does not fit."""
    values: Mapping[str, Any] = {}
    text, body = b"", None
    problems: list[Problem] = []
    with _told_later(operation, problems):
        values = _read_values(checker, operation, request, path)
    with _told_later(operation, problems):
        text, body = await _read_body(operation, request)
        if text:
            _refuse_body(operation, body, checker.faults(operation.body or {}, body))
    return Intake(values, text, body, tuple(problems))


@contextmanager
def _told_later(operation: Operation, problems: list[Problem]) -> Iterator[None]:
    """Keep the problems of a refusal for the operation that tells everything at once."""
    try:
        yield
    except Refused as refused:
        if operation.name != _TELLS_ALL or refused.status != 400:
            raise
        problems += refused.problems


def _read_values(
    checker: Checker, operation: Operation, request: Request, path: Mapping[str, str]
) -> dict[str, Any]:
    """Path, query and header values by their names; Refused when one does not fit."""
    sent = {name: [value] for name, value in path.items()}
    values, faults = read_parameters(checker, operation, "path", sent)
    if faults:
        _refuse_path(operation, path, faults[0])
    query = _query(operation, request)
    found, faults = read_parameters(checker, operation, "query", query)
    values |= found
    lines = {name: texts for name in _header_names(operation)
             if (texts := request.headers.getlist(name))}  # fmt: skip
    joined = {name: [", ".join(texts)] for name, texts in lines.items()}
    found, header_faults = read_parameters(checker, operation, "header", joined)
    _refuse_values(operation, [*faults, *header_faults])
    return values | found


async def _read_body(operation: Operation, request: Request) -> tuple[bytes, Any]:
    """The bytes of a body and what they say, None when there are none and none are needed."""
    if operation.body is None:
        return b"", None
    text = await _content(request)
    if not text and not operation.is_body_required:
        return b"", None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type.lower() != "application/json":
        told = f"A body has to be application/json, which '{media_type[:100]}' is not."
        raise Refused(415, "unsupported_media_type", told)
    try:
        body = read_json(text)
    except NotReadableError as error:
        told = f"unexpected error during json parsing: {error}"
        raise _not_readable("invalid_json", told) from error
    return text, body


def _query(operation: Operation, request: Request) -> dict[str, list[str]]:
    if all(each.place != "query" for each in operation.parameters):
        return {}
    try:
        return read_query(request.scope["query_string"])
    except NotReadableError as error:
        raise _not_readable("invalid_parameter", str(error)) from error


def _header_names(operation: Operation) -> Iterable[str]:
    return [each.name for each in operation.parameters if each.place == "header"]


async def _content(request: Request) -> bytes:
    """The whole body, read to its end even when it is too large to be kept."""
    content = bytearray()
    is_too_large = False
    async for chunk in request.stream():
        is_too_large = is_too_large or len(content) + len(chunk) > LARGEST_BODY
        if not is_too_large:
            content += chunk
    if is_too_large:
        raise Refused(413, "body_too_large", f"A body has {LARGEST_BODY} bytes at most.")
    return bytes(content)


def _not_readable(code: str, text: str) -> Refused:
    problems = (Problem("body", "INVALID_FORMAT", text),)
    return Refused(400, code, text, problems=problems)


def _refuse_path(operation: Operation, path: Mapping[str, str], fault: Fault) -> None:
    text = f"invalid customer id: {path[fault.place][:100]}"
    if operation.family == "otesse":
        told = f"'{path[fault.place][:100]}' has not the form of an id."
        raise Refused(404, _NOT_FOUND[operation.template[1]], told)
    if operation.family == "merchant":
        raise Refused(400, "", text)
    refuse([Problem(fault.place, "INVALID_FORMAT", text)])


def _refuse_values(operation: Operation, faults: list[Fault]) -> None:
    if not faults:
        return
    if operation.family == "leads":
        refuse(problem_of(fault, None) for fault in faults)
    first = faults[0]
    raise Refused(400, "invalid_parameter", f"'{first.place}' {first.text}.", first.place)


def _refuse_body(operation: Operation, body: Any, faults: list[Fault]) -> None:
    if operation.family == "leads":
        sent = body if isinstance(body, dict) else {}
        problems = [problem_of(fault, sent.get(fault.place)) for fault in faults]
        is_new = operation.method == "POST"
        refuse([*problems, *missing_channels(body, is_new=is_new)])
    if not faults:
        return
    first = min(faults, key=lambda fault: (not fault.is_malformed, fault.rule != "required"))
    place = first.place or None
    text = f"{place or 'The body'} {first.text}."
    if operation.family == "merchant":
        raise Refused(400, "", text)
    raise _otesse_refusal(operation, first, place, text)


def _otesse_refusal(operation: Operation, fault: Fault, place: str | None, text: str) -> Refused:
    if fault.rule == "required":
        return Refused(400, "missing_required_field", text, place)
    if fault.is_malformed:
        if place == "status" and operation.name == "updateBooking":
            text += " A booking is cancelled with POST /v1/bookings/{id}/cancel."
        return Refused(400, "invalid_parameter", text, place)
    is_email = fault.path[-1:] == ("email",)
    return Refused(422, "invalid_email" if is_email else "invalid_value", text, place)
