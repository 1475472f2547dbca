"""One random journey: a fresh company, a client, and the plain model that goes along."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import httpx
from hypothesis.stateful import RuleBasedStateMachine

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW
from tests.journeys import plain_views as views
from tests.journeys.plain_model import Model, Refusals
from tests.journeys.plain_prices import Row
from tests.journeys.witness import MERCHANT_CUSTOMERS, Witness

LEADS_CUSTOMERS = "/leads/v1/customers"
NOBODY: Row = {"id": "cust_00000NOBODY", "uuid": "00000000-0000-7000-8000-000000000000"}
MOST_CUSTOMERS = 7


def has_customers(journey: Journey) -> bool:
    """Whether there is anybody."""
    return bool(journey.model.customers)


def has_bookings(journey: Journey) -> bool:
    """Whether anything was booked."""
    return bool(journey.model.bookings)


def has_blacklisted(journey: Journey) -> bool:
    """Whether anybody is on the blacklist."""
    return any(row["is_blacklisted"] for row in journey.model.customers.values())


def may_grow(journey: Journey) -> bool:
    """Whether one page still holds everybody."""
    return len(journey.model.customers) < MOST_CUSTOMERS


def blacklist_of(customer: Row) -> str:
    """Where C puts a customer on the blacklist, and takes them off."""
    return f"{MERCHANT_CUSTOMERS}/{customer['uuid']}/blacklist"


@cache
def empty_company() -> Server:
    """A server whose world has zones and staff and no customers."""
    return build_server(Settings(now=NOW, scenario="empty"))


class Journey(RuleBasedStateMachine):
    """What the rules of a journey share; a journey ends with a look at everything."""

    def __init__(self) -> None:
        super().__init__()
        server = empty_company()
        server.worlds.reset()
        self.clock = server.worlds.default.world.clock
        self.client = Client(server.asgi)
        self.witness = Witness(self.client)
        self.model = Model(NOW)
        self.numbered = 0
        self.compares = True

    def teardown(self) -> None:
        with self.client:
            self.everything_agrees()
            for customer in list(self.model.customers.values()):
                self.witness.sees_customer(self.model, customer)
            for booking in self.model.bookings.values():
                self.witness.sees_booking(self.model, booking)

    def customer(self, which: int) -> Row:
        """One of the customers, or once in a while nobody."""
        customers = list(self.model.customers.values())
        return NOBODY if which >= 20 or not customers else customers[which % len(customers)]

    def booking(self, which: int) -> Row:
        bookings = list(self.model.bookings.values())
        return bookings[which % len(bookings)]

    def owner_index(self, booking: Row) -> int:
        return list(self.model.customers).index(booking["customer_id"])

    def address_id(self, which: int, at: int) -> str:
        """Mostly an address of the customer; else somebody's, or nobody's."""
        own = self.customer(which).get("addresses", [])
        everybodys = [row for each in self.model.customers.values() for row in each["addresses"]]
        choice = own if at < 17 else everybodys
        if not choice or at == 20:
            return "addr_00000NOBODY"
        return str(choice[at % len(choice)]["id"])

    def new_uuid(self) -> str:
        """The UUID of the customer that only C knows so far (ruling 1)."""
        known = {row["uuid"] for row in self.model.customers.values()}
        rows = self.witness.read(MERCHANT_CUSTOMERS)["data"]
        (uuid,) = {row["id"] for row in rows} - known
        return str(uuid)

    def new_id(self) -> str:
        """The `cust_…` of the customer that only A knows so far (ruling 1)."""
        rows = self.witness.read("/v1/customers", per_page="100")["data"]
        (customer_id,) = {row["id"] for row in rows} - set(self.model.customers)
        return str(customer_id)

    def next_number(self, at: datetime) -> str:
        """Numbers run on for good (A.4.7), also over invoices that are gone."""
        self.numbered += 1
        return f"INV-{at.year}-{self.numbered:05}"

    def adopt_addresses(self, customer: Row) -> None:
        """Learn the ids of new addresses."""
        shown = self.witness.read(f"/v1/customers/{customer['id']}")["addresses"]
        for address, seen in zip(customer["addresses"], shown, strict=True):
            address["id"] = address["id"] or seen["id"]
        ids = [row["id"] for each in self.model.customers.values() for row in each["addresses"]]
        assert len(set(ids)) == len(ids)

    def agree_on(self, customer: Row, answer: httpx.Response | None = None) -> None:
        if answer is not None:
            assert answer.json() == views.whole(self.model, customer)
        if self.compares:
            self.witness.sees_customer(self.model, customer)
            self.everything_agrees()

    def agree_on_booking(self, booking: Row) -> None:
        if self.compares:
            self.witness.sees_booking(self.model, booking)
        self.agree_on(self.model.customers[booking["customer_id"]])

    def everything_agrees(self) -> None:
        if self.compares:
            self.witness.sees_all_of(self.model)

    def done(self, answer: httpx.Response) -> None:
        """C's success without content."""
        assert (answer.status_code, answer.content) == (200, b"")

    def refused(self, answer: httpx.Response, refusals: Refusals) -> None:
        """One of the refusals, in the family's envelope, and nothing has changed."""
        code = answer.json()["error"].get("code", "")
        assert (answer.status_code, code) in refusals
        self.everything_agrees()

    def refused_fields(self, answer: httpx.Response, problems: set[tuple[str, str]]) -> None:
        """D's refusal names every field that fails."""
        assert answer.status_code == 400
        told = {(problem["field"], problem["code"]) for problem in answer.json()["errors"]}
        assert told == problems
        self.everything_agrees()

    def found_leads(self, rows: list[Row], path: str, query: dict[str, Any]) -> None:
        answer = self.witness.call("GET", f"{LEADS_CUSTOMERS}/{path}", **query)
        if rows:
            assert answer.json() == {"customers": [views.lead(row) for row in rows]}
        else:
            assert (answer.status_code, answer.content) == (204, b"")
