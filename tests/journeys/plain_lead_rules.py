"""What the leads family demands of a customer it writes (D.2), in a few lines."""

from __future__ import annotations

from tests.journeys.plain_prices import Row


def problems_of(merged: Row) -> set[tuple[str, str]]:
    """Each field that fails, with its code."""
    problems = set()
    for field, name in (("firstName", merged["first_name"]), ("lastName", merged["last_name"])):
        size = len((name or "").strip())
        if not 2 <= size <= 50:
            problems.add((field, "INVALID_LENGTH" if size else "REQUIRED"))
        elif any(character in "0123456789" for character in name):
            problems.add((field, "INVALID_FORMAT"))
    email, phone = merged["email"], merged["phone"]
    if not email and (not phone or merged["marketing_email"]):
        problems.add(("email", "REQUIRED"))
    if not phone and (not email or merged["marketing_sms"]):
        problems.add(("phoneNumber", "REQUIRED"))
    if email and "@" not in email:
        problems.add(("email", "INVALID_FORMAT"))
    return problems
