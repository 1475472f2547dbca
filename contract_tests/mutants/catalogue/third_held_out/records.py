"""Held-out mutants of the third set that store or list something wrong."""

from __future__ import annotations

from contract_tests.mutants.faults.third_held_out import lists, records
from contract_tests.mutants.layers import heard, told
from contract_tests.mutants.mutant import Mutant, joined, replaced

LIFECYCLE: tuple[Mutant, ...] = (
    Mutant(
        "zip-is-a-number",
        "lifecycle",
        "The ZIP code of a lead loses the zeros it begins with.",
        "GET /leads/v1/customers/id/{id} answers `zip` `1002` for a lead made with `01002`.",
        ("createLeadsCustomer", "updateLeadsCustomer", "getLeadsCustomer"),
        heard(records.zip_is_a_number, "createLeadsCustomer", "updateLeadsCustomer"),
        'one = lead(zip="01002").id\n'
        'ok = get(f"/leads/v1/customers/id/{one}")["data"]["zip"] == "01002"',
    ),
    Mutant(
        "update-of-nobody-makes-a-lead",
        "lifecycle",
        "An update of a lead that nobody knows makes one.",
        "PUT /leads/v1/customers/{customerId} of nobody answers 200 instead of 400.",
        ("updateLeadsCustomer",),
        replaced("mockserver.domain.leads:update", records.update_or_insert),
        'path = "/leads/v1/customers/00000000-0000-4000-8000-000000000000"\n'
        'ok = put(path, {"firstName": "Al", "lastName": "Bo", "email": "a@b.co"}).status == 400',
    ),
    Mutant(
        "scheduled-to-the-minute",
        "lifecycle",
        "The seconds of the time of a booking are dropped.",
        "POST /v1/bookings for 10:00:30 answers a `scheduled_at` of 10:00:00.",
        ("createBooking", "updateBooking", "getBooking"),
        joined(
            replaced("mockserver.domain.bookings:book", records.to_the_minute),
            replaced("mockserver.domain.bookings:amend", records.to_the_minute),
        ),
        'at = "2026-03-02T10:00:30Z"\nok = booking(scheduled_at=at)["scheduled_at"] == at',
    ),
    Mutant(
        "lines-in-another-order",
        "lifecycle",
        "The lines of an invoice are read back in the order of their descriptions.",
        "GET /v1/invoices/{id} has its `line_items` in another order than the create had.",
        ("createInvoice", "getInvoice"),
        replaced("mockserver.domain.invoices:issue", records.lines_by_description),
        'lines = [{"description": d, "quantity": 1, "unit_price": 9} for d in ("Oven", "Attic")]\n'
        'ok = get(f"/v1/invoices/{invoice(line_items=lines).id}")'
        '["line_items"][0]["description"] == "Oven"',
    ),
    Mutant(
        "former-email-stays-taken",
        "lifecycle",
        "The e-mail address that a customer gave up cannot be used by another one.",
        "POST /v1/customers with it answers 409 after its owner has changed to another one.",
        ("updateCustomer", "createCustomer"),
        records.old_addresses_stay_taken,
        'one = customer(); patch(f"/v1/customers/{one.id}", {"email": "moved@proofs.example"})\n'
        'ok = customer(email=one["email"]).status == 201',
    ),
)

COLLECTIONS: tuple[Mutant, ...] = (
    Mutant(
        "pages-of-the-usual-size",
        "collections",
        "`total_pages` is reckoned with the usual page size whatever size is asked for.",
        "GET /v1/bookings?per_page=100 answers as many `total_pages` as without it.",
        ("listBookings",),
        told(lists.pages_of_the_usual_size, "listBookings"),
        'told = get("/v1/bookings", per_page=100)["pagination"]\n'
        'ok = told["total_pages"] == -(-told["total"] // 100)',
    ),
    Mutant(
        "ties-of-invoices-reversed",
        "collections",
        "Invoices of the same second come in the reverse order of their ids.",
        "GET /v1/invoices does not order invoices with the same `issued_at` by `id`.",
        ("listInvoices", "listCustomerInvoices"),
        replaced("mockserver.domain.invoice_search:search", lists.ties_reversed),
        "one = customer().id; made = sorted(invoice(one).id for _ in range(3))\n"
        'ok = ids(get("/v1/invoices", customer_id=one)) == made',
    ),
    Mutant(
        "from-the-start-of-the-day",
        "collections",
        "The clock time of `date_from` is cut off, so that all of its day is listed.",
        "GET /v1/bookings?date_from=…T12:00:00Z lists a booking of 10:00 on that day.",
        ("listBookings", "listCustomerBookings"),
        replaced("mockserver.domain.booking_search:search", lists.from_its_day),
        'one = booking(scheduled_at="2026-03-02T10:00:00Z")["customer"]["id"]\n'
        'ok = not ids(get("/v1/bookings", customer_id=one, date_from="2026-03-02T12:00:00Z"))',
    ),
    Mutant(
        "zone-of-the-default-address",
        "collections",
        "A customer is found by the zone of the default address, not of the other ones.",
        "GET /v1/customers?zone_id=… leaves out who only has another address in the zone.",
        ("listCustomers",),
        replaced("mockserver.domain.customer_search:search", lists.zone_of_the_default_address),
        'one = customer(address=address(zip="00000")); '
        'more = post(f"/v1/customers/{one.id}/addresses", address()).id; '
        'zone = booking(one.id, address_id=more)["zone_id"]\n'
        'ok = one.id in ids(get("/v1/customers", zone_id=zone, search=one["email"]))',
    ),
    Mutant(
        "unit-found-by-part",
        "collections",
        "The second line of an address is found by any part, not as a whole.",
        "GET /leads/v1/customers/by-address?address2=Suite finds `Suite 4711`.",
        ("findLeadsCustomersByAddress",),
        replaced("mockserver.domain.lead_search:_fits", lists.unit_by_part),
        'lead(address1="1 Proof Way", address2="Suite 4711")\n'
        'ok = get("/leads/v1/customers/by-address", address2="uite 4711").status == 204',
    ),
)
