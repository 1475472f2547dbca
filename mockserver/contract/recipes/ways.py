"""Natural ways to a status: requests that a server refuses, or grants, of its own accord."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mockserver.contract.model import Parameter
from mockserver.contract.places import Places
from mockserver.contract.recipes.documented import Documented
from mockserver.contract.recipes.model import Request, Way
from mockserver.contract.recipes.violating import Breach, breaches, unknown_members
from mockserver.contract.violations import shown

_MOST_BREACHES = 3
_PLACES = ("query", "header", "cookie", "path")
_NOBODY = "zzzzzzzz"
_ROWS = "The rows that it names are there, in a state that allows it."


def natural_ways(documented: Documented, status: int, max_body_bytes: int) -> list[Way]:
    """The ways that are known for a status; none where it depends on the state of the world."""
    if status == 413:
        return list(_too_large(documented, max_body_bytes))
    if status in {400, 422}:
        return list(_violating(documented, status))
    known: dict[int, Callable[[Documented], Iterator[Way]]] = {
        200: _success, 201: _success, 202: _success, 204: _nothing, 304: _unchanged,
        401: _let_out, 403: _narrow, 404: _unknown, 409: _conflict,
        412: _overtaken, 415: _other_type, 429: _too_often,
    }  # fmt: skip
    return list(known[status](documented)) if status in known else []


def _way(summary: str, request: Request, needs: str = "") -> Way:
    return Way("natural", summary, request, needs)


def _success(documented: Documented) -> Iterator[Way]:
    request = documented.request()
    if _finds_nothing(documented) and "?" not in request.path:
        given = [p for p, value in documented.values.items() if p.location == "query" and value]
        found = [_queried(documented, p) for p in given]
        if found:
            yield _way("Send a query that finds something.", found[0])
            return
    yield _way("Send the documented request.", request, _ROWS)


def _nothing(documented: Documented) -> Iterator[Way]:
    """204: what a lookup answers when there is nothing, else the documented request."""
    if not _finds_nothing(documented):
        yield _way("Send the documented request.", documented.request())
        return
    unknown = documented.unknown_ids()
    if unknown is not None:
        yield _way("Name an id of the right form that nothing has.", unknown)
        return
    for parameter in documented.values:
        if parameter.location == "query" and parameter.validator.is_valid(_NOBODY):
            query = documented.pair(parameter, _NOBODY)
            yield _way("Send a query that finds nothing.", documented.with_query(query))
            return


def _finds_nothing(documented: Documented) -> bool:
    """Whether the operation reads, and answers 204 when there is nothing to read."""
    operation = documented.operation
    return operation.method == "GET" and {"200", "204"} <= set(operation.responses)


def _queried(documented: Documented, parameter: Parameter) -> Request:
    return documented.with_query(documented.pair(parameter, documented.values[parameter]))


def _violating(documented: Documented, status: int) -> Iterator[Way]:
    """400 and 422: where both are declared, 400 is for a broken form, 422 for a broken value."""
    operation = documented.operation
    both = {"400", "422"} <= set(operation.responses)
    found = breaches(documented.contract, operation, documented.body)
    chosen = [b for b in found if not both or b.is_malformed == (status == 400)]
    for breach in _varied(chosen):
        yield _way(_told(breach), replace(documented.request(), body=breach.body))
    if both and status == 422:
        return
    if operation.body is not None:
        broken = replace(documented.request(), body=None, text="{")
        yield _way("Send a body that is no JSON.", broken)
        return
    yield from _bad_parameters(documented)


def _bad_parameters(documented: Documented) -> Iterator[Way]:
    """A wrong value of the query, else of a header, else of the path."""
    given = sorted(documented.values, key=lambda each: _PLACES.index(each.location))
    for parameter in given:
        wrong = _wrong_text(parameter)
        if wrong is not None:
            request = _with_value(documented, parameter, wrong)
            yield _way(f"Send {shown(wrong)} as '{parameter.name}'.", request)
            return
    if any(parameter.location == "query" for parameter in given):
        yield _way("Send a query that is not UTF-8.", documented.with_query("%FF"))


def _with_value(documented: Documented, parameter: Parameter, text: str) -> Request:
    """The documented request with another value of a parameter."""
    request = documented.request()
    if parameter.location == "query":
        return documented.with_query(documented.pair(parameter, text))
    if parameter.location == "path":
        return replace(request, path=documented.url({parameter.name: text}))
    return replace(request, headers={**request.headers, parameter.name: text})


def _wrong_text(parameter: Parameter) -> str | None:
    """A text that no value of the parameter is written as; None when every text will do."""
    if parameter.types and "string" not in parameter.types:
        return "no-such-value"
    control = () if parameter.location == "header" else ("\u0001",)  # no header can carry it
    tried = ("no-such-value", *control, "a" * 5000)
    return next((text for text in tried if not parameter.validator.is_valid(text)), None)


def _varied(found: list[Breach]) -> list[Breach]:
    """A few of them, each for another keyword."""
    by_keyword: dict[str, Breach] = {}
    for breach in found:
        by_keyword.setdefault(breach.keyword, breach)
    return list(by_keyword.values())[:_MOST_BREACHES]


def _told(breach: Breach) -> str:
    told = {
        "required": f"Leave out '{breach.name}'.",
        "additionalProperties": "Send a member that nobody knows.",
        "type": f"Send '{breach.name}' as another JSON type.",
    }
    return told.get(breach.keyword, f"Break the rule '{breach.keyword}' of '{breach.name}'.")


def _unchanged(documented: Documented) -> Iterator[Way]:
    request = documented.request()
    headers = {**request.headers, "If-None-Match": "*"}
    yield _way("Say that you have every version already.", replace(request, headers=headers), _ROWS)


def _overtaken(documented: Documented) -> Iterator[Way]:
    request = documented.request()
    headers = {**request.headers, "If-Match": f'"{24 * "0"}"'}
    yield _way("Name a version that never was.", replace(request, headers=headers), _ROWS)


def _let_out(documented: Documented) -> Iterator[Way]:
    if not documented.operation.security:
        return
    request = documented.request()
    credential = documented.credential()
    without = {name: value for name, value in request.headers.items() if name not in credential}
    yield _way("Send no credential.", replace(request, headers=without))
    refused = {**without, **documented.credential("invalid")}
    summary = "Send a credential that contains the word 'invalid'."
    yield _way(summary, replace(request, headers=refused))


def _narrow(documented: Documented) -> Iterator[Way]:
    if not documented.operation.security:
        return
    narrow = documented.credential("narrow")
    value = next(iter(narrow.values())).partition(" ")[2] or next(iter(narrow.values()))
    listed = value.partition("=")[2] if "Cookie" in narrow else value
    listing = f"credentials: {{{listed}: {{state: forbidden}}}}"
    needs = f"Start with --credentials FILE; in the file: {listing}"
    scopes = " and ".join(documented.operation.scopes)
    summary = f"Send a credential without the scope {scopes}." if scopes else "Send a narrow one."
    request = documented.request()
    yield _way(summary, replace(request, headers={**request.headers, **narrow}), needs)


def _unknown(documented: Documented) -> Iterator[Way]:
    unknown = documented.unknown_ids()
    if unknown is not None:
        yield _way("Name an id of the right form that nothing has.", unknown)
        return
    body: Any = unknown_members(documented.operation, documented.body)
    if body:
        request = replace(documented.request(), body=body)
        yield _way("Name an id in the body that nothing has.", request)


def _conflict(documented: Documented) -> Iterator[Way]:
    """What conflicts is known to the rows alone; the document says it in words."""
    place = Places(documented.contract.document).response(documented.operation, 409)
    needs = str(place.node.get("description", "")).strip() if place else ""
    yield _way("Send the documented request in a state that forbids it.",
               documented.request(), needs)  # fmt: skip


def _too_large(documented: Documented, max_body_bytes: int) -> Iterator[Way]:
    if documented.operation.body is not None:
        request = replace(documented.request(), body=None, text=" ", text_times=max_body_bytes + 1)
        yield _way(f"Send a body of more than {max_body_bytes} bytes.", request)


def _other_type(documented: Documented) -> Iterator[Way]:
    if documented.operation.body is None:
        return
    request = documented.request()
    headers = {**request.headers, "Content-Type": "text/plain"}
    yield _way("Send plain text.", replace(request, headers=headers, body=None, text="text"))


def _too_often(documented: Documented) -> Iterator[Way]:
    needs = "Start with --rate-limit standard."
    yield _way(
        "Send 101 requests within a minute.", replace(documented.request(), times=101), needs
    )
