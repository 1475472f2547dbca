"""Held-out mutants of the second set that store something else than was sent."""

from __future__ import annotations

from contract_tests.mutants.faults.second_held_out import records
from contract_tests.mutants.layers import told
from contract_tests.mutants.mutant import Mutant, joined, replaced

LIFECYCLE: tuple[Mutant, ...] = (
    Mutant(
        "configuration-becomes-texts",
        "lifecycle",
        "The numbers of a configuration come back as texts.",
        'GET /v1/bookings/{id} has `bedrooms: "3"` where 3 was sent.',
        ("createBooking", "getBooking"),
        joined(
            told(records.numbers_become_texts, "createBooking", status=201),
            told(records.numbers_become_texts, "getBooking"),
        ),
        'path = f"/v1/bookings/{booking().id}"\n'
        'ok = get(path)["service"]["configuration"]["bedrooms"] == 3',
    ),
    Mutant(
        "names-in-title-case",
        "lifecycle",
        "The names of a new customer are put into title case.",
        "POST /v1/customers answers `Mcdonald` for `McDonald`.",
        ("createCustomer", "getCustomer"),
        replaced("mockserver.domain.customers:register", records.title_case),
        'ok = customer(last_name="McDonald")["last_name"] == "McDonald"',
    ),
    Mutant(
        "empty-notes-become-null",
        "lifecycle",
        "Empty notes in a change of a booking are stored as null.",
        'PATCH /v1/bookings/{id} with `notes: ""` answers null.',
        ("updateBooking",),
        replaced("mockserver.domain.bookings:amend", records.empty_notes_are_none),
        'ok = patch(f"/v1/bookings/{booking(notes=\'x\').id}", {"notes": ""})["notes"] == ""',
    ),
    Mutant(
        "one-member-for-each-change",
        "lifecycle",
        "Of several members of a change of a booking only the first is written.",
        "PATCH /v1/bookings/{id} of time and notes answers the old notes.",
        ("updateBooking",),
        replaced("mockserver.domain.bookings:amend", records.first_member_only),
        'path = f"/v1/bookings/{booking().id}"\n'
        'ok = patch(path, {"scheduled_at": hours(99), "notes": "Ring"})["notes"] == "Ring"',
    ),
    Mutant(
        "update-hits-namesakes",
        "lifecycle",
        "An update by the merchant writes the note of everyone with the same e-mail address.",
        "GET /api/v1/merchant/customers/{id} has a note that another customer was given.",
        ("updateMerchantCustomer", "getMerchantCustomer"),
        replaced("mockserver.domain.merchant:amend", records.namesakes_hit),
        'one, other = (merchant(email="shared@proofs.example").id for _ in range(2)); '
        'put(f"/api/v1/merchant/customers/{one}", {"id": one, "note": "Dog"})\n'
        'ok = get(f"/api/v1/merchant/customers/{other}")["data"]["note"] is None',
    ),
    Mutant(
        "leads-made-in-local-time",
        "lifecycle",
        "The instant of a new lead is the local time of the office, written as UTC.",
        "POST /leads/v1/customers answers a `createdAt` eight hours ago.",
        ("createLeadsCustomer", "getLeadsCustomer"),
        replaced("mockserver.domain.leads:create", records.local_time),
        'ok = lead()["data"]["createdAt"] == hours(0)',
    ),
    Mutant(
        "opt-out-ignored",
        "lifecycle",
        "A consent to marketing cannot be withdrawn: false is taken for absent.",
        "PATCH /v1/customers/{id} with `marketing_opt_in: false` answers true.",
        ("updateCustomer",),
        replaced("mockserver.domain.customers:amend", records.false_is_no_change),
        "path = f\"/v1/customers/{customer(preferences={'marketing_opt_in': True}).id}\"\n"
        'ok = patch(path, {"preferences": {"marketing_opt_in": False}})'
        '["preferences"]["marketing_opt_in"] is False',
    ),
    Mutant(
        "no-methods-is-no-change",
        "lifecycle",
        "An empty list of contact methods is taken for absent.",
        "PUT of a lead with `preferredContactMethods: []` leaves `contactOnPhone` true.",
        ("updateLeadsCustomer", "getLeadsCustomer"),
        replaced("mockserver.domain.leads:update", records.empty_list_is_no_change),
        'one = lead(preferredContactMethods=["Phone"]).id; '
        'put(f"/leads/v1/customers/{one}", {"preferredContactMethods": []})\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["contactOnPhone"] is False',
    ),
    Mutant(
        "timeline-forgets-its-start",
        "lifecycle",
        "The timeline of a booking holds its latest status only.",
        "POST /v1/bookings/{id}/cancel answers a `status_timeline` of one entry.",
        ("cancelBooking", "getBooking"),
        replaced("mockserver.domain.booking_progress:_in_status", records.timeline_of_one),
        'told = post(f"/v1/bookings/{booking().id}/cancel")["status_timeline"]\n'
        'ok = [entry["status"] for entry in told] == ["confirmed", "cancelled"]',
    ),
)
