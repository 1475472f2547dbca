"""Reads every family over HTTP and holds what it shows against the plain model."""

from __future__ import annotations

from typing import Any

import httpx

from tests.client import LEADS, MERCHANT, OTESSE, Client
from tests.journeys import plain_queries as queries
from tests.journeys import plain_views as views
from tests.journeys.plain_model import Model
from tests.journeys.plain_prices import Row

ALL: dict[str, str] = {"per_page": "100"}
MERCHANT_CUSTOMERS = "/api/v1/merchant/customers"
NAMES_IN_HISTORY = ("service_name", "merchant_name")


class Witness:
    """A client of all families, with each family's credential."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def call(self, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
        """Send one request as a client of the family that owns the path."""
        more: dict[str, Any] = {"json": body} if body is not None else {}
        auth = OTESSE
        if path.startswith("/api/"):
            auth = MERCHANT
        elif path.startswith("/leads/"):
            auth = LEADS
        return self._client.request(method, path, headers=auth, params=query, **more)

    def read(self, path: str, **query: str) -> Any:
        """The JSON of a GET that must succeed."""
        answer = self.call("GET", path, **query)
        assert answer.status_code == 200, (path, query, answer.text)
        return answer.json()

    # --- what every family lists -------------------------------------------------------------

    def sees_all_of(self, model: Model) -> None:
        """The lists of all families show the model's rows and nothing else."""
        self.finds_customers(model, ALL)
        self.finds_bookings(model, ALL)
        self.finds_invoices(model, ALL)
        rows = [views.merchant_listed(model, row) for row in model.customers.values()]
        assert self.read(MERCHANT_CUSTOMERS)["data"] == rows
        blacklist = [row for row in rows if row["is_blacklisted"]]
        assert self.read(f"{MERCHANT_CUSTOMERS}/blacklist")["data"] == blacklist
        calendar = self.read("/api/v1/merchant/calendar/customers")["data"]
        assert calendar == [views.calendar(model, row) for row in model.customers.values()]
        self.sees_outbox(model)

    def finds_customers(self, model: Model, query: dict[str, str]) -> None:
        """A's list under a filter."""
        found = queries.customers(model, query)
        expected = queries.page(found, query, lambda row: views.listed(model, row))
        assert self.read("/v1/customers", **query) == expected

    def finds_bookings(
        self, model: Model, query: dict[str, str], path: str = "/v1/bookings"
    ) -> None:
        """B's list under a filter."""
        found = queries.bookings(model, query)
        expected = queries.page(found, query, lambda row: views.booking_listed(model, row))
        assert self.read(path, **query) == expected

    def finds_invoices(
        self, model: Model, query: dict[str, str], path: str = "/v1/invoices"
    ) -> None:
        """The invoice list under a filter."""
        found = queries.invoices(model, query)
        expected = queries.page(found, query, lambda row: views.invoice(model, row))
        shown = self.read(path, **query)
        shown["data"] = [_less_unmodelled(row) for row in shown["data"]]
        assert shown == expected

    def sees_outbox(self, model: Model) -> None:
        """Everything that would have been mailed, oldest first (ruling 9)."""
        mails = self.read("/__admin/outbox")["data"]
        shown = [{name: row[name] for name in ("kind", "to", "customer_id", "at")} for row in mails]
        assert shown == model.outbox

    # --- one record through every family ------------------------------------------------------

    def sees_customer(self, model: Model, customer: Row) -> None:
        """All views of one customer and of what belongs to it."""
        path = f"/v1/customers/{customer['id']}"
        assert self.read(path) == views.whole(model, customer)
        uuid = f"{MERCHANT_CUSTOMERS}/{customer['uuid']}"
        assert self.read(uuid) == {"data": views.merchant(customer)}
        assert self.read(f"/leads/v1/customers/id/{customer['uuid']}") == {
            "data": views.lead(customer)
        }
        self._sees_statistics(model, customer, self.read(f"{uuid}/stats"))
        mine = {**ALL, "customer_id": customer["id"]}
        self.finds_bookings(model, mine, f"{path}/bookings")
        self.finds_invoices(model, mine, f"{path}/invoices")

    def sees_booking(self, model: Model, booking: Row) -> None:
        """The full booking."""
        shown = self.read(f"/v1/bookings/{booking['id']}")
        people = [member["id"] for member in shown.pop("crew")]
        assert people == shown["assigned_crew"]
        for entry in shown["status_timeline"]:
            del entry["note"]
        assert shown == views.booking_whole(model, booking)

    def sees_no_customer(self, customer: Row) -> None:
        """Nobody by these ids, in the words of each family."""
        uuid = customer["uuid"]
        answers = {
            f"/v1/customers/{customer['id']}": 404,
            f"/v1/customers/{customer['id']}/bookings": 404,
            f"/v1/customers/{customer['id']}/invoices": 404,
            f"{MERCHANT_CUSTOMERS}/{uuid}": 404,
            f"{MERCHANT_CUSTOMERS}/{uuid}/stats": 404,
            f"/leads/v1/customers/id/{uuid}": 204,
        }
        assert {path: self.call("GET", path).status_code for path in answers} == answers

    @staticmethod
    def _sees_statistics(model: Model, customer: Row, shown: Any) -> None:
        history = shown["data"]["bookings"]
        starts = [visit["from_date"] for visit in history]
        assert starts == sorted(starts, reverse=True)
        for visit in history:
            assert all(visit.pop(name) for name in NAMES_IN_HISTORY)
        expected = views.merchant_statistics(model, customer)
        for side in (shown["data"], expected):
            side["bookings"] = sorted(side["bookings"], key=repr)
        assert shown == {"data": {**expected}}


def _less_unmodelled(invoice: Row) -> Row:
    """A booking's invoice without its lines, which must add up, and a discount's words."""
    assert sum(line["total"] for line in invoice["line_items"]) == invoice["subtotal"]
    if invoice["booking_id"] is not None:
        invoice["line_items"] = None
    description = invoice.pop("discount_description")
    assert bool(description) == bool(invoice["discount"])
    return invoice
