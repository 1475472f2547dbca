"""What people write: notes, reasons and labels."""

from __future__ import annotations

ACCESS_NOTES = (
    "Side gate is unlocked during the day.",
    "Key is with the neighbor across the street.",
    "Please ring twice, the bell is quiet.",
    "Gate code: 4471.",
    "Friendly dog in the back yard.",
    "Park in the visitor spot by the mailboxes.",
    "Check in at the front desk.",
    "Lockbox on the rail, code is in the app.",
)

BOOKING_NOTES = (
    "Please use the back entrance.",
    "We have two cats, please keep the doors closed.",
    "Fragrance-free products only, please.",
    "Focus on the kitchen this time.",
    "Baby naps from noon to two, please be quiet upstairs.",
    "Call when you are ten minutes away.",
    "The upstairs bathroom needs extra care.",
    "Please do not move the papers on the desk.",
    "Shoes off inside, thank you.",
    "Guests arrive the same evening.",
)

CUSTOMER_NOTES = (
    "Prefers morning appointments",
    "Prefers text messages over calls",
    "Always pays at the door",
    "Asks for the same crew every time",
    "Allergic to lavender",
    "Works nights, do not call before noon",
    "Referred by a neighbor",
)

CUSTOMER_REASONS = (
    "Customer requested cancellation",
    "Found a different date",
    "Out of town",
    "Sick child at home",
    "Moved the party to next month",
    "No longer needed",
)

MERCHANT_REASONS = (
    "Crew unavailable",
    "Road closed by ice",
    "Van broke down",
    "Double booking on our side",
)

BLACKLIST_REASONS = (
    "Repeated no-shows",
    "Three unpaid invoices",
    "Abusive toward the crew",
    "Chargeback after completed service",
    "Unsafe conditions on site",
)

VOID_REASONS = ("Issued twice", "Wrong address", "Service redone at no charge")

WALK_IN_NOTES = ("Walk-in", "Called in, details to follow", "Booked by phone")

HAND_WRITTEN_LINES = (
    ("Window washing", 4500),
    ("Gutter cleaning", 12000),
    ("Move-out deep clean", 32000),
    ("Replacement key", 1500),
    ("Pressure washing, driveway", 18000),
    ("Gift card", 10000),
)

JUNK = ("couch", "desk", "refrigerator", "treadmill", "yard waste", "boxes", "bookcase")

ROOMS = ("living room", "hallway", "bedroom", "stairs", "den", "dining room")

ROLES = ("Cleaning Technician", "Cleaning Technician", "Crew Lead", "Junk Removal Specialist")
