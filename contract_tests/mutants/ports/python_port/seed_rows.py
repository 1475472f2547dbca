"""Who and what is there at the start. Days and hours count from the start, back when negative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SeedPerson:
    """A customer; `members` are columns, `created` is a day or a moment of its own."""

    members: Mapping[str, Any]
    created: int | str
    addresses: tuple[Mapping[str, Any], ...] = ()
    methods: tuple[str, ...] = ("email",)
    subscription: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SeedBooking:
    """A booking of the customer with this e-mail, and what became of it and its invoice."""

    email: str
    at: float | str
    status: str = "confirmed"
    industry: str = "cleaning"
    configuration: Mapping[str, Any] = field(
        default_factory=lambda: {"bedrooms": 2, "bathrooms": 1, "frequency": "one-time"}
    )
    coupon: str | None = None
    notes: str | None = None
    cancelled_by: str = "customer"
    notice_hours: int = 72
    invoice: str = "paid"
    booking_id: str | None = None


ZONES: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("zone_01HQ3K5M7N", 100, 0, ("97401", "97402", "97403", "97404", "97405")),
    ("zone_SPRINGFIELD", 100, 0, ("97477", "97478")),
    ("zone_MIDVALLEY", 100, 1000, ("97330", "97333", "97321", "97322")),
    ("zone_SALEM", 105, 1500, ("97301", "97302", "97303", "97304", "97306")),
    ("zone_PORTLAND", 120, 0, ("97201", "97202", "97205", "97206", "97209", "97210", "97211",
                               "97214", "97217")),
)  # fmt: skip
STAFF = (
    ("staff_01HQ3K5M", "Maria Lopez", "Cleaner", None),
    ("staff_00000002", "Ben Achterberg", "Driver", "+15415550177"),
    ("staff_00000003", "Chidi Nwosu", "Carpet specialist", "+15415550178"),
)


def _at(street: str, city: str, code: str, **more: Any) -> dict[str, Any]:
    return {"street": street, "city": city, "state": "OR", "zip": code, **more}


def _who(first: str | None, last: str | None, email: str | None, **more: Any) -> dict[str, Any]:
    return {"first_name": first, "last_name": last, "email": email, **more}


_DALLAS = {"street": "123 Main St", "city": "Dallas", "state": "TX"}

PEOPLE: tuple[SeedPerson, ...] = (
    SeedPerson(
        _who("John", "Smith", "john@example.com", phone="+15551234567", id="cust_01HQ3K5M7N",
             uuid="0d1f6a52-6f0e-4f57-9d43-6c2b7f0e9a11", email_ads=True),
        "2025-06-15T09:00:00Z",
        (_at("123 Main St", "Eugene", "97401", id="addr_01HQ3K5M7N"),),
        subscription=("active", "bi-weekly"),
    ),
    SeedPerson(
        _who("John", "Doe", "john.doe@example.com", phone="+1234567890", birthday="1990-05-15",
             note="Prefers morning appointments", uuid="a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
        "2025-09-01T08:00:00Z",
        (_at("9 Fern Ridge", "Springfield", "97477"),),
        (),
    ),
    SeedPerson(
        _who(None, None, None, is_dummy=True, uuid="b2c3d4e5-f6a7-8901-bcde-f12345678901"),
        "2025-09-02T08:00:00Z",
        methods=(),
    ),
    SeedPerson(
        _who("John", "Doe", "john.doe@acmeheating.com", phone="+1-214-555-0198",
             company="Acme Heating Services", uuid="c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01"),
        "2026-01-15T09:30:00Z",
        ({**_DALLAS, "unit": "Suite 200", "zip": "75201"},),
        ("phone", "sms"),
    ),
    SeedPerson(
        _who("Sam", "Wilson", "sam.wilson@test.com", phone="+14155552671", email_ads=True,
             company="Stark Industries", uuid="9f1a6b1c-3a3e-4b91-9a2f-2c6a9fbb1234"),
        "2026-02-09T10:15:30Z",
        ({**_DALLAS, "unit": "Suite 100", "zip": "75001"},),
        ("email", "phone"),
    ),
    SeedPerson(
        _who("Oluwaseun", "Adeyemi", "seun@adeyemi.example", phone="+15415550120"), -9,
        (_at("4 Kestrel Ct", "Eugene", "97402", access_notes="Blue door.\nKnock twice."),
         _at("77 Mill St", "Salem", "97301", label="Workshop", is_default=True)),
        subscription=("paused", "monthly"),
    ),
    SeedPerson(
        _who("Zoë", "Straßer", "Zoe.Strasser@example.net", phone="+4915112345678"), -8,
        (_at("12½ Ångström Way, Unit Б", "Portland", "97209"),),
        ("sms", "email"), ("active", "weekly"),
    ),
    SeedPerson(
        _who("Mary-Ann", "O'Neil", "moneil@example.org", status="inactive"), -7,
        (_at("5 Elm St", "Eugene", "97403"),),
    ),
    SeedPerson(
        _who("Viktor", "Havel", "viktor@havel.example", status="deactivated"), -6,
        (_at("6 Elm St", "Eugene", "97404"),),
        subscription=("cancelled", "weekly"),
    ),
    SeedPerson(
        _who("Gus", "Pike", "gus@pike.example", phone="+15415550199", is_blacklisted=True,
             blacklist_reason="Never opens the door"), -5,
        (_at("1 Lonely Rd", "Corvallis", "97330"),),
    ),
    SeedPerson(
        _who("Nadia", None, None, phone="541 555 0142", is_dummy=True, note="Walk-in"), -4,
        methods=(),
    ),
    SeedPerson(
        _who("Ines", "Moreau", "ines@moreau.example", phone="+33612345678", sms_ads=True), -3,
        (_at("30 River Rd", "Eugene", "97405"),),
        ("phone",),
    ),
    SeedPerson(_who("Tadeo", "Quiroga", "tadeo@quiroga.example"), -2),
)  # fmt: skip

_JOHN, _SEUN, _ZOE, _INES = (
    "john@example.com", "seun@adeyemi.example", "Zoe.Strasser@example.net", "ines@moreau.example",
)  # fmt: skip

BOOKINGS: tuple[SeedBooking, ...] = (
    SeedBooking(
        _JOHN, "2026-02-26T10:00:00Z",
        configuration={"bedrooms": 3, "bathrooms": 2, "frequency": "bi-weekly"},
        booking_id="bk_01HQ3K5M7N8P9R", invoice="documented",
    ),
    SeedBooking(_JOHN, -40, "completed"),
    SeedBooking(_JOHN, -20, "completed", coupon="FIRST20"),
    SeedBooking(_JOHN, 9, notes="Key under the mat."),
    SeedBooking(_SEUN, -35, "completed", "junk-removal", {"items": 3}, invoice="overdue"),
    SeedBooking(_SEUN, -3, "completed", invoice="pending"),
    SeedBooking(_SEUN, -12, "cancelled", notice_hours=2),
    SeedBooking(_SEUN, 12, industry="carpet-cleaning", configuration={"sections": 2}),
    SeedBooking(_ZOE, -0.01, "in_progress", configuration={"bedrooms": 20, "bathrooms": 20}),
    SeedBooking(_ZOE, -30, "completed", coupon="FIRST20", invoice="void"),
    SeedBooking(_ZOE, 20, "cancelled"),
    SeedBooking(_INES, -15, "cancelled", cancelled_by="merchant"),
    SeedBooking(_INES, 5, configuration={"bedrooms": 1, "bathrooms": 1, "extras": ["laundry"]}),
    SeedBooking("gus@pike.example", -25, "completed", invoice="overdue"),
    SeedBooking("moneil@example.org", -50, "completed"),
)  # fmt: skip
