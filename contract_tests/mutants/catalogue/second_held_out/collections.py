"""Held-out mutants of the second set that find, order, page or count the wrong records."""

from __future__ import annotations

from contract_tests.mutants.faults.second_held_out import lists
from contract_tests.mutants.layers import told
from contract_tests.mutants.mutant import Mutant, replaced

_CUSTOMERS = "mockserver.domain.customer_search:search"
_BOOKINGS = "mockserver.domain.booking_search:search"
_INVOICES = "mockserver.domain.invoice_search:search"

COLLECTIONS: tuple[Mutant, ...] = (
    Mutant(
        "nothing-has-one-page",
        "collections",
        "An empty list of invoices counts one page.",
        "GET /v1/invoices with filters that nothing meets answers `total_pages: 1`.",
        ("listInvoices",),
        told(lists.one_page_at_least, "listInvoices"),
        'ok = get("/v1/invoices", customer_id="cust_NOBODY")["pagination"]["total_pages"] == 0',
    ),
    Mutant(
        "date-from-excludes-its-moment",
        "collections",
        "A booking that takes place exactly at `date_from` is left out.",
        "GET /v1/bookings?date_from=… lacks the booking of that moment.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.from_exclusive),
        'one = booking(scheduled_at="2031-05-04T03:00:00Z").id\n'
        'ok = one in ids(get("/v1/bookings", date_from="2031-05-04T03:00:00Z"))',
    ),
    Mutant(
        "offset-of-bounds-dropped",
        "collections",
        "The offset of a bound in a filter is dropped.",
        "GET /v1/bookings?date_from=2031-05-04T06:00:00+04:00 lacks one of 03:00:00Z.",
        ("listBookings", "listCustomerBookings", "listInvoices", "listCustomers"),
        replaced("mockserver.api.instants:read_bound", lists.offset_dropped),
        'one = booking(scheduled_at="2031-05-04T03:00:00Z").id\n'
        'ok = one in ids(get("/v1/bookings", date_from="2031-05-04T06:00:00+04:00"))',
    ),
    Mutant(
        "any-word-will-do",
        "collections",
        "A search of two words finds whoever has one of them.",
        "GET /v1/customers?search=john smith finds others than the search for `smith`.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.any_word),
        'customer(first_name="Jonna", last_name="Other")\n'
        'ok = ids(get("/v1/customers", search="jonna smith")) == []',
    ),
    Mutant(
        "only-ascii-has-cases",
        "collections",
        "The search minds the case of letters other than A to Z.",
        "GET /v1/customers?search=éLODIE does not find `Élodie`.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.ascii_case),
        'one = customer(first_name="Élodie").id\n'
        'ok = ids(get("/v1/customers", search="éLODIE")) == [one]',
    ),
    Mutant(
        "phone-compared-as-written",
        "collections",
        "The search for leads compares phones as written, not by their digits.",
        "GET …/search?phone=(415) 555 does not find `+14155552671`.",
        ("searchLeadsCustomers",),
        replaced("mockserver.domain.lead_search:search", lists.number_as_written),
        'one = lead(phoneNumber="+14155552671").id\n'
        'ok = one in ids(get("/leads/v1/customers/search", phone="(415) 555-2671"))',
    ),
    Mutant(
        "subscribers-filtered-after-paging",
        "collections",
        "Whether customers have a subscription is only asked of the rows of the page.",
        "GET /v1/customers?has_subscription=true answers pages with fewer rows than `per_page`.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.filtered_after_paging),
        'found = get("/v1/customers", has_subscription="true", per_page=5)\n'
        'ok = len(found["data"]) == min(5, found["pagination"]["total"])',
    ),
    Mutant(
        "days-forget-the-zone",
        "collections",
        "A zone is not looked at where bookings are asked for by days.",
        "GET /v1/bookings?zone_id=zone_none&date_from=2000-01-01 lists bookings.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.zone_or_days),
        'ok = ids(get("/v1/bookings", zone_id="zone_none", date_from="2000-01-01")) == []',
    ),
    Mutant(
        "blacklisted-not-in-the-calendar",
        "collections",
        "Customers on the blacklist are missing in the calendar.",
        "GET /api/v1/merchant/calendar/customers lacks a customer that was blacklisted.",
        ("listCalendarCustomers", "blacklistMerchantCustomer"),
        replaced("mockserver.domain.merchant:calendar", lists.without_the_blacklisted),
        'one = merchant().id; put(f"/api/v1/merchant/customers/{one}/blacklist", {"id": one})\n'
        'ok = one in ids(get("/api/v1/merchant/calendar/customers"))',
    ),
    Mutant(
        "invoices-dated-by-their-due-date",
        "collections",
        "The dates of the filter for invoices are held against the due date.",
        "GET /v1/invoices?date_from=… after today finds an invoice that is due later.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.dated_by_due_date),
        "one = invoice().id\n"
        'ok = one not in ids(get("/v1/invoices", date_from=hours(48), per_page=100))',
    ),
    Mutant(
        "updated-customer-moves-to-the-end",
        "collections",
        "A customer that the merchant updates moves to the end of the list.",
        "GET /api/v1/merchant/customers has its first customer last after a PUT of it.",
        ("listMerchantCustomers", "updateMerchantCustomer"),
        lists.changed_rows_last,
        'one = ids(get("/api/v1/merchant/customers"))[0]; '
        'put(f"/api/v1/merchant/customers/{one}", {"id": one, "note": "Dog"})\n'
        'ok = ids(get("/api/v1/merchant/customers"))[0] == one',
    ),
)
