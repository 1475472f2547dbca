"""Why an exchange that is over was refused, or what allowed its answer: lines of the contract."""

from __future__ import annotations

from typing import Any

from mockserver.contract import Contract, Operation, Violation, ViolationError, read_json
from mockserver.contract.explain import Explainer, Explanation
from mockserver.traffic import Recorded


def explanations(recorded: Recorded, explainers: tuple[Explainer, ...]) -> tuple[Explanation, ...]:
    """The rules that a request broke, else the response that its answer is one of.

    Empty when no operation of any contract was meant, or no answer was sent.
    """
    found = ((each, _operation(recorded, each.contract)) for each in explainers)
    explainer, operation = next((each for each in found if each[1]), (None, None))
    if explainer is None or operation is None or recorded.status is None:
        return ()
    body = _body(recorded)
    broken = [_violation(breach, body) for breach in recorded.violations]
    if broken:
        return explainer.explain(operation, ViolationError(broken), recorded.status, body)
    return (explainer.answer(operation, recorded.status),)


def _operation(recorded: Recorded, contract: Contract) -> Operation | None:
    wanted = (recorded.operation_id, recorded.tag)
    found = (each for each in contract.operations if (each.operation_id, each.tag) == wanted)
    return next(found, None)


def _violation(breach: Any, body: Any) -> Violation:
    """The violation as it was found; its value is known again where the body was kept."""
    value = _below(body, breach.pointer) if breach.location == "body" else None
    return Violation(breach.location, breach.pointer, breach.code, breach.message, value)


def _body(recorded: Recorded) -> Any:
    """The body of the request where it is JSON, and was kept whole."""
    try:
        return None if recorded.request_is_cut else read_json(recorded.request_body)
    except ViolationError:
        return None


def _below(value: Any, pointer: tuple[str | int, ...]) -> Any:
    for part in pointer:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
