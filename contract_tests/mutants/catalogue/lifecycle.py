"""Mutants that do not keep what they were told: create, read back, change, delete."""

from __future__ import annotations

from contract_tests.mutants.faults import lifecycle, merchant
from contract_tests.mutants.mutant import Mutant, replaced

_AMEND_CUSTOMER = "mockserver.domain.customers:amend"
_AMEND_BOOKING = "mockserver.domain.bookings:amend"
_UPDATE_LEAD = "mockserver.domain.leads:update"
_UNIQUE_EMAIL = "mockserver.domain.customers:_refuse_taken_email"

LIFECYCLE: tuple[Mutant, ...] = (
    Mutant(
        "deleted-still-readable",
        "lifecycle",
        "The leads API still shows a customer that was deleted.",
        "GET /leads/v1/customers/id/{id} answers 200 after the merchant's DELETE.",
        ("deleteMerchantCustomer", "getLeadsCustomer"),
        lifecycle.deleted_still_readable,
        'one = merchant().id; delete(f"/api/v1/merchant/customers/{one}")\n'
        'ok = get(f"/leads/v1/customers/id/{one}").status == 204',
    ),
    Mutant(
        "deleted-still-in-the-calendar",
        "lifecycle",
        "The calendar still lists customers that were deleted.",
        "GET /api/v1/merchant/calendar/customers holds a customer after its DELETE.",
        ("deleteMerchantCustomer", "listCalendarCustomers"),
        lifecycle.deleted_still_in_calendar,
        'one = merchant().id; delete(f"/api/v1/merchant/customers/{one}")\n'
        'ok = one not in ids(get("/api/v1/merchant/calendar/customers"))',
    ),
    Mutant(
        "deleted-email-stays-taken",
        "lifecycle",
        "The e-mail address of a deleted customer cannot be used again.",
        "POST /v1/customers with it answers 409 after the merchant's DELETE.",
        ("deleteMerchantCustomer", "createCustomer"),
        lifecycle.deleted_email_stays_taken,
        'mail = customer()["email"]; delete(f"/api/v1/merchant/customers/{uuid(mail)}")\n'
        "ok = customer(email=mail).status == 201",
    ),
    Mutant(
        "bookings-outlive-their-customer",
        "lifecycle",
        "The bookings of a deleted customer can still be read.",
        "GET /v1/bookings/{id} of one answers 200 after the merchant's DELETE.",
        ("deleteMerchantCustomer", "getBooking"),
        merchant.bookings_left,
        'one = customer(); path = f"/v1/bookings/{booking(one.id).id}"; '
        'mail = one["email"]; delete(f"/api/v1/merchant/customers/{uuid(mail)}")\n'
        "ok = get(path).status == 404",
    ),
    Mutant(
        "second-delete-succeeds",
        "lifecycle",
        "Deleting a customer that is gone succeeds.",
        "A second DELETE /api/v1/merchant/customers/{id} answers 200 instead of 404.",
        ("deleteMerchantCustomer",),
        replaced("mockserver.domain.merchant:remove", lifecycle.second_delete_succeeds),
        'path = f"/api/v1/merchant/customers/{merchant().id}"\n'
        "ok = (delete(path).status, delete(path).status) == (200, 404)",
    ),
    Mutant(
        "every-third-customer-is-lost",
        "lifecycle",
        "Each third customer that is made is answered 201 but never stored.",
        "One of three GET /v1/customers/{id} after POST answers 404.",
        ("createCustomer", "getCustomer"),
        replaced("mockserver.domain.customers:register", lifecycle.every_third_is_lost),
        "made = [customer().id for _ in range(3)]\n"
        'ok = all(get(f"/v1/customers/{one}").status == 200 for one in made)',
    ),
    Mutant(
        "booking-id-given-again",
        "lifecycle",
        "Each third booking gets the id of the one before it and overwrites it.",
        "Several POST /v1/bookings answer one and the same id.",
        ("createBooking",),
        lifecycle.id_given_again,
        "made = [booking().id for _ in range(4)]\nok = len(set(made)) == 4",
    ),
    Mutant(
        "email-stored-in-lower-case",
        "lifecycle",
        "The e-mail address of a new customer is stored in lower case, but echoed as it was sent.",
        "GET /v1/customers/{id} has another `email` than the answer of POST.",
        ("createCustomer", "getCustomer"),
        replaced("mockserver.domain.customers:register", lifecycle.stored_in_lower_case),
        'made = customer(email="Ada.Lovelace@Proofs.example")\n'
        'ok = get(f"/v1/customers/{made.id}")["email"] == made["email"]',
    ),
    Mutant(
        "patch-blanks-the-phone",
        "lifecycle",
        "A change of a customer that does not mention the phone removes it.",
        "PATCH /v1/customers/{id} with another first name answers `phone: null`.",
        ("updateCustomer",),
        replaced(_AMEND_CUSTOMER, lifecycle.always_given(phone=None)),
        'changed = patch(f"/v1/customers/{customer().id}", {"first_name": "Augusta"})\n'
        'ok = changed["phone"] is not None',
    ),
    Mutant(
        "patch-blanks-the-notes",
        "lifecycle",
        "A change of a booking that does not mention the notes removes them.",
        "PATCH /v1/bookings/{id} with another time answers `notes: null`.",
        ("updateBooking",),
        replaced(_AMEND_BOOKING, lifecycle.always_given(notes=None)),
        'one = booking(notes="Ring twice").id\n'
        'ok = patch(f"/v1/bookings/{one}", {"scheduled_at": hours(80)})["notes"] == "Ring twice"',
    ),
    Mutant(
        "put-blanks-the-company",
        "lifecycle",
        "An update of a lead that does not mention the company clears it.",
        "GET /leads/v1/customers/id/{id} has no `companyName` after a PUT of the city.",
        ("updateLeadsCustomer",),
        replaced(_UPDATE_LEAD, lifecycle.company_blanked),
        'one = lead(companyName="Acme").id; put(f"/leads/v1/customers/{one}", {"city": "Salem"})\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["companyName"] == "Acme"',
    ),
    Mutant(
        "changed-notes-not-stored",
        "lifecycle",
        "Changed notes of a booking are answered, but not saved.",
        "GET /v1/bookings/{id} has the old `notes` after a PATCH.",
        ("updateBooking", "getBooking"),
        replaced(_AMEND_BOOKING, lifecycle.notes_not_stored),
        'path = f"/v1/bookings/{booking().id}"; patch(path, {"notes": "Ring"})\n'
        'ok = get(path)["notes"] == "Ring"',
    ),
    Mutant(
        "changed-birthday-not-stored",
        "lifecycle",
        "The birthday in an update by the merchant is dropped.",
        "GET /api/v1/merchant/customers/{id} has no `birthday` after a PUT of one.",
        ("updateMerchantCustomer",),
        replaced("mockserver.domain.merchant:amend", lifecycle.birthday_not_stored),
        'path = f"/api/v1/merchant/customers/{(one := merchant().id)}"; '
        'put(path, {"id": one, "birthday": "1990-05-15"})\n'
        'ok = get(path)["data"]["birthday"] == "1990-05-15T00:00:00Z"',
    ),
    Mutant(
        "void-not-stored",
        "lifecycle",
        "Voiding an invoice is answered, but not saved.",
        "GET /v1/invoices/{id} is still `pending` after POST …/void answered `void`.",
        ("voidInvoice", "getInvoice"),
        replaced("mockserver.domain.invoices:void", lifecycle.void_not_stored),
        'path = f"/v1/invoices/{invoice().id}"; post(f"{path}/void")\n'
        'ok = get(path)["status"] == "void"',
    ),
    Mutant(
        "cancellation-reason-not-stored",
        "lifecycle",
        "The reason of a cancellation is answered, but not saved.",
        "GET /v1/bookings/{id} has `cancellation.reason: null` after a cancel with one.",
        ("cancelBooking", "getBooking"),
        replaced("mockserver.domain.booking_progress:cancel", lifecycle.reason_not_stored),
        'path = f"/v1/bookings/{booking().id}"; post(f"{path}/cancel", {"reason": "Ill"})\n'
        'ok = get(path)["cancellation"]["reason"] == "Ill"',
    ),
    Mutant(
        "booking-updated-at-stands-still",
        "lifecycle",
        "A change of a booking does not move `updated_at`.",
        "PATCH /v1/bookings/{id}, later than its creation, answers the old `updated_at`.",
        ("updateBooking",),
        replaced(_AMEND_BOOKING, lifecycle.booking_updated_at_stands_still),
        'made = booking(); advance("PT2S")\n'
        'ok = patch(f"/v1/bookings/{made.id}", {"notes": "Ring"})["updated_at"] > '
        'made["updated_at"]',
    ),
    Mutant(
        "lead-updated-at-stands-still",
        "lifecycle",
        "An update of a lead answers a new `updatedAt`, but stores the old one.",
        "GET /leads/v1/customers/id/{id} has another `updatedAt` than the PUT before it.",
        ("updateLeadsCustomer", "getLeadsCustomer"),
        replaced(_UPDATE_LEAD, lifecycle.lead_updated_at_stands_still),
        'one = lead().id; advance("PT2S"); '
        'at = put(f"/leads/v1/customers/{one}", {"city": "Salem"})["data"]["updatedAt"]\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["updatedAt"] == at',
    ),
    Mutant(
        "new-address-leaves-updated-at",
        "lifecycle",
        "Adding an address does not count as a change of the customer.",
        "GET /v1/customers/{id} has the old `updated_at` after POST …/addresses.",
        ("addCustomerAddress", "getCustomer"),
        replaced("mockserver.domain.customers:add_address", lifecycle.address_leaves_updated_at),
        'path = f"/v1/customers/{(made := customer()).id}"; advance("PT2S"); '
        'post(f"{path}/addresses", address())\n'
        'ok = get(path)["updated_at"] > made["updated_at"]',
    ),
    Mutant(
        "patch-moves-created-at",
        "lifecycle",
        "A change of a customer moves `created_at`, too.",
        "PATCH /v1/customers/{id}, later than its creation, answers a new `created_at`.",
        ("updateCustomer",),
        replaced(_AMEND_CUSTOMER, lifecycle.created_at_moves),
        'changed = patch("/v1/customers/cust_01HQ3K5M7N", {"first_name": "Jon"})\n'
        'ok = changed["created_at"] == "2025-06-15T09:00:00Z"',
    ),
    Mutant(
        "empty-patch-counts-as-a-change",
        "lifecycle",
        "An empty change of a customer moves `updated_at`.",
        "PATCH /v1/customers/{id} with `{}`, later than its creation, moves `updated_at`.",
        ("updateCustomer",),
        replaced(_AMEND_CUSTOMER, lifecycle.empty_change_counts),
        'changed = patch("/v1/customers/cust_01HQ3K5M7N", {})\n'
        'ok = changed["updated_at"] == "2026-01-11T09:30:00Z"',
    ),
    Mutant(
        "null-phone-ignored",
        "lifecycle",
        "An explicit null does not remove the phone of a customer.",
        "PATCH /v1/customers/{id} with `phone: null` answers the old number.",
        ("updateCustomer",),
        replaced(_AMEND_CUSTOMER, lifecycle.null_ignored("phone")),
        'changed = patch(f"/v1/customers/{customer().id}", {"phone": None})\n'
        'ok = changed["phone"] is None',
    ),
    Mutant(
        "null-notes-ignored",
        "lifecycle",
        "An explicit null does not remove the notes of a booking.",
        "PATCH /v1/bookings/{id} with `notes: null` answers the old ones.",
        ("updateBooking",),
        replaced(_AMEND_BOOKING, lifecycle.null_ignored("notes")),
        'one = booking(notes="Ring").id\n'
        'ok = patch(f"/v1/bookings/{one}", {"notes": None})["notes"] is None',
    ),
    Mutant(
        "null-company-ignored",
        "lifecycle",
        "An explicit null does not clear the company of a lead.",
        "GET /leads/v1/customers/id/{id} keeps `companyName` after a PUT of null.",
        ("updateLeadsCustomer",),
        replaced(_UPDATE_LEAD, lifecycle.null_company_ignored),
        'one = lead(companyName="Acme").id; '
        'put(f"/leads/v1/customers/{one}", {"companyName": None})\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["companyName"] is None',
    ),
    Mutant(
        "preferences-replaced-as-a-whole",
        "lifecycle",
        "A change of the preferred contact withdraws the consent to marketing.",
        "PATCH /v1/customers/{id} of `preferred_contact` answers `marketing_opt_in: false`.",
        ("updateCustomer",),
        replaced(_AMEND_CUSTOMER, lifecycle.preferences_replaced),
        'one = customer(preferences={"marketing_opt_in": True}).id\n'
        'ok = patch(f"/v1/customers/{one}", {"preferences": {"preferred_contact": "sms"}})'
        '["preferences"]["marketing_opt_in"]',
    ),
    Mutant(
        "configuration-replaced",
        "lifecycle",
        "The configuration of a changed booking takes the place of the stored one.",
        "PATCH /v1/bookings/{id} of the rooms loses the extras.",
        ("updateBooking",),
        replaced(_AMEND_BOOKING, lifecycle.configuration_replaced),
        'one = booking(configuration={"bedrooms": 1, "bathrooms": 1, "extras": ["laundry"]}).id\n'
        'ok = "extras" in patch(f"/v1/bookings/{one}", {"configuration": {"bedrooms": 2, '
        '"bathrooms": 1}})["service"]["configuration"]',
    ),
    Mutant(
        "note-encoded-twice",
        "lifecycle",
        "The note of a customer made by the merchant is encoded twice.",
        "GET /api/v1/merchant/customers/{id} has `CafÃ©` for `Café`.",
        ("createMerchantCustomer", "getMerchantCustomer"),
        replaced("mockserver.domain.merchant:add", lifecycle.note_encoded_twice),
        'one = merchant(note="Café").id\n'
        'ok = get(f"/api/v1/merchant/customers/{one}")["data"]["note"] == "Café"',
    ),
    Mutant(
        "company-in-ascii",
        "lifecycle",
        "Letters with accents in the company of a new lead become question marks.",
        "GET /leads/v1/customers/id/{id} has `M?ller` for `Müller`.",
        ("createLeadsCustomer", "getLeadsCustomer"),
        replaced("mockserver.domain.leads:create", lifecycle.ascii_company),
        'one = lead(companyName="Müller").id\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["companyName"] == "Müller"',
    ),
    Mutant(
        "taken-email-accepted-in-other-case",
        "lifecycle",
        "Two customers may have one e-mail address when its case differs.",
        "POST /v1/customers with `ADA@…` answers 201 although there is `ada@…`.",
        ("createCustomer", "updateCustomer"),
        replaced(_UNIQUE_EMAIL, lifecycle.own_case_only),
        'customer(email="ada@proofs.example")\n'
        'ok = customer(email="ADA@proofs.example").status == 409',
    ),
    Mutant(
        "taken-email-accepted-on-update",
        "lifecycle",
        "A change may give a customer the e-mail address of another.",
        "PATCH /v1/customers/{id} with an address that is taken answers 200.",
        ("updateCustomer",),
        replaced(_UNIQUE_EMAIL, lifecycle.only_checked_when_new),
        "one = customer().id\n"
        'ok = patch(f"/v1/customers/{one}", {"email": "john@example.com"}).status == 409',
    ),
    Mutant(
        "third-address-replaces-the-second",
        "lifecycle",
        "A customer has room for the first and the latest address only.",
        "GET /v1/customers/{id} shows two addresses after a third was added.",
        ("addCustomerAddress", "getCustomer"),
        replaced("mockserver.domain.addresses:joined", lifecycle.only_two_addresses),
        'path = f"/v1/customers/{customer().id}"; '
        '[post(f"{path}/addresses", address(label=label)) for label in ("Office", "Cabin")]\n'
        'ok = len(get(path)["addresses"]) == 3',
    ),
    Mutant(
        "access-notes-dropped",
        "lifecycle",
        "The access notes of an address are not saved.",
        "GET /v1/customers/{id} has `access_notes: null` for an address added with some.",
        ("addCustomerAddress", "createCustomer", "getCustomer"),
        replaced("mockserver.domain.addresses:written", lifecycle.access_notes_dropped),
        'one = customer(address=address(access_notes="Key under mat")).id\n'
        'ok = get(f"/v1/customers/{one}")["addresses"][0]["access_notes"] == "Key under mat"',
    ),
)
