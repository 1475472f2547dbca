"""Customers as the leads family writes them (S4; FieldEdge Open API): by UUID, held to D.2."""

from __future__ import annotations

from dataclasses import dataclass

from mockserver.domain.absence import UNSET, Unset, given
from mockserver.domain.addresses import NewAddress, joined, written
from mockserver.domain.customers import identify
from mockserver.domain.lead_rules import nobody, other_id, record_problems, refusal
from mockserver.domain.lead_search import by_address, get, search
from mockserver.domain.records import Address, ContactMethod, Customer, Identity
from mockserver.domain.world import World
from mockserver.errors import FieldProblem
from mockserver.frozen import quick, replace

__all__ = ["LeadFields", "by_address", "create", "get", "problems_of_update", "search", "update"]

_METHODS: dict[str, ContactMethod] = {"Email": "email", "Phone": "phone", "SMS": "sms"}


@quick
@dataclass(frozen=True, slots=True)
class LeadFields:
    """What a caller writes (domain D.2): ``UNSET`` is absent, ``None`` an explicit null.

    ``preferred_contact_methods`` are spelled ``Email``, ``Phone``, ``SMS``.
    """

    first_name: str | Unset | None = UNSET
    last_name: str | Unset | None = UNSET
    company_name: str | Unset | None = UNSET
    email: str | Unset | None = UNSET
    phone_number: str | Unset | None = UNSET
    preferred_contact_methods: tuple[str, ...] | Unset | None = UNSET
    address1: str | Unset | None = UNSET
    address2: str | Unset | None = UNSET
    city: str | Unset | None = UNSET
    state: str | Unset | None = UNSET
    zip: str | Unset | None = UNSET
    marketing_email_opt_in: bool | Unset | None = UNSET
    marketing_sms_opt_in: bool | Unset | None = UNSET


def create(world: World, fields: LeadFields, *, identity: Identity | None = None) -> Customer:
    """Make an active customer (S4; domain D.4.1); e-mail and phone may be shared.

    Raises ``RuleBroken`` ``validation_error`` with every problem, fields and codes as D spells
    them. ``identity`` is for seeds.
    """
    now = world.now()
    blank = Customer(id="", uuid="", created_at=now, updated_at=now)
    drafted = _merged(blank, fields)
    problems = record_problems(drafted, fields.preferred_contact_methods or (), phone_is_new=True)
    if problems:
        raise refusal(problems)
    claimed = identify(world, identity)
    customer = replace(
        drafted,
        id=claimed.id,
        uuid=claimed.uuid,
        addresses=_addresses(world, blank, fields, claimed.address_id),
    )
    world.customers.put(customer)
    return customer


def update(
    world: World, uuid: str, fields: LeadFields, *, body_id: str | Unset | None = UNSET
) -> Customer:
    """Write what is given: absent members stay, null clears (S4; domain D.4.2).

    The merged record must satisfy D.2 as a whole, except that a phone number which stays may have
    the form another family gave it. Address members change the default address. Raises
    ``RuleBroken`` ``validation_error`` with every problem, among them field ``customerId`` when
    nobody has the UUID (code ``NOT_FOUND``) or ``body_id`` is another (``INVALID_VALUE``).
    """
    customer = get(world, uuid)
    problems = problems_of_update(world, uuid, fields, body_id=body_id)
    if customer is None or problems:
        raise refusal(problems)
    if fields == LeadFields():
        return customer
    updated = replace(
        _merged(customer, fields),
        addresses=_addresses(world, customer, fields),
        updated_at=world.now(),
    )
    world.customers.put(updated)
    return updated


def problems_of_update(
    world: World, uuid: str, fields: LeadFields, *, body_id: str | Unset | None = UNSET
) -> tuple[FieldProblem, ...]:
    """Everything for which ``update`` would refuse; nothing is changed."""
    customer = get(world, uuid)
    if customer is None:
        return (nobody(uuid),)
    merged = _merged(customer, fields)
    return (
        *other_id(customer, body_id),
        *record_problems(
            merged,
            fields.preferred_contact_methods or (),
            phone_is_new=merged.phone != customer.phone,
        ),
    )


def _merged(customer: Customer, fields: LeadFields) -> Customer:
    """The customer with everything but addresses and time as written."""
    return replace(
        customer,
        first_name=given(fields.first_name, customer.first_name),
        last_name=given(fields.last_name, customer.last_name),
        company=given(fields.company_name, customer.company),
        email=given(fields.email, customer.email),
        phone=given(fields.phone_number, customer.phone),
        contact_methods=_methods(customer, fields.preferred_contact_methods),
        marketing_email_opt_in=bool(
            given(fields.marketing_email_opt_in, customer.marketing_email_opt_in)
        ),
        marketing_sms_opt_in=bool(
            given(fields.marketing_sms_opt_in, customer.marketing_sms_opt_in)
        ),
    )


def _methods(
    customer: Customer, spelled: tuple[str, ...] | Unset | None
) -> tuple[ContactMethod, ...]:
    """The methods chosen, each once, in the order given; unknown ones are refused elsewhere."""
    if spelled is UNSET:
        return customer.contact_methods
    return tuple(dict.fromkeys(_METHODS[name] for name in spelled or () if name in _METHODS))


def _addresses(
    world: World, customer: Customer, fields: LeadFields, address_id: str | None = None
) -> tuple[Address, ...]:
    """The customer's addresses with the default one as written, made when there is none."""
    members = (fields.address1, fields.address2, fields.city, fields.state, fields.zip)
    old = customer.default_address
    if old is None:
        if not any(isinstance(member, str) for member in members):
            return customer.addresses
        street, unit, city, state, zip_code = (given(member, None) for member in members)
        new = NewAddress(street, city, state, zip_code, unit=unit, is_default=True)
        return joined(customer.addresses, written(world, new, address_id))
    if all(member is UNSET for member in members):
        return customer.addresses
    changed = _rewritten(world, old, fields)
    return tuple(changed if address is old else address for address in customer.addresses)


def _rewritten(world: World, address: Address, fields: LeadFields) -> Address:
    zip_code = given(fields.zip, address.zip)
    return replace(
        address,
        street=given(fields.address1, address.street),
        unit=given(fields.address2, address.unit),
        city=given(fields.city, address.city),
        state=given(fields.state, address.state),
        zip=zip_code,
        zone_id=world.zone_id_of(zip_code),
    )
