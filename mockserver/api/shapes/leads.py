"""Customers as the leads API shows them (S4; domain D.3), under the names it reads by."""

from __future__ import annotations

from typing import Any

from mockserver.api.shapes.moments import when
from mockserver.domain.records import Customer


def leads_customer_body(customer: Customer) -> dict[str, Any]:
    """A customer as it is read; the billing address repeats the default address (domain D.3)."""
    address = customer.default_address
    street = address.street if address else None
    unit = address.unit if address else None
    city = address.city if address else None
    state = address.state if address else None
    postal_code = address.zip if address else None
    return {
        "id": customer.uuid,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "companyName": customer.company,
        "displayName": customer.display_name,
        "address1": street,
        "address2": unit,
        "city": city,
        "state": state,
        "zip": postal_code,
        "billingAddress1": street,
        "billingAddress2": unit,
        "billingCity": city,
        "billingState": state,
        "billingZip": postal_code,
        "primaryPhone": customer.phone,
        "primaryEmail": customer.email,
        "contactOnPhone": "phone" in customer.contact_methods,
        "contactOnSms": "sms" in customer.contact_methods,
        "contactOnEmail": "email" in customer.contact_methods,
        "marketingEmailOptIn": customer.marketing_email_opt_in,
        "marketingSmsOptIn": customer.marketing_sms_opt_in,
        "createdAt": when(customer.created_at),
        "updatedAt": when(customer.updated_at),
    }


def leads_created_body(customer: Customer) -> dict[str, Any]:
    """What a create answers: only these two members (fe/create)."""
    return {"customerId": customer.uuid, "createdAt": when(customer.created_at)}


def leads_updated_body(customer: Customer) -> dict[str, Any]:
    """What an update answers: only these two members (fe/update)."""
    return {"customerId": customer.uuid, "updatedAt": when(customer.updated_at)}
