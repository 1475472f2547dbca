"""Handlers of the tag ``merchant``: customers as the merchant keeps them (S3)."""

from __future__ import annotations

from typing import Any

from mockserver.api.instants import read_day
from mockserver.api.shapes.merchant import (
    calendar_customer_item,
    merchant_customer_body,
    merchant_customer_item,
    merchant_statistics_body,
)
from mockserver.contract import Arguments, Reply
from mockserver.domain import merchant
from mockserver.domain.world import World

_WRITABLE = ("first_name", "last_name", "email", "phone_number", "birthday", "note")


def list_merchant_customers(world: World, _call: Arguments) -> Reply:
    """All customers with their counts (domain C.3.6)."""
    return Reply(200, {"data": [merchant_customer_item(row) for row in merchant.everyone(world)]})


def create_merchant_customer(world: World, call: Arguments) -> Reply:
    """Make a customer; the answer has no content, only a ``Location`` (domain C.3.1)."""
    customer = merchant.add(world, **_members(call))
    return Reply(201, headers={"Location": f"/api/v1/merchant/customers/{customer.uuid}"})


def get_merchant_customer(world: World, call: Arguments) -> Reply:
    """One customer's record (domain C.3.4)."""
    return Reply(200, {"data": merchant_customer_body(merchant.get(world, call.path["id"]))})


def update_merchant_customer(world: World, call: Arguments) -> Reply:
    """Write the members that are not null; no content (domain C.3.2)."""
    merchant.amend(world, call.path["id"], body_id=call.body["id"], **_members(call))
    return Reply(200)


def delete_merchant_customer(world: World, call: Arguments) -> Reply:
    """Delete a customer with all bookings and invoices; no content (domain C.3.3)."""
    merchant.remove(world, call.path["id"])
    return Reply(200)


def get_merchant_customer_stats(world: World, call: Arguments) -> Reply:
    """One customer with counts and history (domain C.3.5)."""
    stats = merchant.statistics(world, call.path["id"])
    return Reply(200, {"data": merchant_statistics_body(stats)})


def blacklist_merchant_customer(world: World, call: Arguments) -> Reply:
    """Put a customer on the blacklist; no content (domain C.3.7)."""
    reason = call.body.get("blacklist_reason")
    merchant.blacklist(world, call.path["id"], body_id=call.body["id"], reason=reason)
    return Reply(200)


def unblacklist_merchant_customer(world: World, call: Arguments) -> Reply:
    """Take a customer off the blacklist; no content (domain C.3.8)."""
    merchant.unblacklist(world, call.path["id"])
    return Reply(200)


def list_blacklisted_customers(world: World, _call: Arguments) -> Reply:
    """The blacklisted customers with their counts (domain C.3.9)."""
    rows = merchant.blacklisted(world)
    return Reply(200, {"data": [merchant_customer_item(row) for row in rows]})


def transfer_bookings(world: World, call: Arguments) -> Reply:
    """Move all bookings of one customer to another; no content (domain C.3.10)."""
    merchant.transfer(
        world,
        from_customer_id=call.body["from_customer_id"],
        to_customer_id=call.body["to_customer_id"],
    )
    return Reply(200)


def list_calendar_customers(world: World, _call: Arguments) -> Reply:
    """All customers in the short form of the calendar (domain C.3.11)."""
    return Reply(200, {"data": [calendar_customer_item(row) for row in merchant.calendar(world)]})


def _members(call: Arguments) -> dict[str, Any]:
    """The writable members that are given; what else a body holds is ignored (domain C.1)."""
    members = {name: call.body[name] for name in _WRITABLE if name in call.body}
    if members.get("birthday") is not None:
        members["birthday"] = read_day(members["birthday"], "birthday")
    return members
