"""The outbox: messages the business would have sent, kept as rows; nothing leaves from here."""

from __future__ import annotations

from mockserver.clock import instant_text
from mockserver.domain.records import Booking, Customer, Invoice, Mail, MailKind
from mockserver.domain.world import World


def invite(world: World, customer: Customer) -> Mail | None:
    """Record the invitation every customer made through S1 is mailed."""
    text = f"Hello {customer.name}, {world.rules.merchant_name} invites you to your new account."
    return _record(world, "invitation", customer, customer.email, "Your invitation", text)


def notify_of_cancellation(world: World, customer: Customer, booking: Booking) -> Mail | None:
    """Record the notice of a cancelled booking; without an e-mail address it goes to the phone.

    ``None`` when the customer cannot be reached at all.
    """
    text = (
        f"Hello {customer.name}, your booking {booking.id} of {instant_text(booking.scheduled_at)}"
        f" ({booking.service_name}) has been cancelled."
    )
    to = customer.email or customer.phone
    return _record(world, "cancellation_notice", customer, to, "Your booking is cancelled", text)


def send_invoice(world: World, customer: Customer, invoice: Invoice) -> Mail | None:
    """Record the mail that carries an invoice (``send_email``, ot/invoices)."""
    dollars, cents = divmod(invoice.total, 100)
    text = (
        f"Hello {customer.name}, invoice {invoice.number} over ${dollars:,}.{cents:02} is attached."
    )
    return _record(world, "invoice", customer, customer.email, f"Invoice {invoice.number}", text)


def _record(
    world: World, kind: MailKind, customer: Customer, to: str | None, subject: str, text: str
) -> Mail | None:
    if not to:
        return None
    mail_id = world.claim(world.outbox.__contains__, "mail", 10)
    mail = Mail(mail_id, kind, to, subject, text, customer.id, world.now())
    world.outbox.put(mail)
    return mail
