"""Money and instants as the documentation reckons and prints them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Row = dict[str, Any]


def text(at: datetime) -> str:
    """An instant as every family prints it (1.1)."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def half_up(numerator: int, denominator: int) -> int:
    """A quotient rounded to whole cents, half a cent up (B.3)."""
    return (2 * numerator + denominator) // (2 * denominator)


def taxed(subtotal: int, discount: int, per_mille: int = 85) -> Row:
    """A price with its tax after the discount (B.3; A.4.7)."""
    tax = half_up((subtotal - discount) * per_mille, 1000)
    total = subtotal - discount + tax
    return {"subtotal": subtotal, "tax": tax, "discount": discount, "total": total}


def quoted(industry: str, configuration: Row, coupon: str | None) -> tuple[Row, int]:
    """Price and minutes of a service (B.3, and the contract for what B.3 leaves open)."""
    if industry == "cleaning":
        rooms = configuration["bedrooms"], configuration["bathrooms"]
        extras = len(configuration.get("extras", ()))
        subtotal = 5000 + 2000 * sum(rooms) + 3500 * extras
        minutes = 20 * rooms[0] + 30 * rooms[1] + 30 * extras
    elif industry == "junk-removal":
        subtotal, minutes = 7500 * configuration["items"], 30 + 15 * configuration["items"]
    else:
        subtotal = 5000 + 3500 * configuration["sections"]
        minutes = 30 + 30 * configuration["sections"]
    return taxed(subtotal, half_up(subtotal * 20, 100) if coupon else 0), minutes
