"""The same as `booking_flow.ts`, by what openapi-python-client generates alone."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from generated_client import AuthenticatedClient, models
from generated_client.api.bookings import (
    cancel_booking,
    create_booking,
    list_bookings,
    update_booking,
)
from generated_client.api.customers import create_customer, list_customer_bookings


def flow(client: AuthenticatedClient) -> dict[str, object]:
    """Book, move and cancel; what was seen on the way."""
    customer = create_customer.sync(
        client=client,
        body=models.NewCustomer(
            first_name="Ada",
            last_name="Byron",
            email="ada@example.com",
            address=models.NewAddress(
                label="Home", street="12 Analytical Way", city="Austin", state="TX", zip_="78701"
            ),
        ),
    )
    booking = create_booking.sync(
        client=client,
        body=models.NewCleaningBooking(
            customer_id=customer.id,
            address_id=customer.addresses[0].id,
            industry=models.NewCleaningBookingIndustry.CLEANING,
            configuration=models.CleaningConfiguration(
                bedrooms=2,
                bathrooms=1,
                frequency=models.CleaningConfigurationFrequency.ONE_TIME,
            ),
            scheduled_at=datetime(2026, 2, 26, 10, tzinfo=UTC),
        ),
    )
    page = list_bookings.sync(client=client, status=models.BookingStatus.CONFIRMED, per_page=100)
    moved = update_booking.sync(
        booking.id,
        client=client,
        body=models.BookingChanges(scheduled_at=datetime(2026, 2, 27, 10, tzinfo=UTC)),
    )
    message = models.NewBookingCancellation(notify_customer=True)
    cancelled = cancel_booking.sync(booking.id, client=client, body=message)
    own = list_customer_bookings.sync(customer.id, client=client)
    refused = cancel_booking.sync(booking.id, client=client, body=message)
    return {
        "booked": booking.status,
        "is_listed": any(each.id == booking.id for each in page.data),
        "moved_to": moved.scheduled_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ended": cancelled.status,
        "own": [each.status for each in own.data],
        "refused": refused.error.to_dict(),
    }


if __name__ == "__main__":
    known = AuthenticatedClient(base_url=sys.argv[1], token="otesse_test_sk_demo")
    sys.stdout.write(json.dumps(flow(known)))
