"""The records of a world as each family shows them, asked of the server one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mockserver.contract import Contract
from mockserver.domain.records import Customer
from mockserver.export.recorder import Call, Recorder
from mockserver.store import Query

KEY = {"Authorization": "Bearer otesse_test_sk_export"}
"""A credential that every family takes."""
_PER_PAGE = 100
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Collection:
    """Rows of one kind: `type` is their schema in the contract, `tags` the entity tag of each.

    `tags` is empty where the family gives none.
    """

    name: str
    type: str
    rows: tuple[Any, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A collection and the operation that shows its rows.

    A `record` operation shows one row, for its id in `ids`, under `member` (empty: as the body); a
    `pages` operation a page of them, a `whole` one all at once.
    """

    name: str
    type: str
    operation_id: str
    way: Literal["record", "pages", "whole"]
    member: str = "data"
    ids: str = ""


SOURCES = (
    Source("customers", "Customer", "getCustomer", "record", "", "customers"),
    Source("customerSummaries", "CustomerSummary", "listCustomers", "pages"),
    Source("bookings", "Booking", "getBooking", "record", "", "bookings"),
    Source("bookingSummaries", "BookingSummary", "listBookings", "pages"),
    Source("invoices", "Invoice", "getInvoice", "record", "", "invoices"),
    Source("merchantCustomers", "MerchantCustomer", "getMerchantCustomer", "record", ids="uuids"),
    Source(
        "merchantCustomerStats",
        "MerchantCustomerStats",
        "getMerchantCustomerStats",
        "record",
        ids="uuids",
    ),
    Source("merchantCustomerItems", "MerchantCustomerItem", "listMerchantCustomers", "whole"),
    Source("blacklistedCustomers", "MerchantCustomerItem", "listBlacklistedCustomers", "whole"),
    Source("calendarCustomers", "CalendarCustomer", "listCalendarCustomers", "whole"),
    Source("leadsCustomers", "LeadsCustomer", "getLeadsCustomer", "record", ids="uuids"),
)


def collected(recorder: Recorder) -> dict[str, Collection]:
    """Every collection by name, its rows in the order of the family's lists."""
    paths = paths_of(recorder.server.contract)
    ways = {"record": _records, "pages": _pages, "whole": _whole}
    return {
        source.name: ways[source.way](recorder, source, paths[source.operation_id])
        for source in SOURCES
    }


def paths_of(contract: Contract) -> Mapping[str, str]:
    """The path of each operation by its operationId."""
    return {operation.operation_id: operation.path for operation in contract.operations}


def filled(path: str, identifier: str) -> str:
    """A path with an id in place of its parameter."""
    return _PARAMETER.sub(lambda _: identifier, path)


def _records(recorder: Recorder, source: Source, path: str) -> Collection:
    calls = [Call("GET", filled(path, each), KEY) for each in _ids(recorder, source.ids)]
    answers = [recorder.ask(call) for call in calls]
    rows = tuple(each.json[source.member] if source.member else each.json for each in answers)
    tags = tuple(each.headers["etag"] for each in answers if "etag" in each.headers)
    return Collection(source.name, source.type, rows, tags)


def _ids(recorder: Recorder, kind: str) -> list[str]:
    if kind == "uuids":
        oldest: Query[Customer] = Query(order="oldest")
        return [customer.uuid for customer in recorder.world.customers.select(oldest).rows]
    return [row.id for row in recorder.world.collections[kind].select(Query()).rows]


def _pages(recorder: Recorder, source: Source, path: str) -> Collection:
    return Collection(source.name, source.type, tuple(_all_pages(recorder, path)))


def _all_pages(recorder: Recorder, path: str) -> Iterator[Any]:
    page, pages = 1, 1
    while page <= pages:
        target = f"{path}?per_page={_PER_PAGE}&page={page}"
        body = recorder.ask(Call("GET", target, KEY)).json
        yield from body["data"]
        page, pages = page + 1, body["pagination"]["total_pages"]


def _whole(recorder: Recorder, source: Source, path: str) -> Collection:
    rows = recorder.ask(Call("GET", path, KEY)).json["data"]
    return Collection(source.name, source.type, tuple(rows))
