"""The customers of the contract as one would write them by hand in FastAPI, rows in a dict.

Both sides are checked by pydantic. The file of customers is named by BENCH_CUSTOMERS.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=100)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Phone = Annotated[str, Field(min_length=3, max_length=16, pattern=r"^\+[1-9][0-9]{1,14}$")]
Channel = Literal["email", "sms", "phone"]


class Closed(BaseModel):
    """An object that has no other members."""

    model_config = ConfigDict(extra="forbid")


class NewAddress(Closed):
    """An address to add."""

    label: str = Field("Home", min_length=1, max_length=50)
    street: str = Field(min_length=1, max_length=200)
    city: str = Field(min_length=1, max_length=100)
    state: str = Field(pattern="^[A-Z]{2}$")
    zip: str = Field(pattern="^[0-9]{5}(-[0-9]{4})?$")
    access_notes: str | None = Field(None, max_length=1000)
    is_default: bool = False


class PreferenceChanges(Closed):
    """Preferences to set."""

    preferred_contact: Channel | None = None
    marketing_opt_in: bool | None = None


class NewCustomer(Closed):
    """A customer to register."""

    first_name: Name
    last_name: Name
    email: Email
    phone: Phone | None = None
    address: NewAddress | None = None
    preferences: PreferenceChanges | None = None


class CustomerChanges(Closed):
    """The members of a customer to change."""

    first_name: Name | None = None
    last_name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    preferences: PreferenceChanges | None = None


class ListedAddress(BaseModel):
    """An address as lists show it."""

    id: str = Field(pattern="^addr_[0-9A-Z]+$")
    label: str
    street: str | None
    city: str | None
    state: str | None
    zip: str | None
    is_default: bool


class Address(ListedAddress):
    """An address with its access notes."""

    access_notes: str | None


class Preferences(BaseModel):
    """How a customer wants to be reached."""

    preferred_contact: Channel
    marketing_opt_in: bool


class Subscription(BaseModel):
    """A subscription to bookings."""

    id: str = Field(pattern="^sub_[0-9A-Z]+$")
    status: Literal["active", "paused", "cancelled"]
    frequency: Literal["weekly", "bi-weekly", "monthly"]
    started_at: datetime


class Statistics(BaseModel):
    """What a customer booked and paid."""

    total_bookings: int = Field(ge=0)
    total_spent: int = Field(ge=0)
    last_booking_at: datetime | None
    active_subscription: bool


class ListedCustomer(BaseModel):
    """A customer as listed."""

    id: str = Field(pattern="^cust_[0-9A-Z]+$")
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    status: Literal["active", "inactive", "deactivated"]
    addresses: list[ListedAddress]
    stats: Statistics
    created_at: datetime


class Customer(ListedCustomer):
    """A full record."""

    addresses: list[Address]  # type: ignore[assignment]  # narrower than what it refines
    preferences: Preferences
    subscription: Subscription | None
    updated_at: datetime


class Pagination(BaseModel):
    """Where a page stands."""

    page: int
    per_page: int
    total: int
    total_pages: int


class CustomerPage(BaseModel):
    """One page of customers."""

    data: list[ListedCustomer]
    pagination: Pagination


def _read() -> dict[str, dict[str, Any]]:
    rows = json.loads(Path(os.environ["BENCH_CUSTOMERS"]).read_text())
    return {row["id"]: row for row in rows}


ROWS = _read()
EMAILS = {row["email"].casefold() for row in ROWS.values() if row["email"]}
NUMBERS = count(1)


async def list_customers(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List customers in the order of the file."""
    first, total = (page - 1) * per_page, len(ROWS)
    pagination = {"page": page, "per_page": per_page, "total": total}
    return {
        "data": list(islice(ROWS.values(), first, first + per_page)),
        "pagination": {**pagination, "total_pages": -(-total // per_page)},
    }


async def get_customer(customer_id: str) -> dict[str, Any]:
    """Get one customer."""
    if customer_id not in ROWS:
        raise HTTPException(404, f"There is no customer '{customer_id}'.")
    return ROWS[customer_id]


async def create_customer(new: NewCustomer) -> dict[str, Any]:
    """Register a customer, unless the email is taken."""
    if new.email.casefold() in EMAILS:
        raise HTTPException(409, f"Another customer has the email '{new.email}'.")
    number, now = next(NUMBERS), _now()
    addresses = []
    if new.address is not None:
        addresses = [{**new.address.model_dump(), "id": f"addr_N{number}", "is_default": True}]
    row = {
        **new.model_dump(include={"first_name", "last_name", "email", "phone"}),
        "id": f"cust_N{number}",
        "status": "active",
        "addresses": addresses,
        "preferences": _merged(
            {"preferred_contact": "email", "marketing_opt_in": False}, new.preferences
        ),
        "subscription": None,
        "stats": {
            "total_bookings": 0,
            "total_spent": 0,
            "last_booking_at": None,
            "active_subscription": False,
        },
        "created_at": now,
        "updated_at": now,
    }
    ROWS[row["id"]] = row
    EMAILS.add(new.email.casefold())
    return row


async def update_customer(customer_id: str, changes: CustomerChanges) -> dict[str, Any]:
    """Change what is sent."""
    row = await get_customer(customer_id)
    email = changes.email.casefold() if changes.email else None
    if email and email != (row["email"] or "").casefold():
        if email in EMAILS:
            raise HTTPException(409, f"Another customer has the email '{changes.email}'.")
        EMAILS.discard((row["email"] or "").casefold())
        EMAILS.add(email)
    sent = changes.model_dump(exclude_unset=True, exclude={"preferences"})
    preferences = _merged(row["preferences"], changes.preferences)
    ROWS[customer_id] = {**row, **sent, "preferences": preferences, "updated_at": _now()}
    return ROWS[customer_id]


def _merged(before: dict[str, Any], changes: PreferenceChanges | None) -> dict[str, Any]:
    return {**before, **(changes.model_dump(exclude_none=True) if changes else {})}


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


app = FastAPI(dependencies=[Depends(HTTPBearer())])
app.add_api_route("/v1/customers", list_customers, response_model=CustomerPage)
app.add_api_route(
    "/v1/customers", create_customer, methods=["POST"], response_model=Customer, status_code=201
)
app.add_api_route("/v1/customers/{customer_id}", get_customer, response_model=Customer)
app.add_api_route(
    "/v1/customers/{customer_id}", update_customer, methods=["PATCH"], response_model=Customer
)
