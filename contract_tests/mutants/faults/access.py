"""Mistakes in who may do what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from contract_tests.mutants.mutant import Patch, Verb
from mockserver.contract import Operation, Reply
from mockserver.domain.world import business
from mockserver.errors import NotFound
from mockserver.wire.credentials import Grant
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import ScopeMissing, Unauthenticated

_ANONYMOUS = "otesse_test_sk_anonymous"


def scopes_not_asked(*operations: str) -> Callable[[Verb], Verb]:
    """Any valid key may call the operations."""

    def make(original: Verb) -> Verb:
        def demand(grant: Grant, operation: Operation) -> None:
            if operation.operation_id in operations:
                grant = replace(grant, scopes=None)
            original(grant, operation)

        return demand

    return make


def another_scope_will_do(operation_id: str, needed: str, instead: str) -> Callable[[Verb], Verb]:
    """The operation can be called with another scope as well."""

    def make(original: Verb) -> Verb:
        def demand(grant: Grant, operation: Operation) -> None:
            lenient = operation.operation_id == operation_id and grant.scopes is not None
            if lenient and grant.scopes is not None and instead in grant.scopes:
                grant = replace(grant, scopes=grant.scopes | {needed})
            original(grant, operation)

        return demand

    return make


def state_forgiven(state: str, *tags: str) -> Callable[[Verb], Verb]:
    """Credentials in this state are as good as valid ones in the operations of the tags."""

    def make(original: Verb) -> Verb:
        def demand(grant: Grant, operation: Operation) -> None:
            if grant.state == state and operation.tag in tags:
                grant = replace(grant, state="valid")
            original(grant, operation)

        return demand

    return make


def role_not_asked(original: Verb) -> Verb:
    """One handler was left out where the role is asked for."""

    def demand(grant: Grant, operation: Operation) -> None:
        if grant.state == "forbidden" and operation.operation_id == "deleteMerchantCustomer":
            return
        original(grant, operation)

    return demand


def any_token_of(family: str) -> Callable[[Verb], Verb]:
    """Whatever is sent as a credential of the family is taken."""

    def make(original: Verb) -> Verb:
        def grant(credentials: Any, value: str, asked: str, form: str) -> Grant | None:
            right: Grant | None = original(credentials, value, asked, form)
            return right if asked != family else Grant()

        return grant

    return make


def any_form_taken(original: Verb) -> Verb:
    """A key is not held to its form; only those known to be bad are refused."""

    def grant(credentials: Any, value: str, family: str, form: str) -> Grant | None:
        found: Grant | None = original(credentials, value, family, "")
        del form
        return found

    return grant


def nobody_asked(test: Callable[[Operation, Exchange], bool]) -> Callable[[Verb], Verb]:
    """Callers without a credential are let in where the test says so."""

    def make(original: Verb) -> Verb:
        def presented(operation: Operation, exchange: Exchange) -> tuple[str, str]:
            try:
                value, form = original(operation, exchange)
            except Unauthenticated:
                if exchange.headers.get("authorization") or not test(operation, exchange):
                    raise
                return _ANONYMOUS, ""
            return value, form

        return presented

    return make


def is_list_of_bookings(operation: Operation, _exchange: Exchange) -> bool:
    """Whether the call lists bookings."""
    return operation.operation_id == "listBookings"


def is_head(_operation: Operation, exchange: Exchange) -> bool:
    """Whether the call asks for headers only."""
    return exchange.method == "HEAD"


def has_session(operation: Operation, exchange: Exchange) -> bool:
    """Whether the call of another family carries the cookie of the merchant's."""
    return operation.tag in ("customers", "bookings", "invoices") and bool(
        exchange.cookie("session_token")
    )


def key_header_unknown(original: Verb) -> Verb:
    """The operations on bookings do not know the second form of a key."""

    def presented(operation: Operation, exchange: Exchange) -> Any:
        if operation.tag == "bookings" and not exchange.headers.get("authorization"):
            raise Unauthenticated("missing")
        return original(operation, exchange)

    return presented


def missing_scope_is_401(original: Verb) -> Verb:
    """A key without the scope is treated like no key."""

    def demand(grant: Grant, operation: Operation) -> None:
        try:
            original(grant, operation)
        except ScopeMissing as refusal:
            if operation.operation_id == "getInvoice":
                raise Unauthenticated("invalid") from refusal
            raise

    return demand


def unknown_before_unauthenticated(original: Verb) -> Verb:
    """Strangers learn which bookings exist: the row is looked up before the credential."""

    def check(security: Any, exchange: Exchange) -> None:
        try:
            original(security, exchange)
        except Unauthenticated as refusal:
            booking_id = exchange.path.rpartition("/")[2]
            operation = exchange.operation
            reads = operation is not None and operation.operation_id == "getBooking"
            if reads and business(exchange.served.world).bookings.get(booking_id) is None:
                message = f"There is no booking {booking_id!r}."
                raise NotFound("booking_not_found", message) from refusal
            raise

    return check


def refused_but_done() -> tuple[Patch, ...]:
    """The scope is looked at once the invoice has been made."""
    refused: dict[int, ScopeMissing] = {}

    def checking(original: Verb) -> Verb:
        def check(security: Any, exchange: Exchange) -> None:
            try:
                original(security, exchange)
            except ScopeMissing as refusal:
                operation = exchange.operation
                if operation is None or operation.operation_id != "createInvoice":
                    raise
                refused[id(exchange)] = refusal

        return check

    def finishing(original: Verb) -> Verb:
        def finish(reply: Reply, exchange: Exchange, *more: Any) -> Any:
            refusal = refused.pop(id(exchange), None)
            if refusal is not None:
                raise refusal
            return original(reply, exchange, *more)

        return finish

    def forgetting(original: Verb) -> Verb:
        def refuse(problem: Any, exchange: Exchange) -> Any:
            return original(refused.pop(id(exchange), problem), exchange)

        return refuse

    return (
        Patch("mockserver.wire.security:ContractSecurity.check", checking),
        Patch("mockserver.wire.framework:finish", finishing, only_here=True),
        Patch("mockserver.wire.framework:refuse", forgetting, only_here=True),
    )
