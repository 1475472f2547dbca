"""Mistakes in who is let in, in bodies that cannot be read, and in what an id is."""

from __future__ import annotations

from typing import Any

from contract_tests.mutants.layers import concerns
from contract_tests.mutants.mutant import Verb
from mockserver.contract import Operation, ViolationError
from mockserver.wire.credentials import Grant
from mockserver.wire.exchange import Exchange


def writers_may_read(original: Verb) -> Verb:
    """The scope to write is thought to hold the one to read."""

    def demand(grant: Grant, operation: Operation) -> None:
        scopes = grant.scopes
        if scopes is not None:
            scopes |= {scope.replace(":write", ":read") for scope in scopes}
        original(Grant(grant.state, scopes), operation)

    return demand


def any_scheme(original: Verb) -> Verb:
    """`header.split(" ")[1]`: the word before the credential does not matter."""

    def value(scheme: Any, exchange: Exchange, operation: Operation) -> str | None:
        sent = exchange.headers.get("authorization", "").strip()
        if scheme.type != "apiKey" and " " in sent:
            return sent.partition(" ")[2].strip()
        right: str | None = original(scheme, exchange, operation)
        return right

    return value


def unreadable_is_none(original: Verb) -> Verb:
    """What cannot be parsed of a body that may be left out is taken for nothing."""

    def take(exchange: Exchange, text: bytes) -> None:
        try:
            original(exchange, text)
        except ViolationError as refusal:
            unreadable = {each.keyword for each in refusal.violations} == {"json"}
            if not unreadable or not concerns(exchange, ("cancelBooking", "voidInvoice")):
                raise

    return take


def ids_in_any_case(original: Verb) -> Verb:
    """The column of ids has a collation that knows no case."""

    def read_path(operation: Operation, raw: dict[str, str]) -> Any:
        key = raw.get("id", "")
        prefix, mark, rest = key.partition("_")
        kept = {"id": f"{prefix.lower()}_{rest.upper()}"} if mark else {}
        return original(operation, {**raw, **kept})

    return read_path
