"""Mistakes in what goes over the wire: shapes, types, headers and statuses."""

from __future__ import annotations

import re
from typing import Any

from contract_tests.mutants.layers import answered, concerns, header, reheaded
from contract_tests.mutants.mutant import Apply, Verb
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.errors import RuleBroken
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

_EMPTY = b""
_TOO_LARGE = re.compile(r"((?:^|&)per_page=)(?:10[1-9]|1[1-9]\d|[2-9]\d\d|[1-9]\d{3,8})(?=&|$)")


def without_balance(invoice: dict[str, Any]) -> dict[str, Any]:
    """The member is forgotten in one of the two serialisers."""
    return {name: value for name, value in invoice.items() if name != "balance"}


def tax_as_text(booking: dict[str, Any]) -> dict[str, Any]:
    """A decimal that was written as text."""
    return {**booking, "pricing": {**booking["pricing"], "tax": str(booking["pricing"]["tax"])}}


def capital_status(page: dict[str, Any]) -> dict[str, Any]:
    """The name of an enum member instead of its value."""
    return {
        **page,
        "data": [{**row, "status": row["status"].capitalize()} for row in page["data"]],
    }


def spaced_instants(page: dict[str, Any]) -> dict[str, Any]:
    """`str(datetime)` instead of `isoformat`."""
    return {
        **page,
        "data": [
            {**row, "scheduled_at": row["scheduled_at"].replace("T", " ")} for row in page["data"]
        ],
    }


def with_password_hash(body: dict[str, Any]) -> dict[str, Any]:
    """The whole row is serialised, private columns as well."""
    return {"data": {**body["data"], "_password_hash": "$2b$12$K3mZ0pQ"}}


def null_for_no_addresses(page: dict[str, Any]) -> dict[str, Any]:
    """An outer join that found nothing."""
    return {
        **page,
        "data": [{**row, "addresses": row["addresses"] or None} for row in page["data"]],
    }


def with_milliseconds(body: dict[str, Any]) -> dict[str, Any]:
    """Another serialiser of instants."""
    made = body["data"]["createdAt"].replace("Z", ".000Z")
    return {"data": {**body["data"], "createdAt": made}}


def without_nulls(body: dict[str, Any]) -> dict[str, Any]:
    """A serialiser that leaves out what is null."""
    kept = [{k: v for k, v in row.items() if v is not None} for row in body["data"]]
    return {"data": kept}


def without_request_id(body: dict[str, Any]) -> dict[str, Any]:
    """The id is given to answers that succeed only."""
    return {name: value for name, value in body.items() if name != "requestId"}


def mistyped_refusal(body: dict[str, Any]) -> dict[str, Any]:
    """The category of the error is the default one."""
    return {"error": {**body["error"], "type": "invalid_request"}}


def default_quantity(body: dict[str, Any]) -> dict[str, Any]:
    """A required member has a default."""
    lines = [{"quantity": 1, **line} for line in body["line_items"]]
    return {**body, "line_items": lines}


def numbers_from_text(body: dict[str, Any]) -> dict[str, Any]:
    """A reader that turns text into numbers where it can."""
    rate = body.get("tax_rate")
    return {**body, "tax_rate": float(rate)} if isinstance(rate, str) else body


def without_unknown(body: dict[str, Any]) -> dict[str, Any]:
    """A reader that ignores members it does not know."""
    known = ("firstName", "lastName", "email", "phoneNumber", "companyName", "address1", "city")
    more = ("address2", "state", "zip", "preferredContactMethods", "customerId")
    flags = ("marketingEmailOptIn", "marketingSmsOptIn")
    return {name: value for name, value in body.items() if name in (*known, *more, *flags)}


def without_read_only(body: dict[str, Any]) -> dict[str, Any]:
    """Read-only members are ignored instead of refused."""
    hidden = ("id", "status", "stats", "created_at", "updated_at")
    return {name: value for name, value in body.items() if name not in hidden}


def clamped_page_size(query: str) -> str:
    """A page size that is too large becomes the largest."""
    return _TOO_LARGE.sub(r"\1100", query)


