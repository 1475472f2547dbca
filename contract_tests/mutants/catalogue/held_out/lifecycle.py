"""Held-out mutants that forget, mix up or lose what was written."""

from __future__ import annotations

from contract_tests.mutants.faults.held_out import records
from contract_tests.mutants.mutant import Mutant, replaced

LIFECYCLE: tuple[Mutant, ...] = (
    Mutant(
        "lead-update-adds-an-address",
        "lifecycle",
        "A changed address of a lead becomes another address beside the old one.",
        "GET /v1/customers/{id} shows two addresses after a PUT of a lead's city.",
        ("updateLeadsCustomer", "getCustomer"),
        replaced("mockserver.domain.leads:_addresses", records.address_added_by_update),
        'one = customer(); mail = one["email"]; '
        'put(f"/leads/v1/customers/{uuid(mail)}", {"city": "Salem"})\n'
        'ok = len(get(f"/v1/customers/{one.id}")["addresses"]) == 1',
    ),
    Mutant(
        "moved-booking-keeps-its-location",
        "lifecycle",
        "The history of the merchant shows a booking where it was before it was moved.",
        "GET …/{id}/stats has the old `formatted_location` after a PATCH of the address.",
        ("updateBooking", "getMerchantCustomerStats"),
        replaced("mockserver.domain.bookings:_moved", records.location_kept),
        'one = customer(); mail = one["email"]; there = post(f"/v1/customers/{one.id}/addresses", '
        'address(street="9 Other Rd")).id; '
        'patch(f"/v1/bookings/{booking(one.id).id}", {"address_id": there})\n'
        'ok = "9 Other Rd" in get(f"/api/v1/merchant/customers/{uuid(mail)}/stats")'
        '["data"]["bookings"][0]["formatted_location"]',
    ),
    Mutant(
        "reason-overwrites-the-notes",
        "lifecycle",
        "The reason of a cancellation takes the place of the notes.",
        "GET /v1/bookings/{id} has the reason in `notes` after a cancel.",
        ("cancelBooking", "getBooking"),
        replaced("mockserver.domain.booking_progress:cancel", records.reason_in_the_notes),
        'path = "/v1/bookings/" + booking(notes="Ring twice").id; '
        'post(f"{path}/cancel", {"reason": "Ill"})\n'
        'ok = get(path)["notes"] == "Ring twice"',
    ),
    Mutant(
        "booking-address-is-no-copy",
        "lifecycle",
        "A booking shows the address as it is now, not as it was booked.",
        "GET /v1/bookings/{id} has another `address` after a PUT of the lead's city.",
        ("updateLeadsCustomer", "getBooking", "createBooking"),
        replaced("mockserver.domain.leads:update", records.address_referred_to),
        'one = customer(); path = f"/v1/bookings/{booking(one.id).id}"; mail = one["email"]; '
        'put(f"/leads/v1/customers/{uuid(mail)}", {"city": "Salem"})\n'
        'ok = get(path)["address"]["city"] == "Eugene"',
    ),
    Mutant(
        "line-breaks-lost-in-notes",
        "lifecycle",
        "Line breaks in the notes of a new booking become spaces.",
        "POST /v1/bookings answers `Ring twice` for notes of two lines.",
        ("createBooking", "getBooking"),
        replaced("mockserver.domain.bookings:book", records.notes_in_one_line),
        'ok = booking(notes="Ring\\ntwice")["notes"] == "Ring\\ntwice"',
    ),
    Mutant(
        "invoice-number-given-again",
        "lifecycle",
        "The number of a deleted invoice is given to the next one.",
        "POST /v1/invoices answers a `number` that an invoice of a deleted customer had.",
        ("createInvoice", "deleteMerchantCustomer"),
        replaced("mockserver.domain.invoices:_next_number", records.one_above_the_highest),
        'one = customer(); mail = one["email"]; number = invoice(one.id)["number"]; '
        'delete(f"/api/v1/merchant/customers/{uuid(mail)}")\n'
        'ok = invoice()["number"] != number',
    ),
    Mutant(
        "birthday-a-day-early",
        "lifecycle",
        "A birthday with an offset is reckoned to UTC, which can be the day before.",
        "GET /api/v1/merchant/customers/{id} has the 14th for `1990-05-15T00:00:00+02:00`.",
        ("createMerchantCustomer", "updateMerchantCustomer", "getMerchantCustomer"),
        replaced("mockserver.api.instants:read_day", records.birthday_in_utc),
        'one = merchant(birthday="1990-05-15T00:00:00+02:00").id\n'
        'ok = get(f"/api/v1/merchant/customers/{one}")["data"]["birthday"][:10] == "1990-05-15"',
    ),
    Mutant(
        "consent-of-leads-apart",
        "lifecycle",
        "The consent to marketing that a new lead gives is not that of the customer.",
        "GET /v1/customers/{id} has `marketing_opt_in: false` for a lead made with true.",
        ("createLeadsCustomer", "getCustomer"),
        records.consent_of_leads_apart,
        'mail = "consent@proofs.example"; lead(email=mail, marketingEmailOptIn=True)\n'
        'ok = get(f"/v1/customers/{cust(mail)}")["preferences"]["marketing_opt_in"]',
    ),
)
