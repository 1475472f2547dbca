"""Held-out mutants that find, order, page or count the wrong records."""

from __future__ import annotations

from contract_tests.mutants.faults.held_out import lists
from contract_tests.mutants.mutant import Mutant, replaced

_CUSTOMERS = "mockserver.domain.customer_search:search"
_BOOKINGS = "mockserver.domain.booking_search:search"
_INVOICES = "mockserver.domain.invoice_search:search"

COLLECTIONS: tuple[Mutant, ...] = (
    Mutant(
        "sorted-after-paging",
        "collections",
        "Each page of invoices is sorted, but the pages begin with the oldest.",
        "GET /v1/invoices begins with an invoice that is older than those of page 2.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.sorted_after_paging),
        'issued = [row["issued_at"] for row in everything("/v1/invoices")]\n'
        "ok = issued == sorted(issued, reverse=True)",
    ),
    Mutant(
        "total-without-the-filters",
        "collections",
        "`total` counts all customers, whatever the list is filtered by.",
        "GET /v1/customers?status=inactive has a larger `total` than its pages have rows.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.everyone_counted),
        'found = get("/v1/customers", status="inactive", per_page=100)\n'
        'ok = found["pagination"]["total"] == len(found["data"])',
    ),
    Mutant(
        "search-forgets-the-status",
        "collections",
        "A search for customers by text is not filtered by status as well.",
        "GET /v1/customers?search=…&status=active finds a customer that is inactive.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.search_goes_alone),
        'one = get("/v1/customers", status="inactive")["data"][0]\n'
        'ok = one["id"] not in ids(get("/v1/customers", search=one["email"], status="active"))',
    ),
    Mutant(
        "twice-in-a-zone",
        "collections",
        "A customer with two addresses in a zone is listed there twice.",
        "GET /v1/customers?zone_id=… holds one id two times.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.joined_to_addresses),
        'one = customer().id; post(f"/v1/customers/{one}/addresses", address()); '
        'zone = get(f"/v1/bookings/{booking(one).id}")["zone_id"]\n'
        'ok = ids(get("/v1/customers", zone_id=zone)).count(one) == 1',
    ),
    Mutant(
        "days-of-the-pacific",
        "collections",
        "A plain date in a filter begins at midnight in Oregon instead of UTC.",
        "GET /v1/bookings?date_from=2031-05-04 lacks one of 2031-05-04T03:00:00Z.",
        (*("listBookings", "listCustomerBookings"), "listInvoices", "listCustomers"),
        replaced("mockserver.api.instants:read_bound", lists.days_of_the_pacific),
        'one = booking(scheduled_at="2031-05-04T03:00:00Z").id\n'
        'ok = one in ids(get("/v1/bookings", date_from="2031-05-04"))',
    ),
    Mutant(
        "latest-service-first",
        "collections",
        "Bookings are ordered by the time of the service instead of their creation.",
        "GET /v1/bookings does not begin with the booking that was made last.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.latest_service_first),
        'made = [row["created_at"] for row in everything("/v1/bookings")]\n'
        "ok = made == sorted(made, reverse=True)",
    ),
    Mutant(
        "overdue-among-pending",
        "collections",
        "The pending invoices hold the overdue ones, too.",
        "GET /v1/invoices?status=pending has rows with `status: overdue`.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.overdue_is_pending),
        'rows = everything("/v1/invoices", status="pending")\n'
        'ok = {row["status"] for row in rows} == {"pending"}',
    ),
    Mutant(
        "query-beats-the-path",
        "collections",
        "The bookings of a customer are those of another when the query names that one.",
        "GET /v1/customers/{id}/bookings?customer_id={other} lists bookings of the other.",
        ("listCustomerBookings",),
        replaced("mockserver.domain.booking_search:of_customer", lists.query_before_path),
        'path = f"/v1/customers/{customer().id}/bookings"\n'
        'ok = get(path, customer_id="cust_01HQ3K5M7N")["data"] == []',
    ),
)
