"""What is asked of the server so that others can see it: examples, a walk of reads, a booking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from mockserver.clock import instant_text
from mockserver.contract import Contract, Operation
from mockserver.contract.recipes.documented import Documented
from mockserver.contract.recipes.model import Request
from mockserver.export.lists import LISTS, ListRule
from mockserver.export.recorder import Call, Recorded, Recorder
from mockserver.export.records import KEY, Collection

_FEW = {"per_page": 3}
_PAGES = ({"page": 2, **_FEW}, {"page": 1000})


def examples(recorder: Recorder, contract: Contract) -> dict[str, Recorded]:
    """The documented request of each operation and its answer, each in a world of its own."""
    found: dict[str, Recorded] = {}
    for operation in contract.operations:
        recorder.renew()
        found[operation.operation_id] = recorder.ask(_documented(recorder, contract, operation))
    return found


def reads(
    recorder: Recorder, contract: Contract, collections: Mapping[str, Collection]
) -> tuple[Recorded, ...]:
    """A walk that changes nothing: every read, found, filtered, paged, absent and refused."""
    recorder.renew()
    documented = [
        Documented(contract, each) for each in contract.operations if each.method == "GET"
    ]
    calls = [
        *(call for each in documented for call in _around(each)),
        *(call for rule in LISTS for call in _filtered(rule, contract)),
        *_unchanged(documented, collections),
    ]
    return tuple(recorder.ask(call) for call in calls)


def booking_flow(recorder: Recorder) -> tuple[Recorded, ...]:
    """A booking is made, found, moved and cancelled; what is needed is read from the world."""
    recorder.renew()
    customer = next((each for each in recorder.world.customers if each.addresses), None)
    if customer is None:
        return ()
    start = recorder.world.now()
    made = recorder.ask(
        Call(
            "POST",
            "/v1/bookings",
            _JSON,
            {
                "customer_id": customer.id,
                "industry": "cleaning",
                "configuration": {"bedrooms": 2, "bathrooms": 1, "frequency": "one-time"},
                "scheduled_at": instant_text(start.replace(year=start.year + 1)),
                "address_id": customer.addresses[0].id,
            },
        )
    )
    own = f"/v1/bookings/{made.json.get('id', 'none')}"
    later = (
        Call("GET", own, KEY),
        Call("GET", f"/v1/bookings?customer_id={customer.id}&status=confirmed", KEY),
        Call("PATCH", own, _JSON, {"notes": "Ring twice, please."}),
        Call("POST", f"{own}/cancel", _JSON, {"reason": "Plans have changed."}),
        Call("GET", own, KEY),
    )
    return (made, *(recorder.ask(call) for call in later))


_JSON = {**KEY, "Content-Type": "application/json"}


def _documented(recorder: Recorder, contract: Contract, operation: Operation) -> Call:
    """The documented request; with every query value the contract gives, if it needs some."""
    documented = Documented(contract, operation)
    call = _call(documented.request())
    given = {p.name: v for p, v in documented.values.items() if p.location == "query"}
    if not given or recorder.ask(call).status == 200:
        return call
    return _call(documented.with_query(_encoded(given)))


def _call(request: Request) -> Call:
    return Call(request.method, request.path, request.headers, request.body)


def _around(documented: Documented) -> Iterator[Call]:
    """The documented read, without a credential, with an expired one, and of an unknown id."""
    request = documented.request()
    if documented.operation.operation_id not in _NEEDING:
        yield _call(request)
    yield Call("GET", request.path)
    yield Call("GET", request.path, documented.credential("expired"))
    unknown = documented.unknown_ids()
    if unknown:
        yield _call(unknown)
    for query in _SEARCHES.get(documented.operation.operation_id, ()):
        yield _call(documented.with_query(urlencode(query)))


# What cannot be called without a query, though no single parameter is required.
_NEEDING = ("findLeadsCustomersByAddress",)
_SEARCHES: Mapping[str, tuple[dict[str, str], ...]] = {
    "listCustomers": ({"search": "john"}, {"search": "(541) 555"}, {"search": "nobody"}),
    "searchLeadsCustomers": ({"email": "acme"}, {"phone": "555-0198"}, {"firstName": "jo"}),
    "findLeadsCustomersByAddress": ({"city": "dallas"}, {"address1": "123", "state": "TX"}),
}


def _filtered(rule: ListRule, contract: Contract) -> Iterator[Call]:
    """The list by each of its filters, with values that the contract gives, and its pages."""
    documented = Documented(contract, _operation(contract, rule.operation_id))
    values = {p.name: v for p, v in documented.values.items() if p.location == "query"}
    queries: list[dict[str, Any]] = [{name: values[name], **_FEW} for name in rule.filters]
    queries += [{"status": status, **_FEW} for status in _STATUSES[rule.table]]
    for query in (*queries, *_PAGES):
        yield Call("GET", documented.url({}, _encoded(query)), KEY)


_STATUSES = {
    "customers": ("active", "inactive", "deactivated"),
    "bookings": ("confirmed", "in_progress", "completed", "cancelled"),
    "invoices": ("draft", "pending", "paid", "overdue", "void"),
}


def _encoded(query: Mapping[str, Any]) -> str:
    texts = {n: str(v).lower() if isinstance(v, bool) else str(v) for n, v in query.items()}
    return urlencode(texts)


def _operation(contract: Contract, operation_id: str) -> Operation:
    return next(each for each in contract.operations if each.operation_id == operation_id)


def _unchanged(
    documented: list[Documented], collections: Mapping[str, Collection]
) -> Iterator[Call]:
    """Records that the caller has already seen, by their entity tags."""
    paths = {each.operation.operation_id: each for each in documented}
    for operation_id, name in _TAGGED.items():
        collection = collections[name]
        for row, tag in zip(collection.rows[:2], collection.tags[:2], strict=True):
            target = paths[operation_id].url({"id": row["id"]})
            yield Call("GET", target, {**KEY, "If-None-Match": tag})


_TAGGED = {"getCustomer": "customers", "getBooking": "bookings", "getInvoice": "invoices"}
