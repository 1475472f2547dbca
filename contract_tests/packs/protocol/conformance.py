"""Conformance: any answer held against the contract and against what HTTP asks of every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests import pointers
from contract_tests.contract import Contract
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.traffic.answers import answer_faults, protocol_faults, status_fault
from contract_tests.packs.traffic.directions import Direction
from contract_tests.packs.traffic.faults import Fault
from contract_tests.packs.traffic.recorded import Recorded

_NAMES = {
    "undocumented_status": "undeclared-status",
    "undocumented_body": "undeclared-body",
    "undocumented_media_type": "undeclared-media-type",
    "undocumented_member": "undeclared-member",
    "response_schema": "body-breaks-schema",
    "response_not_json": "body-is-no-json",
}
# Where the body of an error repeats the status, when it is a number.
_OWN_STATUS = ("/status", "/statusCode", "/status_code", "/error/status", "/error/statusCode")
# What the inside of a server looks like when it shows in an error.
_INSIDES = {
    "a stack trace": re.compile(
        r"Traceback \(most recent call last\)|\bFile \"[^\"]+\", line \d+|"
        r"\n\s+at [\w.$<>\[\] ]+\([^)\n]*:\d+(:\d+)?\)|goroutine \d+ \[|"
        r"\bat [\w$.]+\([\w$]+\.java:\d+\)"
    ),
    "SQL": re.compile(
        r"SQLSTATE|sqlite3?\.\w*Error|psycopg|\bORA-\d{5}\b|near \"[^\"]+\": syntax error|"
        r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b \w+ \bSET\b|"
        r"UNIQUE constraint failed|duplicate key value violates"
    ),
    "a path of its file system": re.compile(
        r"(?<![\w.:/])/(?:usr|home|opt|var|srv|app|root|tmp|etc)/[\w.-]+/[\w./-]+|"
        r"site-packages|node_modules/|[A-Z]:\\(?:[\w.-]+\\)+"
    ),
    "the name of its framework": re.compile(
        r"Werkzeug|Django Version|Express\b.*\bstack|Whitelabel Error Page|"
        r"starlette\.|connexion\.|fastapi\.|flask\.|(?<!\w)java\.lang\.|jsonschema\.",
    ),
    "a memory address": re.compile(r"object at 0x[0-9a-f]{6,}"),
}


class Conformance:
    """Holds exchanges against one contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._direction = Direction(contract, "writeOnly")

    def breaches(self, exchange: Exchange) -> Iterator[Fault]:
        """Every way in which an answer breaks the contract or RFC 9110.

        An exchange that belongs to no operation, or was sent with another method, is held against
        what HTTP asks alone.
        """
        recorded = Recorded(exchange)
        yield from _exposed(exchange)
        yield from _disagreeing(exchange)
        operation = self._contract.operations.get(exchange.operation)
        if operation is None or exchange.sent.method != operation.method:
            faults = list(protocol_faults(recorded))
        else:
            undeclared = status_fault(operation, exchange.answer.status)
            # One cause, one fault: a 5xx is told as such, declared or not.
            is_told = undeclared is None or exchange.answer.status >= 500
            faults = [] if is_told or undeclared is None else [undeclared]
            faults += answer_faults(self._contract, self._direction, operation, recorded)
        for fault in faults:
            yield _renamed(fault)


def _renamed(fault: Fault) -> Fault:
    what = _NAMES.get(fault.what, fault.what.replace("_", "-"))
    return Fault(
        what, fault.severity, fault.title, fault.rule, fault.source, fault.expected, fault.got,
        fault.subject,
    )  # fmt: skip


def _disagreeing(exchange: Exchange) -> Iterator[Fault]:
    """A status in the body of an error that is not the status of the answer."""
    answer = exchange.answer
    if answer.status < 400 or not answer.body or exchange.sent.method == "HEAD":
        return
    for pointer in _OWN_STATUS:
        said = pointers.get(answer.json, pointer)
        is_status = isinstance(said, int) and not isinstance(said, bool) and 100 <= said <= 599
        if is_status and said != answer.status:
            yield Fault(
                "body-names-other-status",
                Severity.MINOR,
                f"The body of a {answer.status} says {pointer} {said}",
                "The status in the body of an error is the one that it was answered with.",
                "RFC 9457, 3.1.2",
                answer.status,
                said,
                pointer,
            )


def _exposed(exchange: Exchange) -> Iterator[Fault]:
    """What an error tells of the inside of a server."""
    answer = exchange.answer
    if answer.status < 400 or not answer.body:
        return
    text = answer.body[:20000].decode("utf-8", "replace").replace("\\n", "\n").replace('\\"', '"')
    sent = (exchange.sent.body or b"").decode("utf-8", "replace") + exchange.sent.target
    for what, look in _INSIDES.items():
        found = look.search(text)
        if found and found[0] not in sent:
            yield Fault(
                "exposes-insides",
                Severity.MAJOR,
                f"The body of a {answer.status} shows {what}",
                "Error messages tell clients nothing of how the server is built.",
                "OWASP API8:2023; RFC 9110, 17",
                "an error in the words of the API",
                found[0][:200],
                what,
            )
