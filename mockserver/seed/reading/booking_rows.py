"""One booking written out in full, or the same one several times over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from mockserver.domain import services
from mockserver.domain.pricing import Quote, coupon_of, priced, quote
from mockserver.domain.records import (
    Address,
    Booking,
    BookingAddress,
    BookingStatus,
    Cancellation,
    Canceller,
    Customer,
    PriceType,
    Pricing,
    TimelineEntry,
)
from mockserver.domain.schedule import hours_before
from mockserver.errors import Refusal
from mockserver.seed.reading.configurations import configuration_of
from mockserver.seed.reading.customer_rows import ADDRESS_ID, CUSTOMER_ID, updated_at
from mockserver.seed.reading.entry import Entry
from mockserver.seed.reading.invoice_rows import invoice_of_booking
from mockserver.seed.reading.register import Register
from mockserver.seed.reading.repetition import later
from mockserver.seed.scenario import BookingRow

BOOKING_ID = "bk_[0-9A-Z]{1,58}"

_SLUG = "[a-z]+(-[a-z]+)*"
_STATUSES: tuple[BookingStatus, ...] = ("confirmed", "in_progress", "completed", "cancelled")
_PRICE_TYPES: tuple[PriceType, ...] = ("per_booking", "per_person", "free")
_CANCELLERS: tuple[Canceller, ...] = ("customer", "merchant")


def booking_rows(entry: Entry, register: Register) -> tuple[BookingRow, ...]:
    """A member of ``rows.bookings``, once, or ``repeat.times`` every ``repeat.every_days``."""
    booking = _booking(entry, register)
    invoice = None
    if entry.has("invoice"):
        invoice = invoice_of_booking(entry.child("invoice"), register, booking)
    times, step = _repeat(entry, booking)
    entry.close()
    if booking.id:
        register.bookings[booking.id] = booking
    row = BookingRow(booking, invoice)
    return tuple(later(row, step * index) for index in range(times))


def _booking(entry: Entry, register: Register) -> Booking:
    customer = register.customer(entry, entry.required_text("customer", pattern=CUSTOMER_ID))
    industry = entry.text("industry", most=64, pattern=_SLUG) or "cleaning"
    place = _place(entry, customer)
    price = _quoted(entry, register, industry, place)
    pricing = _pricing(entry.child("pricing"), register, price)
    rules = register.rules
    status = entry.choice("status", _STATUSES, "confirmed")
    scheduled_at, created_at = entry.required_instant("scheduled_at"), entry.instant("created_at")
    zone = register.zone_of(place.zip)
    booking = Booking(
        id=register.claim(entry, entry.text("id", pattern=BOOKING_ID)),
        customer_id=customer.id,
        status=status,
        industry=industry,
        configuration=configuration_of(entry),
        scheduled_at=scheduled_at,
        duration_minutes=_minutes(entry, price),
        address=place,
        pricing=pricing,
        timeline=(),
        service_name=entry.text("service_name") or (price.service_name if price else industry),
        location=entry.text("location", most=600) or _line(place),
        merchant_name=entry.text("merchant_name") or rules.merchant_name,
        created_at=created_at or scheduled_at - timedelta(days=6),
        updated_at=created_at or scheduled_at,
        address_id=_address_id(entry, customer),
        zone_id=zone.id if zone else None,
        crew=entry.choices("crew", register.staff_ids, ()),
        notes=entry.text("notes", most=2000, lines=True),
        coupon_code=entry.text("coupon_code", most=32),
        price_type=entry.choice("price_type", _PRICE_TYPES, "per_booking"),
        cancel_deadline_hours=entry.whole(
            "cancel_deadline_hours", rules.free_cancellation_hours, most=8760
        ),
    )
    return _with_history(entry, booking)


def _with_history(entry: Entry, booking: Booking) -> Booking:
    cancelled = booking.status == "cancelled"
    if entry.has("cancellation") and not cancelled:
        raise entry.misfit(f"is given, yet the status is {booking.status}", "cancellation")
    cancellation = _cancellation(entry.child("cancellation"), booking) if cancelled else None
    timeline = _timeline(booking, cancellation)
    latest = timeline[-1].at
    return replace(
        booking,
        cancellation=cancellation,
        timeline=timeline,
        updated_at=updated_at(entry, booking.created_at, max(latest, booking.created_at)),
    )


def _timeline(booking: Booking, cancellation: Cancellation | None) -> tuple[TimelineEntry, ...]:
    entries = [TimelineEntry("confirmed", booking.created_at)]
    if booking.status in ("in_progress", "completed"):
        entries.append(TimelineEntry("in_progress", booking.scheduled_at))
    if booking.status == "completed":
        entries.append(TimelineEntry("completed", booking.ends_at))
    if cancellation:
        entries.append(TimelineEntry("cancelled", cancellation.cancelled_at))
    return tuple(entries)


def _cancellation(entry: Entry, booking: Booking) -> Cancellation:
    free_until = hours_before(booking.scheduled_at, booking.cancel_deadline_hours)
    cancellation = Cancellation(
        reason=entry.text("reason", most=2000, lines=True),
        cancelled_at=entry.instant("cancelled_at") or max(booking.created_at, free_until),
        by=entry.choice("by", _CANCELLERS, "customer"),
        customer_notified=entry.flag("customer_notified", False),
        fee_cents=entry.whole("fee_cents", 0),
        fee_percent=entry.whole("fee_percent", 0, most=100),
        free_until=free_until,
    )
    entry.close()
    return cancellation


def _quoted(entry: Entry, register: Register, industry: str, place: BookingAddress) -> Quote | None:
    """The price by the rules, ``None`` for an industry that is not on offer."""
    if not services.is_offered(industry):
        return None
    code = entry.text("coupon_code", most=32)
    try:
        services.refuse_configuration(register.rules, industry, configuration_of(entry))
        coupon = coupon_of(register.rules, code) if code else None
    except Refusal as refusal:
        raise entry.misfit(f"cannot be priced: {refusal.message.rstrip('.')}") from refusal
    zone = register.zone_of(place.zip)
    return quote(register.rules, industry, configuration_of(entry), zone=zone, coupon=coupon)


def _pricing(entry: Entry, register: Register, price: Quote | None) -> Pricing:
    """The price as told; what is left out follows from the rules, if the industry has any."""
    if price is not None and not entry.names():
        return price.pricing
    needed = price.pricing.subtotal if price else entry.required_whole("subtotal")
    subtotal = entry.whole("subtotal", needed)
    discount = entry.whole("discount", 0, most=subtotal)
    by_rule = priced(subtotal, discount, register.rules.tax_rate if price else Decimal(0))
    tax = entry.whole("tax", by_rule.tax)
    total = entry.whole("total", subtotal - discount + tax)
    entry.close()
    if total != subtotal - discount + tax:
        raise entry.misfit(f"is {total}: subtotal - discount + tax is another", "total")
    return Pricing(subtotal, discount, tax, total)


def _minutes(entry: Entry, price: Quote | None) -> int:
    if price is None:
        return entry.required_whole("duration_minutes", most=100_000)
    return entry.whole("duration_minutes", price.duration_minutes, most=100_000)


def _has_address(entry: Entry, customer: Customer) -> bool:
    return not entry.has("address") and bool(customer.addresses)


def _address(entry: Entry, customer: Customer) -> Address:
    wanted = entry.text("address_id", pattern=ADDRESS_ID)
    for address in customer.addresses:
        if address.id == wanted or (wanted is None and address.is_default):
            return address
    raise entry.misfit(f"is {wanted!r}: it must be an address of {customer.id}", "address_id")


def _address_id(entry: Entry, customer: Customer) -> str | None:
    if not _has_address(entry, customer):
        return None
    return _address(entry, customer).id or None


def _place(entry: Entry, customer: Customer) -> BookingAddress:
    if _has_address(entry, customer):
        chosen = _address(entry, customer)
        return BookingAddress(
            chosen.line or "", chosen.city or "", chosen.state or "", chosen.zip or ""
        )
    told = entry.child("address")
    place = BookingAddress(
        told.text("street", most=500) or "",
        told.text("city") or "",
        told.text("state", most=100) or "",
        told.text("zip", most=30) or "",
    )
    told.close()
    entry.text("address_id")
    return place


def _line(place: BookingAddress) -> str:
    town = ", ".join(part for part in (place.street, place.city, place.state) if part)
    return f"{town} {place.zip}".strip()


def _repeat(entry: Entry, booking: Booking) -> tuple[int, timedelta]:
    repeat = entry.child("repeat")
    times = repeat.whole("times", 1, least=1, most=10_000)
    days = repeat.whole("every_days", 7, least=0, most=3650)
    repeat.close()
    if times > 1 and booking.id:
        raise entry.misfit("repeats a row that has an id: leave the id out", "repeat")
    return times, timedelta(days=days)
