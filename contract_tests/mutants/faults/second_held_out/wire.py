"""Mistakes on the wire: tags, addresses, nulls and numbers in the spelling of another language."""

from __future__ import annotations

from typing import Any

from contract_tests.mutants.layers import header, reheaded
from contract_tests.mutants.mutant import Verb
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

Body = dict[str, Any]
_INSIDE = "http://app-1.internal:8000"


def bare_tag(original: Verb) -> Verb:
    """The digest alone, without its quotes."""

    def tag_of(body: bytes) -> str:
        right: str = original(body)
        return right.strip('"')

    return tag_of


def location_of_the_inside(_exchange: Exchange, given: Answered) -> Answered:
    """An address made from the host that the server behind the proxy knows."""
    path = header(given, "Location")
    return reheaded(given, {"Location": _INSIDE + path}) if path else given


def nulls_as_empty_texts(body: Body) -> Body:
    """A language whose texts cannot be null."""
    texts = ("email", "phone_number", "first_name", "last_name")
    rows = [
        {name: "" if name in texts and value is None else value for name, value in row.items()}
        for row in body["data"]
    ]
    return {**body, "data": rows}


def without_param(body: Body) -> Body:
    """The refusal of a missing member does not name it for machines."""
    error = body["error"]
    if error["code"] != "missing_required_field":
        return body
    return {"error": {name: value for name, value in error.items() if name != "param"}}


def nothing_counted(original: Verb) -> Verb:
    """The header is filled from the plan, not from what was used."""

    def headers(allowance: Any) -> dict[str, str]:
        right: dict[str, str] = original(allowance)
        return {**right, "x-ratelimit-remaining": str(allowance.limit)}

    return headers


def wrong_method_unknown(_exchange: Exchange, given: Answered) -> Answered:
    """A router that knows no path for the method."""
    return given._replace(status=404) if given.status == 405 else given


def empty_object(_exchange: Exchange, given: Answered) -> Answered:
    """A framework that writes `{}` where there is nothing to say."""
    if given.status != 200 or given.body:
        return given
    return reheaded(given._replace(body=b"{}"), {"Content-Type": "application/json"})


def flags_as_numbers(page: Body) -> Body:
    """A database without booleans."""
    for row in page["data"]:
        for home in row["addresses"]:
            home["is_default"] = int(home["is_default"])
    return page
