"""The business as plain dictionaries: what each documented verb leaves behind.

Written from the documentation alone and without the server's own code, so that the two can
disagree. Ids are the server's: the model is told which id a new row got. Letters and numbers such
as A.4.4 are sections of the collected facts the server is built from.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.journeys.plain_lead_rules import problems_of
from tests.journeys.plain_prices import Row, half_up, quoted, taxed, text

Refusals = set[tuple[int, str]]

ZONES = {
    **dict.fromkeys(("97401", "97402", "97403", "97404", "97405"), "zone_01HQ3K5M7N"),
    **dict.fromkeys(("97477", "97478"), "zone_01HQ3K5M8P"),
}
METHODS = {"Email": "email", "Phone": "phone", "SMS": "sms"}
PLACE = {"address1": "street", "address2": "unit", "city": "city", "state": "state", "zip": "zip"}
NOBODY: Refusals = {(422, "resource_not_found")}


class Model:
    """All rows, in the order they were made, and what the clock shows."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.customers: dict[str, Row] = {}
        self.bookings: dict[str, Row] = {}
        self.invoices: dict[str, Row] = {}
        self.outbox: list[Row] = []

    # --- customers -------------------------------------------------------------------------

    def email_is_taken(self, email: str | None, owner: str | None = None) -> bool:
        """A refuses an e-mail anybody else has, in whatever case (A.4.2)."""
        return email is not None and any(
            (other["email"] or "").casefold() == email.casefold()
            for other in self.customers.values()
            if other["id"] != owner
        )

    def register(self, ids: tuple[str, str], body: Row) -> Row:
        """A.4.2: active, the address is the default, an invitation is mailed."""
        wanted = body.get("preferences", {})
        customer = self._new(ids, body)
        customer["contact_methods"] = [wanted.get("preferred_contact", "email")]
        customer["marketing_email"] = wanted.get("marketing_opt_in", False)
        if "address" in body:
            self.add_address(customer, body["address"])
        self._mail("invitation", customer, customer["email"])
        return customer

    def amend(self, customer: Row, body: Row) -> None:
        """A.4.4: what is sent changes, preferences one by one."""
        for name in ("first_name", "last_name", "email", "phone"):
            if name in body:
                customer[name] = body[name]
        wanted = body.get("preferences", {})
        if "preferred_contact" in wanted:
            first = wanted["preferred_contact"]
            others = [method for method in customer["contact_methods"] if method != first]
            customer["contact_methods"] = [first, *others]
        customer["marketing_email"] = wanted.get("marketing_opt_in", customer["marketing_email"])
        if any(name != "preferences" or wanted for name in body):
            customer["updated_at"] = self.now

    def add_address(self, customer: Row, body: Row) -> Row:
        """A.4.5: the first is the default, a later default takes the mark from the others."""
        address: Row = {"id": None, "label": "Home", "unit": None, "access_notes": None} | body
        address["is_default"] = not customer["addresses"] or body.get("is_default", False)
        for other in customer["addresses"]:
            other["is_default"] = other["is_default"] and not address["is_default"]
        customer["addresses"].append(address)
        customer["updated_at"] = self.now
        return address

    def add(self, ids: tuple[str, str], body: Row) -> Row:
        """C.3.1: no invitation, nothing has to be unique."""
        customer = self._new(ids, body)
        customer["phone"] = body.get("phone_number")
        customer["birthday"] = (body.get("birthday") or "")[:10] or None
        customer["note"] = body.get("note")
        return customer

    def put(self, customer: Row, body: Row) -> None:
        """C.3.2: members that are not null are written."""
        before = dict(customer)
        for theirs, ours in (("first_name",) * 2, ("last_name",) * 2, ("email",) * 2,
                             ("phone_number", "phone"), ("note",) * 2):  # fmt: skip
            if body.get(theirs) is not None:
                customer[ours] = body[theirs]
        if body.get("birthday") is not None:
            customer["birthday"] = body["birthday"][:10]
        if customer != before:
            customer["updated_at"] = self.now

    def delete(self, customer: Row) -> None:
        """C.3.3: bookings and invoices go with the customer; mail that was sent stays sent."""
        del self.customers[customer["id"]]
        for rows in (self.bookings, self.invoices):
            for key in [key for key, row in rows.items() if row["customer_id"] == customer["id"]]:
                del rows[key]

    def blacklist(self, customer: Row, reason: str | None) -> None:
        """C.3.7: repeating replaces the reason."""
        customer |= {"is_blacklisted": True, "reason": reason, "updated_at": self.now}

    def unblacklist(self, customer: Row) -> None:
        """C.3.8: flag and reason go; no error when there is none."""
        if customer["is_blacklisted"]:
            customer |= {"is_blacklisted": False, "reason": None, "updated_at": self.now}

    def transfer(self, source: Row, destination: Row) -> None:
        """C.3.10: every booking moves, with the invoices that belong to it."""
        moved = [row for row in self.bookings.values() if row["customer_id"] == source["id"]]
        for booking in moved:
            booking |= {"customer_id": destination["id"], "updated_at": self.now}
            for invoice in self.invoices.values():
                if invoice["booking_id"] == booking["id"]:
                    invoice["customer_id"] = destination["id"]

    def lead(self, ids: tuple[str, str], body: Row) -> Row:
        """D.4.1."""
        customer = self._new(ids, {})
        self.lead_changes(customer, body)
        return customer

    def lead_changes(self, customer: Row, body: Row) -> None:
        """D.4.2: absent keeps, null clears; the default address changes or is made."""
        for theirs, ours in (("firstName", "first_name"), ("lastName", "last_name"),
                             ("companyName", "company"), ("email", "email"),
                             ("phoneNumber", "phone")):  # fmt: skip
            if theirs in body:
                customer[ours] = body[theirs]
        for theirs, ours in (("marketingEmailOptIn", "marketing_email"),
                             ("marketingSmsOptIn", "marketing_sms")):  # fmt: skip
            if theirs in body:
                customer[ours] = bool(body[theirs])
        if "preferredContactMethods" in body:
            chosen = dict.fromkeys(body["preferredContactMethods"] or ())
            customer["contact_methods"] = [METHODS[method] for method in chosen]
        self._lead_address(customer, body)
        if body:
            customer["updated_at"] = self.now

    def lead_problems(self, customer: Row | None, body: Row) -> set[tuple[str, str]]:
        """D.2 and D.4.2 for the record that would result."""
        draft = Model(self.now)
        merged = draft._new(("", ""), {})
        if customer is not None:
            merged |= customer | {"addresses": [], "contact_methods": []}
        draft.lead_changes(merged, body)
        return problems_of(merged)

    # --- bookings --------------------------------------------------------------------------

    def refusals_of_booking(self, body: Row) -> Refusals:
        """Every reason for which a booking may be refused (B.4.2, C.3.7, 1.4)."""
        customer = self.customers.get(body["customer_id"])
        if customer is None:
            return NOBODY
        refusals: Refusals = set()
        if customer["is_blacklisted"]:
            refusals.add((409, "customer_blacklisted"))
        if body.get("coupon_code") not in (None, "FIRST20"):
            refusals.add((422, "invalid_coupon"))
        return refusals | self._refusals_of_address(customer, body["address_id"])

    def book(self, booking_id: str, crew: list[str], body: Row) -> Row:
        """B.4.2: confirmed, priced, at a copy of the address."""
        booking = {
            **{name: body[name] for name in ("customer_id", "industry", "configuration")},
            "id": booking_id,
            "status": "confirmed",
            "notes": body.get("notes"),
            "coupon_code": body.get("coupon_code"),
            "crew": crew,
            "timeline": [("confirmed", self.now)],
            "cancellation": None,
            "created_at": self.now,
            "updated_at": self.now,
        }
        self.bookings[booking_id] = booking
        self._schedule(booking, body["scheduled_at"])
        self._place(booking, body["address_id"])
        self._price(booking)
        return booking

    def refusals_of_amending(self, booking: Row, body: Row) -> Refusals:
        """B.4.4."""
        refusals: Refusals = set()
        if booking["status"] != "confirmed":
            refusals.add((409, "booking_not_updatable"))
        if "address_id" in body:
            owner = self.customers[booking["customer_id"]]
            refusals |= self._refusals_of_address(owner, body["address_id"])
        return refusals

    def amend_booking(self, booking: Row, body: Row) -> None:
        """B.4.4: the configuration is merged; it and the address price the booking anew."""
        if "scheduled_at" in body:
            self._schedule(booking, body["scheduled_at"])
        if "notes" in body:
            booking["notes"] = body["notes"]
        booking["configuration"] = booking["configuration"] | body.get("configuration", {})
        if "address_id" in body:
            self._place(booking, body["address_id"])
        self._price(booking)
        if body:
            booking["updated_at"] = self.now

    def cancel(self, booking: Row, body: Row) -> None:
        """B.4.5: free until 24 hours before the service, then half of the total."""
        customer = self.customers[booking["customer_id"]]
        to = customer["email"] or customer["phone"]
        is_notified = body.get("notify_customer", True) and bool(to)
        if is_notified:
            self._mail("cancellation_notice", customer, to)
        free_until = booking["scheduled_at"] - timedelta(hours=24)
        percent = 50 if self.now > free_until else 0
        booking["cancellation"] = {
            "reason": body.get("reason"),
            "cancelled_at": text(self.now),
            "customer_notified": is_notified,
            "fee": {
                "applies": percent > 0,
                "amount": half_up(booking["pricing"]["total"] * percent, 100),
                "percentage": percent,
                "free_until": text(free_until),
            },
        }
        self._become(booking, "cancelled", self.now)

    # --- invoices --------------------------------------------------------------------------

    def issue(self, invoice_id: str, number: str, body: Row) -> Row:
        """A.4.7: lines, tax, due in 14 days unless told, paid at once when charged."""
        lines = [
            line | {"total": line["quantity"] * line["unit_price"]} for line in body["line_items"]
        ]
        price = taxed(sum(line["total"] for line in lines), 0, int(body.get("tax_rate", 8.5) * 10))
        invoice = self._invoice(invoice_id, number, body["customer_id"], price, self.now)
        invoice["line_items"] = lines
        invoice["due_date"] = body.get("due_date", invoice["due_date"])
        if body.get("auto_charge"):
            invoice |= {"status": "paid", "amount_paid": price["total"], "paid_at": self.now}
        customer = self.customers[body["customer_id"]]
        if body.get("send_email") and customer["email"]:
            self._mail("invoice", customer, customer["email"])
        return invoice

    def issue_for(self, booking: Row, invoice_id: str, number: str) -> Row:
        """A completed service is invoiced over its price (A.4.7)."""
        at = booking["timeline"][-1][1]
        invoice = self._invoice(invoice_id, number, booking["customer_id"], booking["pricing"], at)
        invoice["booking_id"] = booking["id"]
        return invoice

    # --- time ------------------------------------------------------------------------------

    def advance(self, by: timedelta) -> list[Row]:
        """Services start and end as scheduled; the bookings that completed, in that order."""
        self.now += by
        for booking in self.bookings.values():
            ends_at = self.end_of(booking)
            if booking["status"] == "confirmed" and booking["awaited"]:
                if booking["scheduled_at"] > self.now:
                    continue
                self._become(booking, "in_progress", booking["scheduled_at"])
            if booking["status"] == "in_progress" and ends_at <= self.now:
                self._become(booking, "completed", ends_at)
        invoiced = {invoice["booking_id"] for invoice in self.invoices.values()}
        done = [row for row in self.bookings.values() if row["status"] == "completed"]
        return sorted((row for row in done if row["id"] not in invoiced), key=self.end_of)

    def fall_overdue(self) -> None:
        """A pending invoice is overdue once the day it is due has passed."""
        for invoice in self.invoices.values():
            if invoice["status"] == "pending" and invoice["due_date"] < text(self.now)[:10]:
                invoice["status"] = "overdue"

    def events(self) -> list[datetime]:
        """The instants to come at which something changes, nearest first."""
        instants = set()
        for booking in self.bookings.values():
            start = booking["scheduled_at"]
            instants |= {start - timedelta(hours=24), start, self.end_of(booking)}
        for invoice in self.invoices.values():
            due = datetime.fromisoformat(f"{invoice['due_date']}T00:00:00+00:00")
            instants.add(due + timedelta(days=1))
        return sorted(instant for instant in instants if instant > self.now)

    def end_of(self, booking: Row) -> datetime:
        """When a service is estimated to end."""
        ends_at: datetime = booking["scheduled_at"] + timedelta(minutes=booking["minutes"])
        return ends_at

    # --- inside ----------------------------------------------------------------------------

    def _new(self, ids: tuple[str, str], body: Row) -> Row:
        customer: Row = {
            "id": ids[0],
            "uuid": ids[1],
            **{name: body.get(name) for name in ("first_name", "last_name", "email", "phone")},
            **dict.fromkeys(("birthday", "note", "company", "reason")),
            **dict.fromkeys(("marketing_email", "marketing_sms", "is_blacklisted"), False),
            "addresses": [],
            "contact_methods": [],
            "created_at": self.now,
            "updated_at": self.now,
        }
        self.customers[ids[0]] = customer
        return customer

    def _lead_address(self, customer: Row, body: Row) -> None:
        parts = {ours: body[theirs] for theirs, ours in PLACE.items() if theirs in body}
        default = next((row for row in customer["addresses"] if row["is_default"]), None)
        if default is not None:
            default |= parts
        elif any(part is not None for part in parts.values()):
            self.add_address(customer, dict.fromkeys(PLACE.values()) | parts)

    def _refusals_of_address(self, customer: Row, address_id: str) -> Refusals:
        for other in self.customers.values():
            for address in other["addresses"]:
                if address["id"] == address_id:
                    whole = all(address[name] for name in ("street", "city", "state", "zip"))
                    is_fine = whole and other["id"] == customer["id"]
                    return set() if is_fine else {(422, "invalid_address")}
        return NOBODY

    def _schedule(self, booking: Row, scheduled_at: datetime) -> None:
        """What is booked into the past waits for no moment any more (B.4.2)."""
        booking |= {"scheduled_at": scheduled_at, "awaited": scheduled_at > self.now}

    def _place(self, booking: Row, address_id: str) -> None:
        """The address is copied as it is now (B.4.2)."""
        owner = self.customers[booking["customer_id"]]
        (address,) = [row for row in owner["addresses"] if row["id"] == address_id]
        booking["address_id"] = address_id
        booking["zone_id"] = ZONES.get(address["zip"][:5])
        booking["address"] = {
            "street": street_of(address),
            **{name: address[name] for name in ("city", "state", "zip")},
        }

    def _price(self, booking: Row) -> None:
        what = booking["industry"], booking["configuration"], booking["coupon_code"]
        booking["pricing"], booking["minutes"] = quoted(*what)

    def _become(self, booking: Row, status: str, at: datetime) -> None:
        booking |= {"status": status, "updated_at": at}
        booking["timeline"].append((status, at))

    def _invoice(self, key: str, number: str, customer: str, price: Row, at: datetime) -> Row:
        self.invoices[key] = {
            "id": key,
            "number": number,
            "status": "pending",
            "customer_id": customer,
            "booking_id": None,
            "line_items": None,
            **price,
            "amount_paid": 0,
            "issued_at": at,
            "due_date": text(at + timedelta(days=14))[:10],
            "paid_at": None,
        }
        return self.invoices[key]

    def _mail(self, kind: str, customer: Row, to: str) -> None:
        self.outbox.append(
            {"kind": kind, "to": to, "customer_id": customer["id"], "at": text(self.now)}
        )


def street_of(address: Row) -> str | None:
    """Street and second line as A and B show them: in one (A.2)."""
    return ", ".join(part for part in (address["street"], address["unit"]) if part) or None
