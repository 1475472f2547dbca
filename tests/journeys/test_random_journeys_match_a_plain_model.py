"""Whatever clients of all four families do, every family shows what a plain model expects."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.journeys import plain_queries as queries
from tests.journeys import plain_views as views
from tests.journeys import requests as made
from tests.journeys.journey import (
    LEADS_CUSTOMERS,
    NOBODY,
    Journey,
    blacklist_of,
    has_blacklisted,
    has_bookings,
    has_customers,
    may_grow,
)
from tests.journeys.plain_prices import Row, text
from tests.journeys.witness import MERCHANT_CUSTOMERS

WHICH = st.integers(0, 20)


class Journeys(Journey):
    """Each rule is one thing a client does; the comparison follows in the rule itself."""

    @initialize(
        people=st.lists(made.NEW_CUSTOMER, min_size=2, max_size=3, unique_by=made.email_of),
        body=made.NEW_MERCHANT_CUSTOMER,
        lead=made.NEW_LEAD,
        services=st.lists(st.tuples(WHICH, made.NEW_BOOKING, made.MOMENT), min_size=2, max_size=4),
    )
    def open_for_business(
        self, people: list[Row], body: Row, lead: Row, services: list[tuple[int, Row, timedelta]]
    ) -> None:
        self.compares = False
        for person in people:
            self.register(person)
        self.add(body)
        self.lead(lead)
        for which, service, when in services:
            self.book(which % len(people), 0, service, when)
        self.compares = True
        self.everything_agrees()

    # --- families A and B -----------------------------------------------------------------------

    @precondition(may_grow)
    @rule(body=made.NEW_CUSTOMER)
    def register(self, body: Row) -> None:
        answer = self.witness.call("POST", "/v1/customers", body)
        if self.model.email_is_taken(body["email"]):
            self.refused(answer, {(409, "resource_already_exists")})
            return
        assert answer.status_code == 201
        customer = self.model.register((answer.json()["id"], self.new_uuid()), body)
        self.adopt_addresses(customer)
        self.agree_on(customer, answer)

    @precondition(has_customers)
    @rule(which=WHICH, body=made.CUSTOMER_CHANGES)
    def amend(self, which: int, body: Row) -> None:
        customer = self.customer(which)
        answer = self.witness.call("PATCH", f"/v1/customers/{customer['id']}", body)
        if customer is NOBODY:
            self.refused(answer, {(404, "customer_not_found")})
            return
        if self.model.email_is_taken(body.get("email"), customer["id"]):
            self.refused(answer, {(409, "resource_already_exists")})
            return
        assert answer.status_code == 200
        self.model.amend(customer, body)
        self.agree_on(customer, answer)

    @precondition(has_customers)
    @rule(which=WHICH, body=made.NEW_ADDRESS)
    def add_address(self, which: int, body: Row) -> None:
        customer = self.customer(which)
        answer = self.witness.call("POST", f"/v1/customers/{customer['id']}/addresses", body)
        if customer is NOBODY:
            self.refused(answer, {(404, "customer_not_found")})
            return
        assert answer.status_code == 201
        address = self.model.add_address(customer, body)
        self.adopt_addresses(customer)
        assert answer.json() == views.place(address)
        self.agree_on(customer)

    @precondition(has_customers)
    @rule(which=WHICH, at=WHICH, body=made.NEW_BOOKING, when=made.MOMENT)
    def book(self, which: int, at: int, body: Row, when: timedelta) -> None:
        scheduled_at = self.model.now + when
        body = {
            **body,
            "customer_id": self.customer(which)["id"],
            "address_id": self.address_id(which, at),
            "scheduled_at": text(scheduled_at),
        }
        answer = self.witness.call("POST", "/v1/bookings", body)
        refusals = self.model.refusals_of_booking(body)
        if refusals:
            self.refused(answer, refusals)
            return
        assert answer.status_code == 201
        shown = answer.json()
        booking = self.model.book(
            shown["id"], shown["assigned_crew"], {**body, "scheduled_at": scheduled_at}
        )
        assert len(booking["crew"]) == 1
        self.agree_on_booking(booking)

    @precondition(has_blacklisted)
    @rule(body=made.NEW_BOOKING, when=made.MOMENT)
    def book_somebody_blacklisted(self, body: Row, when: timedelta) -> None:
        customers = list(self.model.customers.values())
        which = [row["is_blacklisted"] for row in customers].index(True)
        self.book(which, 0, body, when)

    @precondition(has_bookings)
    @rule(which=WHICH, at=WHICH, body=made.BOOKING_CHANGES, when=made.MOMENT, moves=st.booleans())
    def amend_booking(self, which: int, at: int, body: Row, when: timedelta, moves: bool) -> None:
        booking = self.booking(which)
        body = made.fitting(body, booking["industry"])
        if "address_id" in body:
            body["address_id"] = self.address_id(self.owner_index(booking), at)
        read = {**body, "scheduled_at": self.model.now + when} if moves else body
        sent = {**read, "scheduled_at": text(read["scheduled_at"])} if moves else body
        answer = self.witness.call("PATCH", f"/v1/bookings/{booking['id']}", sent)
        refusals = self.model.refusals_of_amending(booking, body)
        if refusals:
            self.refused(answer, refusals)
            return
        assert answer.status_code == 200
        self.model.amend_booking(booking, read)
        self.agree_on_booking(booking)

    @precondition(has_bookings)
    @rule(which=WHICH, body=made.CANCELLATION)
    def cancel(self, which: int, body: Row | None) -> None:
        booking = self.booking(which)
        answer = self.witness.call("POST", f"/v1/bookings/{booking['id']}/cancel", body)
        if booking["status"] != "confirmed":
            again = booking["status"] == "cancelled"
            code = "booking_already_cancelled" if again else "booking_not_cancellable"
            self.refused(answer, {(409, code)})
            return
        assert answer.status_code == 200
        self.model.cancel(booking, body or {})
        self.agree_on_booking(booking)

    @precondition(has_customers)
    @rule(which=WHICH, body=made.NEW_INVOICE, due_in=st.none() | st.integers(0, 30))
    def issue(self, which: int, body: Row, due_in: int | None) -> None:
        body = {**body, "customer_id": self.customer(which)["id"]}
        if due_in is not None:
            body["due_date"] = text(self.model.now + timedelta(days=due_in))[:10]
        answer = self.witness.call("POST", "/v1/invoices", body)
        if body["customer_id"] == NOBODY["id"]:
            self.refused(answer, {(422, "resource_not_found")})
            return
        assert answer.status_code == 201
        shown = answer.json()
        assert shown["number"] == self.next_number(self.model.now)
        self.model.issue(shown["id"], shown["number"], body)
        self.everything_agrees()

    @precondition(lambda self: bool(self.model.invoices))
    @rule(which=WHICH, body=made.VOIDING)
    def void(self, which: int, body: Row | None) -> None:
        invoices = list(self.model.invoices.values())
        invoice = invoices[which % len(invoices)]
        answer = self.witness.call("POST", f"/v1/invoices/{invoice['id']}/void", body)
        if invoice["status"] in ("paid", "void"):
            self.refused(answer, {(409, "invoice_not_voidable")})
            return
        assert answer.status_code == 200
        invoice["status"] = "void"
        self.everything_agrees()

    # --- family C -------------------------------------------------------------------------------

    @precondition(may_grow)
    @rule(body=made.NEW_MERCHANT_CUSTOMER)
    def add(self, body: Row) -> None:
        answer = self.witness.call("POST", MERCHANT_CUSTOMERS, body)
        assert (answer.status_code, answer.content) == (201, b"")
        uuid = answer.headers["Location"].removeprefix(f"{MERCHANT_CUSTOMERS}/")
        self.agree_on(self.model.add((self.new_id(), uuid), body))

    @precondition(has_customers)
    @rule(which=WHICH, body=made.MERCHANT_CHANGES, other=st.sampled_from([False] * 6 + [True]))
    def put(self, which: int, body: Row, other: bool) -> None:
        customer = self.customer(which)
        body = {**body, "id": NOBODY["uuid"] if other else customer["uuid"]}
        answer = self.witness.call("PUT", f"{MERCHANT_CUSTOMERS}/{customer['uuid']}", body)
        if body["id"] != customer["uuid"]:
            self.refused(answer, {(400, "")})
        elif customer is NOBODY:
            self.refused(answer, {(404, "")})
        else:
            self.done(answer)
            self.model.put(customer, body)
            self.agree_on(customer)

    @precondition(lambda self: len(self.model.customers) > 3)
    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        customer = self.customer(which)
        answer = self.witness.call("DELETE", f"{MERCHANT_CUSTOMERS}/{customer['uuid']}")
        if customer is NOBODY:
            self.refused(answer, {(404, "")})
            return
        self.done(answer)
        self.model.delete(customer)
        self.witness.sees_no_customer(customer)
        self.everything_agrees()

    @precondition(has_customers)
    @rule(which=WHICH, reason=st.sampled_from([None, "No-shows", "Rude\nto the crew"]))
    def blacklist(self, which: int, reason: str | None) -> None:
        customer = self.customer(which)
        body = {"id": customer["uuid"], "blacklist_reason": reason}
        answer = self.witness.call("PUT", blacklist_of(customer), body)
        if customer is NOBODY:
            self.refused(answer, {(404, "")})
            return
        self.done(answer)
        self.model.blacklist(customer, reason)
        self.agree_on(customer)

    @precondition(has_blacklisted)
    @rule(which=WHICH)
    def unblacklist(self, which: int) -> None:
        customer = self.customer(which)
        answer = self.witness.call("DELETE", blacklist_of(customer))
        if customer is NOBODY:
            self.refused(answer, {(404, "")})
            return
        self.done(answer)
        self.model.unblacklist(customer)
        self.agree_on(customer)

    @precondition(has_customers)
    @rule(source=WHICH, further=st.sampled_from([1, 2, 3, 1, 4, 0]))
    def transfer(self, source: int, further: int) -> None:
        giver, taker = self.customer(source), self.customer(source + further)
        body = {"from_customer_id": giver["uuid"], "to_customer_id": taker["uuid"]}
        answer = self.witness.call("PUT", f"{MERCHANT_CUSTOMERS}/transfer", body)
        if giver is taker:
            self.refused(answer, {(400, "")})
        elif NOBODY in (giver, taker):
            self.refused(answer, {(404, "")})
        else:
            self.done(answer)
            self.model.transfer(giver, taker)
            self.agree_on(giver)
            self.agree_on(taker)

    # --- family D -------------------------------------------------------------------------------

    @precondition(may_grow)
    @rule(body=made.NEW_LEAD)
    def lead(self, body: Row) -> None:
        answer = self.witness.call("POST", LEADS_CUSTOMERS, body)
        problems = self.model.lead_problems(None, body)
        if problems:
            self.refused_fields(answer, problems)
            return
        assert answer.status_code == 201
        data = answer.json()["data"]
        assert data == {"customerId": data["customerId"], "createdAt": text(self.model.now)}
        customer = self.model.lead((self.new_id(), data["customerId"]), body)
        self.adopt_addresses(customer)
        self.agree_on(customer)

    @precondition(has_customers)
    @rule(which=WHICH, body=made.LEAD_CHANGES)
    def change_lead(self, which: int, body: Row) -> None:
        customer = self.customer(which)
        answer = self.witness.call("PUT", f"{LEADS_CUSTOMERS}/{customer['uuid']}", body)
        if customer is NOBODY:
            assert answer.status_code == 400
            return
        problems = self.model.lead_problems(customer, body)
        if problems:
            self.refused_fields(answer, problems)
            return
        assert answer.status_code == 200
        self.model.lead_changes(customer, body)
        self.adopt_addresses(customer)
        shown = {"customerId": customer["uuid"], "updatedAt": text(customer["updated_at"])}
        assert answer.json() == {"data": shown}
        self.agree_on(customer)

    # --- time and questions ---------------------------------------------------------------------

    @rule(which=WHICH, slack=st.sampled_from([0, 0, 1, -1]))
    def time_passes_until(self, which: int, slack: int) -> None:
        """Up to the second at which something becomes due, or one beside it."""
        events = self.model.events()
        if events:
            until = events[which % len(events)] + timedelta(seconds=slack)
            self.time_passes(max(until - self.model.now, timedelta(0)))

    @rule(by=made.STEP)
    def time_passes(self, by: timedelta) -> None:
        self.clock.advance(by)
        completed = self.model.advance(by)
        issued = {}
        for booking in completed:
            (reference,) = self.witness.read(f"/v1/bookings/{booking['id']}")["invoices"]
            issued[reference["number"]] = (booking, reference["id"])
        ends = [self.model.end_of(issued[number][0]) for number in sorted(issued)]
        assert ends == sorted(ends)
        for number, end in zip(sorted(issued), ends, strict=True):
            assert number == self.next_number(end)
            booking, invoice_id = issued[number]
            self.model.issue_for(booking, invoice_id, number)
        self.model.fall_overdue()
        self.everything_agrees()

    @rule(
        customers=made.CUSTOMER_QUERY,
        bookings=made.BOOKING_QUERY,
        invoices=made.INVOICE_QUERY,
        which=st.none() | WHICH,
    )
    def ask(
        self,
        customers: dict[str, str],
        bookings: dict[str, str],
        invoices: dict[str, str],
        which: int | None,
    ) -> None:
        """One filtered page of each list, of everybody's rows or of one customer's."""
        theirs = {} if which is None else {"customer_id": self.customer(which)["id"]}
        if which is not None and self.model.bookings:
            day = text(self.booking(which)["scheduled_at"])[:10]
            self.witness.finds_bookings(self.model, {"date_from": day, "date_to": day})
        self.witness.finds_customers(self.model, customers)
        self.witness.finds_bookings(self.model, bookings | theirs)
        self.witness.finds_invoices(self.model, invoices | theirs)

    @rule(query=made.LEAD_QUERY, where=made.LEAD_ADDRESS_QUERY)
    def ask_for_leads(self, query: dict[str, str], where: dict[str, str]) -> None:
        self.found_leads(queries.leads(self.model, query), "search", query)
        self.found_leads(queries.leads_by_address(self.model, where), "by-address", where)


TestRandomJourneys = Journeys.TestCase
TestRandomJourneys.settings = settings(
    max_examples=28,
    stateful_step_count=30,
    phases=[Phase.generate],  # add Phase.shrink to look into a failure; it takes minutes
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
