"""What the invoice of a booking says: its lines and why there is a discount."""

from __future__ import annotations

from dataclasses import dataclass

from mockserver.domain import services
from mockserver.domain.pricing import quote
from mockserver.domain.records import Booking, LineItem
from mockserver.domain.world import World
from mockserver.frozen import quick


@quick
@dataclass(frozen=True, slots=True)
class Bill:
    """Lines that add up to the booked subtotal, and the reason of the discount, if any."""

    lines: tuple[LineItem, ...]
    discount_description: str | None = None


def bill(world: World, booking: Booking) -> Bill:
    """The service and its extras (ot/invoices) when they add up to what was booked.

    A booking priced otherwise, such as a stored row of an industry not on offer, is billed as one
    line over its subtotal.
    """
    subtotal = booking.pricing.subtotal
    plain = Bill((LineItem(booking.service_name, 1, subtotal, subtotal),))
    if not services.is_offered(booking.industry):
        return plain
    price = quote(
        world.rules,
        booking.industry,
        booking.configuration,
        zone=world.zone(booking.zone_id),
        coupon=world.rules.coupons.get(booking.coupon_code or ""),
    )
    if price.pricing != booking.pricing:
        return plain
    return Bill(price.lines, price.discount_description)
