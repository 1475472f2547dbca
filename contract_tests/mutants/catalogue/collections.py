"""Mutants whose lists hold, find, order or count something else."""

from __future__ import annotations

from contract_tests.mutants.faults import lists, searches
from contract_tests.mutants.layers import answered, told, understood
from contract_tests.mutants.mutant import Mutant, replaced

_CUSTOMERS = "mockserver.domain.customer_search:search"
_BOOKINGS = "mockserver.domain.booking_search:search"
_INVOICES = "mockserver.domain.invoice_search:search"
_OF_CUSTOMER = "mockserver.domain.booking_search:of_customer"
_LEADS = "mockserver.domain.lead_search:search"
_BY_ADDRESS = "mockserver.domain.lead_search:by_address"

COLLECTIONS: tuple[Mutant, ...] = (
    Mutant(
        "total-is-page-length",
        "collections",
        "`total` counts the customers of the page, not of the list.",
        "GET /v1/customers?per_page=7 answers `total` 7.",
        ("listCustomers",),
        told(lists.total_of_the_page, "listCustomers"),
        'few, many = (get("/v1/customers", per_page=n)["pagination"]["total"] for n in (7, 8))\n'
        "ok = few == many",
    ),
    Mutant(
        "total-pages-floored",
        "collections",
        "The last page of invoices is not counted unless it is full.",
        "GET /v1/invoices answers `total_pages` one too low.",
        ("listInvoices",),
        told(lists.pages_floored, "listInvoices"),
        'seen = get("/v1/invoices", per_page=100)["pagination"]\n'
        'ok = seen["total_pages"] == -(-seen["total"] // 100)',
    ),
    Mutant(
        "one-page-too-many-when-even",
        "collections",
        "An empty page is counted when the bookings of a customer fill their pages exactly.",
        "GET /v1/customers/{id}/bookings?per_page=1 answers `total_pages` above `total`.",
        ("listCustomerBookings",),
        told(lists.pages_and_one, "listCustomerBookings"),
        'seen = get("/v1/customers/cust_01HQ3K5M7N/bookings", per_page=1)["pagination"]\n'
        'ok = seen["total_pages"] == seen["total"]',
    ),
    Mutant(
        "booking-pages-overlap",
        "collections",
        "Each page of bookings after the first begins with the last row of the one before.",
        "Pages 1 and 2 of GET /v1/bookings share a booking.",
        ("listBookings",),
        replaced(_BOOKINGS, lists.overlapping),
        'one, two = (ids(get("/v1/bookings", per_page=5, page=n)) for n in (1, 2))\n'
        "ok = not set(one) & set(two)",
    ),
    Mutant(
        "past-the-end-repeats-the-last-page",
        "collections",
        "A page of invoices past the end is the last page once more.",
        "GET /v1/invoices?page=999 answers rows.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.last_page_repeated),
        'ok = get("/v1/invoices", page=999)["data"] == []',
    ),
    Mutant(
        "per-page-100-gives-99",
        "collections",
        "A page of 100 customers holds 99.",
        "GET /v1/customers?per_page=100 answers 99 rows, though there are more.",
        ("listCustomers",),
        told(lists.one_row_short, "listCustomers"),
        'ok = len(get("/v1/customers", per_page=100)["data"]) == 100',
    ),
    Mutant(
        "default-page-of-20",
        "collections",
        "A page of bookings holds 20 rows where no size is asked for.",
        "GET /v1/bookings answers `per_page` 20 instead of 25.",
        ("listBookings",),
        understood(lists.smaller_default, "listBookings"),
        'ok = get("/v1/bookings")["pagination"]["per_page"] == 25',
    ),
    Mutant(
        "no-invoices-answers-204",
        "collections",
        "A customer without invoices is answered 204 instead of an empty list.",
        "GET /v1/customers/{id}/invoices of a new customer answers an undocumented 204.",
        ("listCustomerInvoices",),
        answered(lists.no_rows_no_content, "listCustomerInvoices"),
        'ok = get(f"/v1/customers/{customer().id}/invoices").status == 200',
    ),
    Mutant(
        "nobody-found-answers-an-empty-list",
        "collections",
        "A search for leads that finds nobody is answered with an empty list instead of 204.",
        "GET /leads/v1/customers/search for nobody answers 200 and `customers: []`.",
        ("searchLeadsCustomers", "findLeadsCustomersByAddress"),
        answered(
            lists.nobody_is_an_empty_list, "searchLeadsCustomers", "findLeadsCustomersByAddress"
        ),
        'ok = get("/leads/v1/customers/search", email="nobody@nowhere").status == 204',
    ),
    Mutant(
        "zone-of-bookings-ignored",
        "collections",
        "The filter for a service zone does not touch bookings.",
        "GET /v1/bookings?zone_id=… answers bookings of every zone.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.ignoring(zone_id=None)),
        'ok = get("/v1/bookings", zone_id="zone_NOWHERE")["pagination"]["total"] == 0',
    ),
    Mutant(
        "date-to-of-bookings-ignored",
        "collections",
        "Bookings are not bounded by `date_to`.",
        "GET /v1/bookings?date_to=2020-01-01 answers bookings of later years.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.ignoring(date_to=None)),
        'ok = get("/v1/bookings", date_to="2020-01-01")["pagination"]["total"] == 0',
    ),
    Mutant(
        "max-amount-ignored",
        "collections",
        "Invoices are not bounded by `max_amount`.",
        "GET /v1/invoices?max_amount=1 answers invoices of more than a cent.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.ignoring(max_amount=None)),
        'ok = all(row["total"] <= 1 for row in get("/v1/invoices", max_amount=1)["data"])',
    ),
    Mutant(
        "min-amount-excludes-its-bound",
        "collections",
        "An invoice of exactly `min_amount` is left out.",
        "GET /v1/invoices?min_amount=10850 lacks an invoice of 10850 cents.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.min_exclusive),
        "made = invoice()\n"
        'ok = made.id in ids(get("/v1/invoices", min_amount=made["total"], per_page=100))',
    ),
    Mutant(
        "last-day-ends-at-midnight",
        "collections",
        "A plain `date_to` means the first instant of its day, so that the day is left out.",
        "GET /v1/invoices?date_to=2026-02-20 lacks an invoice issued that day.",
        ("listInvoices", "listBookings", "listCustomerInvoices", "listCustomerBookings"),
        replaced("mockserver.api.instants:read_bound", lists.day_ends_at_midnight),
        "one, today = invoice().id, hours(0)[:10]\n"
        'ok = one in ids(get("/v1/invoices", date_from=today, date_to=today))',
    ),
    Mutant(
        "status-and-customer-or-ed",
        "collections",
        "The filters for status and customer are joined by OR.",
        "GET /v1/bookings?status=confirmed&customer_id=… answers bookings of other customers.",
        ("listBookings", "listCustomerBookings"),
        replaced(_BOOKINGS, lists.either_filter),
        "one = customer().id\n"
        'ok = get("/v1/bookings", status="confirmed", customer_id=one)["data"] == []',
    ),
    Mutant(
        "status-ignored-for-one-customer",
        "collections",
        "The bookings of one customer are not filtered by status.",
        "GET /v1/customers/{id}/bookings?status=cancelled answers confirmed ones.",
        ("listCustomerBookings",),
        replaced(_OF_CUSTOMER, lists.status_ignored_for_one),
        'one = booking()["customer"]["id"]\n'
        'ok = get(f"/v1/customers/{one}/bookings", status="cancelled")["data"] == []',
    ),
    Mutant(
        "status-forgotten-on-page-two",
        "collections",
        "Pages of invoices after the first are not filtered by status.",
        "GET /v1/invoices?status=paid&page=2 answers invoices of other statuses.",
        ("listInvoices", "listCustomerInvoices"),
        replaced(_INVOICES, lists.status_forgotten_on_later_pages),
        'rows = get("/v1/invoices", status="paid", per_page=100, page=2)["data"]\n'
        'ok = all(row["status"] == "paid" for row in rows)',
    ),
    Mutant(
        "created-after-means-before",
        "collections",
        "`created_after` keeps the customers created before.",
        "GET /v1/customers?created_after=… answers older customers only.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.created_before),
        'rows = get("/v1/customers", created_after="2026-01-01")["data"]\n'
        'ok = all(row["created_at"] > "2026-01-01" for row in rows)',
    ),
    Mutant(
        "created-after-includes-its-moment",
        "collections",
        "A customer created exactly at `created_after` is kept.",
        "GET /v1/customers?created_after=T answers a customer with `created_at` T.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.created_at_or_after),
        "made = customer()\n"
        'ok = made.id not in ids(get("/v1/customers", created_after=made["created_at"]))',
    ),
    Mutant(
        "without-subscription-finds-everyone",
        "collections",
        "`has_subscription=false` is taken for absent.",
        "GET /v1/customers?has_subscription=false answers customers with a subscription.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.false_is_absent),
        'asked = [get("/v1/customers", has_subscription=flag) for flag in ("false", "true")]\n'
        'ok = sum(a["pagination"]["total"] for a in asked) == '
        'get("/v1/customers")["pagination"]["total"]',
    ),
    Mutant(
        "inactive-customers-left-out",
        "collections",
        "Only active customers are listed where no status is asked for.",
        "GET /v1/customers lacks customers that `status=inactive` finds.",
        ("listCustomers",),
        replaced(_CUSTOMERS, lists.only_active),
        'found = get("/v1/customers", search="john.doe@example.com")\n'
        'ok = "cust_01HQ4A7C2D" in ids(found)',
    ),
    Mutant(
        "customer-search-minds-case",
        "collections",
        "The search for customers distinguishes capital and small letters.",
        "GET /v1/customers?search=JOHN finds nobody.",
        ("listCustomers",),
        replaced(_CUSTOMERS, searches.kept_by(searches.in_its_case)),
        'ok = "cust_01HQ3K5M7N" in ids(get("/v1/customers", search="JOHN"))',
    ),
    Mutant(
        "phones-not-searched",
        "collections",
        "The search for customers does not look at phones.",
        "GET /v1/customers?search=5551234567 finds nobody.",
        ("listCustomers",),
        replaced(_CUSTOMERS, searches.kept_by(searches.outside_the_phone)),
        'ok = "cust_01HQ3K5M7N" in ids(get("/v1/customers", search="5551234567"))',
    ),
    Mutant(
        "full-name-not-searched",
        "collections",
        "The search looks at first and last names, but not at both together.",
        "GET /v1/customers?search=john smith finds nobody.",
        ("listCustomers",),
        replaced(_CUSTOMERS, searches.kept_by(searches.within_one_member)),
        'ok = "cust_01HQ3K5M7N" in ids(get("/v1/customers", search="john smith"))',
    ),
    Mutant(
        "search-index-lags",
        "collections",
        "A customer that was changed is only found by what was there before.",
        "GET /v1/customers?search=… by a new name finds nobody after PATCH.",
        ("listCustomers", "updateCustomer"),
        searches.old_names_searched,
        'one = customer().id; patch(f"/v1/customers/{one}", {"first_name": "Augustina"})\n'
        'ok = ids(get("/v1/customers", search="augustina")) == [one]',
    ),
    Mutant(
        "percent-is-a-wildcard",
        "collections",
        "A percent sign in the search stands for anything.",
        "GET /v1/customers?search=% finds everyone instead of nobody.",
        ("listCustomers",),
        replaced(_CUSTOMERS, searches.wildcards),
        'ok = get("/v1/customers", search="%")["data"] == []',
    ),
    Mutant(
        "list-shows-one-address",
        "collections",
        "The list shows one address of a customer with several.",
        "GET /v1/customers answers fewer `addresses` than GET /v1/customers/{id}.",
        ("listCustomers",),
        told(lists.one_address, "listCustomers"),
        'made = customer(); post(f"/v1/customers/{made.id}/addresses", address())\n'
        'ok = len(get("/v1/customers", search=made["email"])["data"][0]["addresses"]) == 2',
    ),
    Mutant(
        "bookings-of-one-oldest-first",
        "collections",
        "The bookings of one customer come oldest first.",
        "GET /v1/customers/{id}/bookings begins with the first booking made.",
        ("listCustomerBookings",),
        replaced(_OF_CUSTOMER, lists.oldest_first),
        'rows = get("/v1/customers/cust_01HQ3K5M7N/bookings")["data"]\n'
        'ok = rows[0]["created_at"] > rows[-1]["created_at"]',
    ),
    Mutant(
        "blacklist-newest-first",
        "collections",
        "The blacklist comes in the reverse order of creation.",
        "GET /api/v1/merchant/customers/blacklist begins with the newest customer.",
        ("listBlacklistedCustomers",),
        replaced("mockserver.domain.merchant:blacklisted", lists.newest_first),
        'every = ids(get("/api/v1/merchant/customers"))\n'
        'ok = (seen := ids(get("/api/v1/merchant/customers/blacklist"))) == '
        "sorted(seen, key=every.index)",
    ),
    Mutant(
        "history-oldest-first",
        "collections",
        "The history of a customer begins with the oldest booking.",
        "GET /api/v1/merchant/customers/{id}/stats orders `bookings` by ascending `from_date`.",
        ("getMerchantCustomerStats",),
        replaced("mockserver.domain.merchant:statistics", lists.history_oldest_first),
        "rows = get(f\"/api/v1/merchant/customers/{uuid('john@example.com')}/stats\")"
        '["data"]["bookings"]\n'
        'ok = rows[0]["from_date"] > rows[-1]["from_date"]',
    ),
    Mutant(
        "merchant-list-cut-at-200",
        "collections",
        "The whole list of the merchant ends after 200 customers.",
        "GET /api/v1/merchant/customers lacks the newest of more than 200 customers.",
        ("listMerchantCustomers",),
        told(lists.cut_at_200, "listMerchantCustomers"),
        'one = merchant().id\nok = one in ids(get("/api/v1/merchant/customers"))',
    ),
    Mutant(
        "lead-criteria-and-ed",
        "collections",
        "The criteria of a search for leads must all hold instead of one.",
        "GET /leads/v1/customers/search by e-mail and another's phone answers 204.",
        ("searchLeadsCustomers",),
        replaced(_LEADS, searches.all_criteria),
        'asked = {"email": "john@example.com", "firstName": "Nobodyatall"}\n'
        'ok = get("/leads/v1/customers/search", **asked).status == 200',
    ),
    Mutant(
        "lead-email-search-minds-case",
        "collections",
        "The search for leads by e-mail distinguishes capital and small letters.",
        "GET /leads/v1/customers/search?email=JOHN@EXAMPLE.COM answers 204.",
        ("searchLeadsCustomers",),
        replaced(_LEADS, searches.email_in_its_case),
        'ok = get("/leads/v1/customers/search", email="JOHN@EXAMPLE.COM").status == 200',
    ),
    Mutant(
        "first-name-from-its-start",
        "collections",
        "The first name of a lead is found by how it begins, not by any part.",
        "GET /leads/v1/customers/search?firstName=ohn answers 204.",
        ("searchLeadsCustomers",),
        replaced(_LEADS, searches.first_name_from_the_start),
        'ok = get("/leads/v1/customers/search", firstName="ohn").status == 200',
    ),
    Mutant(
        "zip-compared-by-five-digits",
        "collections",
        "Only the first five digits of a ZIP code are compared.",
        "GET /leads/v1/customers/by-address?zip=97401-9999 finds whoever lives in 97401.",
        ("findLeadsCustomersByAddress",),
        replaced(_BY_ADDRESS, searches.zip_without_suffix),
        'ok = get("/leads/v1/customers/by-address", zip="97401-9999").status == 204',
    ),
    Mutant(
        "city-minds-case",
        "collections",
        "The city of an address distinguishes capital and small letters.",
        "GET /leads/v1/customers/by-address?city=eugene answers 204.",
        ("findLeadsCustomersByAddress",),
        replaced(_BY_ADDRESS, searches.city_in_its_case),
        'ok = get("/leads/v1/customers/by-address", city="eugene").status == 200',
    ),
    Mutant(
        "found-by-any-address",
        "collections",
        "Customers are found by any of their addresses, not by the default one alone.",
        "GET /leads/v1/customers/by-address?city=… finds a customer whose default is elsewhere.",
        ("findLeadsCustomersByAddress",),
        replaced(_BY_ADDRESS, searches.any_address),
        'post(f"/v1/customers/{customer().id}/addresses", address(city="Proofville"))\n'
        'ok = get("/leads/v1/customers/by-address", city="Proofville").status == 204',
    ),
)
