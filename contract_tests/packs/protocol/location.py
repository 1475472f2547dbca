"""Location: what a 201 names can be read, and is what was made (RFC 9110, 15.3.2)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange

Json = Any
_RULE = (
    "The primary resource created by the request is identified by either a Location header field "
    "in the response or the target URI."
)
_SOURCE = "RFC 9110, 15.3.2"


def judge_location(bench: Bench, made: Exchange) -> None:
    """Follow the Location of a 201 and compare what is there with what was answered."""
    location = made.answer.header("location")
    if made.answer.status != 201 or location is None:
        return
    url = urlsplit(urljoin(made.url + made.sent.target, location))
    if not _is_here(bench, made, location):
        title = f"Location {location!r} names another server than {made.url}, which made it"
        _wrong(bench, made, title, None)
        return
    target = url.path + (f"?{url.query}" if url.query else "")
    target = target.removeprefix(urlsplit(made.url).path)
    operation = bench.contract.operation_at("GET", target)
    if operation is None:
        _wrong(bench, made, f"Location {location!r} leads to no operation of the contract", None)
        return
    name = next(iter(part[1:-1] for part in operation.path.split("/") if part.startswith("{")), "")
    last = url.path.rstrip("/").rsplit("/", 1)[-1]
    read = bench.call(operation.name, path={name: last} if name else {})
    if read.answer.status != 200:
        title = f"Location {location!r} of a 201 cannot be read: {read.answer.status}"
        _wrong(bench, made, title, read)
        return
    _compare(bench, made, read, location)


def _is_here(bench: Bench, made: Exchange, location: str) -> bool:
    """Whether an absolute location is on the server that was asked, or on one of the contract's."""
    servers = bench.contract.document.root.get("servers") or ()
    known = {made.url, *(str(each.get("url", "")) for each in servers)}
    found = urlsplit(location).netloc
    return not found or found.lower() in {urlsplit(each).netloc.lower() for each in known}


def _compare(bench: Bench, made: Exchange, read: Exchange, location: str) -> None:
    answered, found = made.answer.json, read.answer.json
    for resource in bench.semantics.resources.values():
        create = resource.create
        if create is None or create.operation != made.operation or resource.read is None:
            continue
        record = pointers.get(found, resource.read.record)
        shown = None if create.record is None else pointers.get(answered, create.record)
        if shown in (None, pointers.MISSING) or answered is NO_JSON:
            return
        if pointers.get(record, resource.id) != pointers.get(shown, resource.id):
            title = f"Location {location!r} of a 201 leads to another record than was answered"
            _wrong(bench, made, title, read)


def _wrong(bench: Bench, made: Exchange, title: str, read: Exchange | None) -> None:
    bench.found(
        "location",
        "major",
        title,
        rule=_RULE,
        source=_SOURCE,
        expected="a Location that leads to the record that was made",
        got={
            "location": made.answer.header("location"),
            "status": read.answer.status if read else None,
        },
        exchanges=(made, read) if read else (made,),
    )
