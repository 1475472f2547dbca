"""Customers as the Otesse Customers API keeps them (S1): register, amend, find, count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from operator import attrgetter

from mockserver.domain import outbox
from mockserver.domain.absence import UNSET, Unset, given
from mockserver.domain.addresses import NewAddress, joined, written
from mockserver.domain.customer_search import CustomerFilter, search
from mockserver.domain.records import (
    Address,
    Booking,
    ContactMethod,
    Customer,
    CustomerStatus,
    Identity,
    Invoice,
    Subscription,
    SubscriptionStatus,
)
from mockserver.domain.world import World
from mockserver.errors import Conflict, NotFound, RuleBroken
from mockserver.frozen import quick, replace

__all__ = [
    "CustomerFilter",
    "CustomerStats",
    "NewAddress",
    "add_address",
    "amend",
    "change_status",
    "counted",
    "counted_rows",
    "get",
    "identify",
    "refuse_unknown",
    "register",
    "search",
    "statistics",
    "subscribe",
]


_STATUS = attrgetter("status")
_SCHEDULED_AT = attrgetter("scheduled_at")
_AMOUNT_PAID = attrgetter("amount_paid")


@quick
@dataclass(frozen=True, slots=True)
class CustomerStats:
    """What is counted from a customer's bookings and invoices (domain A.1), never stored.

    ``total_bookings`` leaves cancelled ones out, ``total_spent`` is what was paid on invoices, in
    cents, ``last_booking_at`` the latest start of a completed booking.
    """

    total_bookings: int
    total_spent: int
    last_booking_at: datetime | None
    active_subscription: bool


def get(world: World, customer_id: str) -> Customer:
    """The customer with an id ``cust_…``, else ``NotFound`` ``customer_not_found``."""
    customer = world.customers.get(customer_id)
    if customer is None:
        raise NotFound("customer_not_found", f"There is no customer {customer_id!r}.")
    return customer


def register(
    world: World,
    *,
    first_name: str,
    last_name: str,
    email: str,
    phone: str | None = None,
    address: NewAddress | None = None,
    preferred_contact: ContactMethod | None = None,
    marketing_opt_in: bool | None = None,
    identity: Identity | None = None,
    invite: bool = True,
) -> Customer:
    """Make an active customer and record the invitation mail (S1; domain A.4.2).

    The address becomes the default one. Raises ``Conflict`` on field ``email`` when any customer
    has that e-mail address already, whatever its case. ``identity`` and ``invite`` are for seeds.
    """
    _refuse_taken_email(world, email)
    claimed = identify(world, identity)
    now = world.now()
    customer = Customer(
        id=claimed.id,
        uuid=claimed.uuid,
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone=phone,
        addresses=joined((), written(world, address, claimed.address_id)) if address else (),
        contact_methods=(preferred_contact or "email",),
        marketing_email_opt_in=bool(marketing_opt_in),
        created_at=now,
        updated_at=now,
    )
    world.customers.put(customer)
    if invite:
        outbox.invite(world, customer)
    return customer


def amend(
    world: World,
    customer_id: str,
    *,
    first_name: str | Unset = UNSET,
    last_name: str | Unset = UNSET,
    email: str | Unset = UNSET,
    phone: str | Unset | None = UNSET,
    preferred_contact: ContactMethod | Unset | None = UNSET,
    marketing_opt_in: bool | Unset | None = UNSET,
) -> Customer:
    """Change what is given and leave the rest (S1; domain A.4.4); nothing given changes nothing.

    A null ``phone`` is cleared, a null preference falls back to its default (``email``, no
    marketing). Raises ``NotFound``, or ``Conflict`` when another customer has the e-mail address.
    """
    customer = get(world, customer_id)
    changes = (first_name, last_name, email, phone, preferred_contact, marketing_opt_in)
    if all(change is UNSET for change in changes):
        return customer
    if email is not UNSET:
        _refuse_taken_email(world, email, customer)
    amended = replace(
        customer,
        first_name=given(first_name, customer.first_name),
        last_name=given(last_name, customer.last_name),
        email=given(email, customer.email),
        phone=given(phone, customer.phone),
        contact_methods=_preferring(customer, preferred_contact),
        marketing_email_opt_in=bool(given(marketing_opt_in, customer.marketing_email_opt_in)),
        updated_at=world.now(),
    )
    world.customers.put(amended)
    return amended


def add_address(
    world: World, customer_id: str, address: NewAddress, *, identity: Identity | None = None
) -> Address:
    """Add an address to a customer (S1; domain A.4.5) and give it back as stored.

    A default one takes the mark from the others; a first one is always the default. Raises
    ``NotFound``, or ``Conflict`` ``address_limit_reached``.
    """
    customer = get(world, customer_id)
    if len(customer.addresses) >= world.rules.most_addresses:
        raise Conflict(
            "address_limit_reached",
            f"Customer {customer_id!r} has {len(customer.addresses)} addresses: no more fit.",
        )
    added = written(world, address, identity.id or identity.address_id if identity else None)
    addresses = joined(customer.addresses, added)
    world.customers.put(replace(customer, addresses=addresses, updated_at=world.now()))
    return addresses[-1]


def statistics(world: World, customer: Customer) -> CustomerStats:
    """Count a customer's bookings and payments as they stand (S1; domain A.1)."""
    return counted(customer, *counted_rows(world, customer))


