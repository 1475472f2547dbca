"""How much of everything: the sections customers, bookings, invoices and hours."""

from __future__ import annotations

from types import MappingProxyType

from mockserver.domain.rules import INDUSTRIES
from mockserver.seed.reading.entry import Entry
from mockserver.seed.scenario import (
    WEEKDAYS,
    BookingAmounts,
    CustomerAmounts,
    Hours,
    InvoiceAmounts,
    Scenario,
)

_MOST_ROWS = 1_000_000
_MOST_DAYS = 36_500
_LEAST_HISTORY = 21


def customer_amounts(entry: Entry) -> CustomerAmounts:
    """The section ``customers``."""
    usual = CustomerAmounts()
    shares = {
        name: entry.share(name, getattr(usual, name))
        for name in CustomerAmounts.__dataclass_fields__
        if name.endswith("_share")
    }
    amounts = CustomerAmounts(
        count=entry.whole("count", usual.count, most=_MOST_ROWS),
        history_days=entry.whole("history_days", usual.history_days, least=1, most=_MOST_DAYS),
        invitation_days=entry.whole("invitation_days", usual.invitation_days, most=_MOST_DAYS),
        avoid=entry.texts("avoid", usual.avoid),
        **shares,
    )
    entry.close()
    _refuse_sum(entry, amounts)
    return amounts


def booking_amounts(entry: Entry) -> BookingAmounts:
    """The section ``bookings``."""
    usual = BookingAmounts()
    amounts = BookingAmounts(
        confirmed=entry.whole("confirmed", 0, most=_MOST_ROWS),
        in_progress=entry.whole("in_progress", 0, most=_MOST_ROWS),
        completed=entry.whole("completed", 0, most=_MOST_ROWS),
        cancelled=entry.whole("cancelled", 0, most=_MOST_ROWS),
        upcoming_days=entry.whole("upcoming_days", usual.upcoming_days, least=1, most=_MOST_DAYS),
        past_days=entry.whole("past_days", usual.past_days, least=1, most=_MOST_DAYS),
        not_before=entry.day("not_before"),
        late_cancellation_share=entry.share(
            "late_cancellation_share", usual.late_cancellation_share
        ),
        merchant_cancellation_share=entry.share(
            "merchant_cancellation_share", usual.merchant_cancellation_share
        ),
        coupon_share=entry.share("coupon_share", usual.coupon_share),
        notes_share=entry.share("notes_share", usual.notes_share),
        industries=_industries(entry),
    )
    entry.close()
    return amounts


def invoice_amounts(entry: Entry) -> InvoiceAmounts:
    """The section ``invoices``."""
    usual = InvoiceAmounts()
    amounts = InvoiceAmounts(
        pending_share=entry.share("pending_share", usual.pending_share),
        overdue_share=entry.share("overdue_share", usual.overdue_share),
        void_share=entry.share("void_share", usual.void_share),
        by_hand=entry.whole("by_hand", usual.by_hand, most=_MOST_ROWS),
    )
    entry.close()
    return amounts


def hours(entry: Entry) -> Hours:
    """The section ``hours``; the company opens before it closes, on one day at least."""
    opens = entry.whole("opens", Hours().opens, most=22)
    closes = entry.whole("closes", Hours().closes, least=1, most=23)
    days = entry.choices("days", WEEKDAYS, Hours().days)
    entry.close()
    if opens >= closes:
        raise entry.misfit(f"is {closes}: it must be an hour after opens ({opens})", "closes")
    if not days:
        raise entry.misfit(f"is empty: name some of {', '.join(WEEKDAYS)}", "days")
    return Hours(opens, closes, days)


def refuse_impossible(entry: Entry, scenario: Scenario) -> None:
    """Refuse bookings and invoices that no generated customer could have."""
    wanted = scenario.bookings
    booked = wanted.confirmed + wanted.in_progress + wanted.completed + wanted.cancelled
    if (booked or scenario.invoices.by_hand) and not scenario.customers.count:
        raise entry.misfit("is 0: bookings and invoices need customers", "customers.count")
    if booked and not scenario.customers.active_count:
        raise entry.misfit("leave no customer active: bookings need one", "customers")
    if wanted.completed + wanted.cancelled and scenario.customers.history_days < _LEAST_HISTORY:
        days = scenario.customers.history_days
        what = f"is {days}: past bookings need customers of at least {_LEAST_HISTORY} days"
        raise entry.misfit(what, "customers.history_days")
    if scenario.customers.count and not scenario.places:
        raise entry.misfit("is empty: customers need a town to live in", "places")


def _industries(entry: Entry) -> MappingProxyType[str, float]:
    if not entry.has("industries"):
        return MappingProxyType(dict(BookingAmounts().industries))
    child = entry.child("industries")
    weights = {industry: child.share(industry, 0) for industry in INDUSTRIES}
    child.close()
    if not any(weights.values()):
        raise entry.misfit("gives no industry a share above 0", "industries")
    return MappingProxyType(weights)


def _refuse_sum(entry: Entry, amounts: CustomerAmounts) -> None:
    """Refuse shares that go beyond all customers where one customer can only have one of them."""
    for names in CustomerAmounts.EXCLUSIVE:
        total = sum(getattr(amounts, name) for name in names)
        if total > 1.000001:
            raise entry.misfit(f"add up to {total:g}: at most 1 is possible", " + ".join(names))
