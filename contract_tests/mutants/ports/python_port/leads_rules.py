"""Family D: what is demanded of a customer, and how each failing field is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from contract_tests.mutants.ports.python_port.checking import Fault
from contract_tests.mutants.ports.python_port.refusing import Problem, Refused

_CODES = {
    "required": "REQUIRED",
    "additionalProperties": "NOT_ALLOWED",
    "minLength": "INVALID_LENGTH",
    "maxLength": "INVALID_LENGTH",
    "maxItems": "INVALID_LENGTH",
    "pattern": "INVALID_FORMAT",
    "format": "INVALID_FORMAT",
}
_NAMES = {"firstName": "first_name", "lastName": "last_name"}
_NOT_IN_NAMES = re.compile(r"[0-9\x00-\x1f\x7f]")
# What other families let through is taken as it is, as long as mail could be sent to it.
_LOOSE_EMAIL = re.compile(r".+@.+", re.DOTALL)
_CHANNELS = (
    ("email", "phoneNumber", "marketingEmailOptIn"),
    ("phoneNumber", "email", "marketingSmsOptIn"),
)


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse a request for these fields, if there are any; nothing is told twice."""
    told: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        told.setdefault((problem.field, problem.code), problem)
    if told:
        fields = ", ".join(field for field, _ in told)
        text = f"Fields that cannot be taken: {fields}."
        raise Refused(400, "", text, problems=tuple(told.values()))


def problem_of(fault: Fault, sent: Any) -> Problem:
    """A broken rule of a schema as a field and a code; `sent` is the value it is about."""
    field = fault.place or "body"
    code = _CODES.get(fault.rule, "INVALID_VALUE")
    if field in _NAMES and isinstance(sent, str) and fault.rule == "pattern":
        code = _code_of_name(sent) or code
    return Problem(field, code, f"{field} {fault.text}.")


def missing_channels(body: Any, *, is_new: bool) -> list[Problem]:
    """Channels that what is sent needs and does not have, whoever the customer is."""
    if not isinstance(body, dict):
        return []
    lacking = {
        channel for channel, _, _ in _CHANNELS
        if (channel not in body if is_new else body.get(channel, "kept") is None)
    }  # fmt: skip
    return [
        _needed(channel)
        for channel, other, opt_in in _CHANNELS
        if channel in lacking and (other in lacking or body.get(opt_in) is True)
    ]


def broken_rules(customer: Mapping[str, Any], wrong: Collection[str]) -> list[Problem]:
    """The rules of the family that a record would break, all of them.

    `wrong` are members that were sent and cannot be taken: nothing follows from those.
    """
    problems = []
    for field, name in _NAMES.items():
        if field in wrong:
            continue
        known = customer[name] or ""
        if code := _code_of_name(known) if known.strip(" ") else "REQUIRED":
            problems.append(Problem(field, code, f"{field} is no name."))
    channels = {"email": customer["email"], "phoneNumber": customer["phone"]}
    wishes = {"email": customer["email_ads"], "phoneNumber": customer["sms_ads"]}
    for channel, other, opt_in in _CHANNELS:
        is_wished = wishes[channel] and opt_in not in wrong
        lacks, lacks_other = (not channels[each] and each not in wrong for each in (channel, other))
        if lacks and (lacks_other or is_wished):
            problems.append(_needed(channel))
    email = None if "email" in wrong else customer["email"]
    if email and not _LOOSE_EMAIL.fullmatch(email):
        problems.append(Problem("email", "INVALID_FORMAT", "email is no address."))
    return problems


def _code_of_name(name: str) -> str | None:
    size = len(name.strip(" "))
    if not 2 <= size <= 50:
        return "INVALID_LENGTH"
    return "INVALID_FORMAT" if _NOT_IN_NAMES.search(name) else None


def _needed(channel: str) -> Problem:
    return Problem(channel, "REQUIRED", f"There has to be a value of {channel}.")