def counted_rows(
    world: World, customer: Customer
) -> tuple[tuple[Booking, ...], tuple[Invoice, ...]]:
    """The bookings and invoices of a customer: the same objects until one of them changes."""
    return (
        world.bookings.rows("customer_id", customer.id),
        world.invoices.rows("customer_id", customer.id),
    )


def counted(
    customer: Customer, bookings: tuple[Booking, ...], invoices: tuple[Invoice, ...]
) -> CustomerStats:
    """What there is to count in a customer's bookings and invoices (S1; domain A.1)."""
    statuses = list(map(_STATUS, bookings))  # some customers have thousands
    completed = compress(map(_SCHEDULED_AT, bookings), map("completed".__eq__, statuses))
    return CustomerStats(
        total_bookings=len(bookings) - statuses.count("cancelled"),
        total_spent=sum(map(_AMOUNT_PAID, invoices)),
        last_booking_at=max(completed, default=None),
        active_subscription=customer.has_active_subscription,
    )


def change_status(world: World, customer_id: str, status: CustomerStatus) -> Customer:
    """Give a customer another status; only active ones can be booked (domain A.1)."""
    changed = replace(get(world, customer_id), status=status, updated_at=world.now())
    world.customers.put(changed)
    return changed


def subscribe(
    world: World,
    customer_id: str,
    frequency: str,
    *,
    status: SubscriptionStatus = "active",
    identity: Identity | None = None,
) -> Customer:
    """Start a subscription now, in place of an earlier one (domain A.1); no API makes one."""
    customer = get(world, customer_id)
    subscription_id = (identity.id if identity else None) or world.ids.prefixed("sub", 10)
    now = world.now()
    subscription = Subscription(subscription_id, status, frequency, now)
    subscribed = replace(customer, subscription=subscription, updated_at=now)
    world.customers.put(subscribed)
    return subscribed


@quick
@dataclass(frozen=True, slots=True)
class Claimed:
    """The ids of a customer about to be made."""

    id: str
    uuid: str
    address_id: str | None


def identify(world: World, identity: Identity | None) -> Claimed:
    """The two identities of a new customer, unique for life; fresh ones where none is wanted.

    Raises ``Conflict`` when a wanted one is taken. For every family that makes customers.
    """
    wanted = identity or Identity()
    uuid = wanted.uuid.lower() if wanted.uuid else world.ids.uuid7(world.now())
    while world.customers.find("uuid", uuid) is not None:
        if wanted.uuid:
            raise Conflict(
                "resource_already_exists", f"{uuid!r} already exists: choose another.", "uuid"
            )
        uuid = world.ids.uuid7(world.now())  # a loaded row may have what would come next
    customer_id = world.claim(world.customers.__contains__, "cust", 10, wanted.id)
    return Claimed(customer_id, uuid, wanted.address_id)


def refuse_unknown(world: World, customer_id: str) -> Customer:
    """The customer a body names, else ``RuleBroken`` on ``customer_id`` (domain 1.4)."""
    customer = world.customers.get(customer_id)
    if customer is None:
        raise RuleBroken(
            "resource_not_found",
            f"There is no customer {customer_id!r}: name an existing one.",
            "customer_id",
        )
    return customer


def _preferring(
    customer: Customer, preferred: ContactMethod | Unset | None
) -> tuple[ContactMethod, ...]:
    if preferred is UNSET:
        return customer.contact_methods
    first: ContactMethod = preferred or "email"
    return (first, *(method for method in customer.contact_methods if method != first))


def _refuse_taken_email(world: World, email: str, owner: Customer | None = None) -> None:
    for other in world.customers.rows("email", email.casefold()):
        if owner is None or other.id != owner.id:
            raise Conflict(
                "resource_already_exists",
                f"A customer with the email {email!r} already exists.",
                "email",
            )
