"""Handlers of the tag ``leads``: customers as the leads platform sees them (S4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.api.shapes.leads import (
    leads_created_body,
    leads_customer_body,
    leads_updated_body,
)
from mockserver.contract import Arguments, Reply
from mockserver.domain import leads
from mockserver.domain.absence import UNSET
from mockserver.domain.leads import LeadFields
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.errors import BadRequest, FieldProblem

_FIELDS: Mapping[str, str] = {
    "firstName": "first_name",
    "lastName": "last_name",
    "companyName": "company_name",
    "email": "email",
    "phoneNumber": "phone_number",
    "preferredContactMethods": "preferred_contact_methods",
    "address1": "address1",
    "address2": "address2",
    "city": "city",
    "state": "state",
    "zip": "zip",
    "marketingEmailOptIn": "marketing_email_opt_in",
    "marketingSmsOptIn": "marketing_sms_opt_in",
}
"""What a caller writes, and the names it has in the domain (domain D.2)."""

_FITTING: Mapping[str, Any] = {
    "firstName": "Ann",
    "lastName": "Lee",
    "email": "ann@example.com",
    "phoneNumber": "+14155552671",
    "marketingEmailOptIn": False,
    "marketingSmsOptIn": False,
}
"""What takes the place of wrong members that rules of the record are about."""


def create_leads_customer(world: World, call: Arguments) -> Reply:
    """Make a customer (domain D.4.1)."""
    return Reply(201, {"data": leads_created_body(leads.create(world, _fields(call.body)))})


def update_leads_customer(world: World, call: Arguments) -> Reply:
    """Write what is given; null clears (domain D.4.2)."""
    body_id = call.body.get("customerId", UNSET)
    customer = leads.update(world, call.path["customerId"], _fields(call.body), body_id=body_id)
    return Reply(200, {"data": leads_updated_body(customer)})


def problems_of_leads_update(
    world: World, call: Arguments, wrong: frozenset[str]
) -> tuple[FieldProblem, ...]:
    """What an update would be refused for besides the members of its body that are wrong.

    Each of those counts as one that would do, and so does a body that is no object.
    """
    sent = call.body if isinstance(call.body, dict) else _FITTING
    right = {name: value for name, value in sent.items() if name not in wrong}
    fitting = {name: value for name, value in _FITTING.items() if name in wrong}
    body_id = right.get("customerId", UNSET)
    fields = _fields(right | fitting)
    return leads.problems_of_update(world, call.path["customerId"], fields, body_id=body_id)


def search_leads_customers(world: World, call: Arguments) -> Reply:
    """The customers that meet one or more criteria (domain D.4.3)."""
    criteria = {_FIELDS.get(name, name): value for name, value in call.query.items()}
    return _found(leads.search(world, **criteria))


def find_leads_customers_by_address(world: World, call: Arguments) -> Reply:
    """The customers whose default address meets all criteria (domain D.4.4)."""
    try:
        return _found(leads.by_address(world, **call.query))
    except BadRequest as refusal:
        raise BadRequest("REQUIRED", refusal.message, refusal.field) from refusal


def get_leads_customer(world: World, call: Arguments) -> Reply:
    """One customer, or no content when there is none (domain D.4.5)."""
    customer = leads.get(world, call.path["customerId"])
    return Reply(204) if customer is None else Reply(200, {"data": leads_customer_body(customer)})


def _found(customers: Sequence[Customer]) -> Reply:
    """A list of customers; nothing found is no content, never an empty list (S4)."""
    if not customers:
        return Reply(204)
    return Reply(200, {"customers": [leads_customer_body(customer) for customer in customers]})


def _fields(body: Mapping[str, Any]) -> LeadFields:
    """The members of a body under the names of the domain; those not given stay absent."""
    members: dict[str, Any] = {
        ours: body[theirs] for theirs, ours in _FIELDS.items() if theirs in body
    }
    if members.get("preferred_contact_methods") is not None:
        members["preferred_contact_methods"] = tuple(members["preferred_contact_methods"])
    return LeadFields(**members)
