"""What the rows read so far may be referred to by, and the company they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from mockserver.domain.records import Booking, Customer, Zone
from mockserver.domain.rules import Rules
from mockserver.seed.reading.entry import Entry


@dataclass(slots=True)
class Register:
    """The rows by id while a file is being read, and every id that was given."""

    rules: Rules
    zones: tuple[Zone, ...]
    staff_ids: tuple[str, ...]
    customers: dict[str, Customer] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def claim(self, entry: Entry, wanted: str | None) -> str:
        """The id a row gives itself, refused when another has it; empty when it gives none."""
        if wanted and wanted in self.given:
            raise entry.misfit(f"is {wanted!r}, which another row has: ids are unique", "id")
        self.given.add(wanted or "")
        return wanted or ""

    def customer(self, entry: Entry, customer_id: str) -> Customer:
        """The customer row with an id."""
        found = self.customers.get(customer_id)
        if found is None:
            known = ", ".join(self.customers) or "none"
            must = f"the id of a customer row ({known})"
            raise entry.misfit(f"is {customer_id!r}: it must be {must}", "customer")
        return found

    def booking(self, entry: Entry, booking_id: str) -> Booking:
        """The booking row with an id."""
        found = self.bookings.get(booking_id)
        if found is None:
            raise entry.misfit(f"is {booking_id!r}: it must be the id of a booking row", "booking")
        return found

    def zone_of(self, zip_code: str | None) -> Zone | None:
        """The zone that holds a ZIP code, if any."""
        code = (zip_code or "")[:5]
        return next((zone for zone in self.zones if code in zone.postal_codes), None)