def as_page_of_text(_exchange: Exchange, given: Answered) -> Answered:
    """JSON under the name of a web page."""
    if given.status != 200:
        return given
    return reheaded(given, {"Content-Type": "text/html; charset=utf-8"})


def bare_404(_exchange: Exchange, given: Answered) -> Answered:
    """The framework's own error body."""
    return given._replace(body=b'{"detail":"Not Found"}') if given.status == 404 else given


def head_refused(exchange: Exchange, given: Answered) -> Answered:
    """HEAD was not routed."""
    if exchange.method != "HEAD":
        return given
    return reheaded(given, {"ETag": None, "Allow": "GET, OPTIONS"})._replace(status=405)


def lower_location(_exchange: Exchange, given: Answered) -> Answered:
    """The id in `Location` goes through a function that makes addresses tidy."""
    location = header(given, "Location")
    return reheaded(given, {"Location": location.lower()}) if location else given


def taken_for_an_id(_exchange: Exchange, given: Answered) -> Answered:
    """`/blacklist` is caught by the route of `/{id}`."""
    if given.status != 200:
        return given
    return Answered(
        400,
        given.headers,
        b'{"error":{"message":"invalid customer id: blacklist is not a UUID"}}',
    )


def nobody_is_404(_exchange: Exchange, given: Answered) -> Answered:
    """Nothing found is an error here, as it is in other APIs."""
    if given.status != 204:
        return given
    body = (
        b'{"code":"NOT_FOUND","message":"There is no such customer.","errors":[],'
        b'"requestId":"7d4f3c2a-6a53-4b0e-9a7a-0d3f5c0b1e2d"}'
    )
    told = given._replace(status=404, body=body)
    return reheaded(told, {"Content-Type": "application/json"})


def undeclared_method_answered() -> Apply:
    """A leftover route takes PUT on a booking."""

    def edit(exchange: Exchange, given: Answered) -> Answered:
        taken = exchange.method == "PUT" and exchange.path.startswith("/v1/bookings/bk_")
        return Answered(204, {}, _EMPTY) if taken and given.status == 405 else given

    return answered(edit)


def allow_without_patch() -> Apply:
    """`Allow` is written by hand, and PATCH came later."""

    def edit(_exchange: Exchange, given: Answered) -> Answered:
        if given.status != 405:
            return given
        kept = [method for method in header(given, "Allow").split(", ") if method != "PATCH"]
        return reheaded(given, {"Allow": ", ".join(kept)})

    return answered(edit)


def media_type_with_charset(original: Verb) -> Verb:
    """The media type is compared with all its parameters."""

    def media_type(exchange: Exchange) -> Any:
        whole = exchange.headers.get("content-type", "").lower()
        strict = concerns(exchange, ("updateMerchantCustomer",)) and ";" in whole
        return whole.replace(";", "+") if strict else original(exchange)

    return media_type


def any_media_type(original: Verb) -> Verb:
    """The body is parsed whatever it calls itself."""

    def media_type(exchange: Exchange) -> Any:
        lax = concerns(exchange, ("updateLeadsCustomer",))
        return "application/json" if lax else original(exchange)

    return media_type


def western_letters_only(original: Verb) -> Verb:
    """The query is put into a column of an old character set."""

    def search(world: World, **criteria: Any) -> tuple[Customer, ...]:
        for text in criteria.values():
            if isinstance(text, str):
                text.encode("cp1252")
        found: tuple[Customer, ...] = original(world, **criteria)
        return found

    return search


def no_astral_characters(original: Verb) -> Verb:
    """Text beyond the first 65536 characters is refused, as by an old `utf8` column."""

    def take(exchange: Exchange, text: bytes) -> None:
        original(exchange, text)
        note = _note(exchange)
        if note is not None and any(character > "\uffff" for character in note):
            raise RuleBroken("invalid_value", "'note' holds characters that do not fit.", "note")

    return take


def _note(exchange: Exchange) -> str | None:
    if not concerns(exchange, ("createMerchantCustomer",)) or exchange.arguments is None:
        return None
    note = (exchange.arguments.body or {}).get("note")
    return note if isinstance(note, str) else None
