"""What clients of each family send in random journeys: well-formed, not always acceptable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.journeys.plain_prices import Row

Body = st.SearchStrategy[dict[str, Any]]

NAMES = st.sampled_from(["Ann", "Bea", "Émile", "Dee Dee", "J", "R2D2", "O'Neill", "李 小龙"])
LEAD_NAMES = st.sampled_from(["Ann", "Bea", "Émile", "Dee Dee", "O'Neill"])
EMAILS = st.sampled_from(
    ["ann@x.example", "Ann@X.example", "bea@y.example", "dee@x.example", "jo@z.example"]
)
PHONES = st.sampled_from(["+15551234567", "+15559876543", "+442071234567"])
OPEN_EMAILS = EMAILS | st.sampled_from([None, "", "walk-in"])
OPEN_PHONES = PHONES | st.sampled_from([None, "", "555-1234", "(541) 555 0142"])
ZIPS = st.sampled_from(["97401", "97405-1234", "97477", "97330"])
FLAGS = st.booleans()

MOMENT = st.sampled_from(
    [-48, -1, 1, 2, 3, 6, 12, 23, 24, 25, 30, 72, 240],
).map(lambda hours: timedelta(hours=hours))
STEP = st.sampled_from(
    [1, 30, 60, 90, 120, 180, 360, 1380, 1440, 4320, 21600],
).map(lambda minutes: timedelta(minutes=minutes))

PREFERENCES = st.fixed_dictionaries(
    {},
    optional={
        "preferred_contact": st.sampled_from(["email", "sms", "phone"]),
        "marketing_opt_in": FLAGS,
    },
)
NEW_ADDRESS: Body = st.fixed_dictionaries(
    {
        "street": st.sampled_from(["123 Main St", "456 Oak Ave", "789 Business Blvd, Suite 200"]),
        "city": st.sampled_from(["Eugene", "Springfield"]),
        "state": st.just("OR"),
        "zip": ZIPS,
    },
    optional={
        "label": st.sampled_from(["Home", "Office"]),
        "access_notes": st.just("Ring\ntwice"),
        "is_default": FLAGS,
    },
)
NEW_CUSTOMER: Body = st.fixed_dictionaries(
    {"first_name": NAMES, "last_name": NAMES, "email": EMAILS, "address": NEW_ADDRESS},
    optional={"phone": PHONES, "preferences": PREFERENCES},
)
CUSTOMER_CHANGES: Body = st.fixed_dictionaries(
    {},
    optional={
        "first_name": NAMES,
        "last_name": NAMES,
        "email": EMAILS,
        "phone": PHONES | st.none(),
        "preferences": PREFERENCES,
    },
)

CLEANING = st.fixed_dictionaries(
    {"bedrooms": st.integers(0, 5), "bathrooms": st.integers(0, 4)},
    optional={
        "frequency": st.sampled_from(["one-time", "weekly", "bi-weekly", "monthly"]),
        "extras": st.lists(
            st.sampled_from(["inside_oven", "inside_fridge", "laundry"]), unique=True
        ),
    },
)
JUNK = st.fixed_dictionaries({"items": st.integers(1, 9)}, optional={"floor": st.just("second")})
CARPET = st.fixed_dictionaries({"sections": st.integers(1, 9)}, optional={"pets": FLAGS})
CONFIGURATIONS = {"cleaning": CLEANING, "junk-removal": JUNK, "carpet-cleaning": CARPET}
NEW_BOOKING: Body = st.sampled_from(["cleaning", *CONFIGURATIONS]).flatmap(
    lambda industry: st.fixed_dictionaries(
        {"industry": st.just(industry), "configuration": CONFIGURATIONS[industry]},
        optional={
            "notes": st.just("Gate code: 1234."),
            "coupon_code": st.sampled_from(["FIRST20", "FIRST20", "FIRST20", "SECOND20"]),
        },
    )
)
BOOKING_CHANGES: Body = st.fixed_dictionaries(
    {},
    optional={
        "configuration": st.fixed_dictionaries(
            {name: CONFIGURATIONS[name] for name in CONFIGURATIONS}
        ),
        "notes": st.sampled_from([None, "Please ring."]),
        "address_id": st.just(""),
    },
)
CANCELLATION = st.none() | st.fixed_dictionaries(
    {}, optional={"reason": st.just("Customer requested cancellation"), "notify_customer": FLAGS}
)
NEW_INVOICE: Body = st.fixed_dictionaries(
    {
        "line_items": st.lists(
            st.fixed_dictionaries(
                {
                    "description": st.just("Window cleaning"),
                    "quantity": st.integers(1, 9),
                    "unit_price": st.integers(1, 9999),
                }
            ),
            min_size=1,
            max_size=3,
        )
    },
    optional={
        "tax_rate": st.sampled_from([0, 8.5, 10]),
        "send_email": FLAGS,
        "auto_charge": FLAGS,
    },
)
VOIDING = st.none() | st.fixed_dictionaries({}, optional={"reason": st.just("Issued twice")})

MERCHANT_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "email": OPEN_EMAILS,
    "phone_number": OPEN_PHONES,
    "birthday": st.sampled_from([None, "1990-05-15", "1990-05-15T00:00:00Z", "2000-02-29"]),
    "note": st.sampled_from([None, "", "Prefers mornings"]),
    "nickname": st.just("ignored"),
}
NEW_MERCHANT_CUSTOMER: Body = st.fixed_dictionaries(
    {"first_name": NAMES, "last_name": NAMES}, optional=MERCHANT_MEMBERS
)
MERCHANT_CHANGES: Body = st.fixed_dictionaries(
    {}, optional={"first_name": NAMES | st.none(), "last_name": NAMES, **MERCHANT_MEMBERS}
)

LEAD_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "companyName": st.sampled_from(["Stark Industries", "Acme"]),
    "email": EMAILS,
    "phoneNumber": PHONES,
    "preferredContactMethods": st.lists(st.sampled_from(["Email", "Phone", "SMS"]), max_size=4),
    "address1": st.sampled_from(["123 Main St", "9 Elm Rd"]),
    "address2": st.sampled_from(["Suite 100", ""]),
    "city": st.sampled_from(["Dallas", "Eugene"]),
    "state": st.just("TX"),
    "zip": ZIPS,
    "marketingEmailOptIn": FLAGS,
    "marketingSmsOptIn": FLAGS,
}
NEW_LEAD: Body = st.fixed_dictionaries(
    {"firstName": LEAD_NAMES, "lastName": LEAD_NAMES}, optional=LEAD_MEMBERS
)
LEAD_CHANGES: Body = st.fixed_dictionaries(
    {},
    optional={
        "firstName": LEAD_NAMES,
        "lastName": LEAD_NAMES,
        **{name: values | st.none() for name, values in LEAD_MEMBERS.items()},
    },
)

PAGES: dict[str, st.SearchStrategy[Any]] = {
    "page": st.sampled_from(["1", "2", "3"]),
    "per_page": st.sampled_from(["1", "2", "3", "100"]),
}
ZONE = st.sampled_from(["zone_01HQ3K5M7N", "zone_01HQ3K5M8P", "zone_NOWHERE"])
STARTS = st.sampled_from(["2026-02-01", "2026-02-21", "2026-02-21T03:00:00Z", "2026-03-02"])
ENDS = st.sampled_from(["2026-03-02", "2026-03-20", "2026-03-02T15:00:00Z", "2026-12-31"])
CUSTOMER_QUERY = st.fixed_dictionaries(
    {},
    optional={
        "search": st.sampled_from(
            ["ann", "É", "dee d", "Ann Bea", "x.example", "@", "555", "+1555", "(555)", "5550142",
             "r2d2", "J", "o'n", " ", "+44 20", "小龙", "zz"]
        ),
        "status": st.sampled_from(["active", "active", "inactive"]),
        "has_subscription": st.sampled_from(["false", "false", "true"]),
        "created_after": st.sampled_from(
            ["2026-02-20", "2026-02-20T15:00:00Z", "2026-02-21", "2026-02-20T14:59:59Z"]
        ),
        "zone_id": ZONE,
        **PAGES,
    },
)  # fmt: skip
BOOKING_QUERY = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["confirmed", "in_progress", "completed", "cancelled"]),
        "zone_id": ZONE,
        "date_from": STARTS,
        "date_to": ENDS,
        **PAGES,
    },
)
INVOICE_QUERY = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["draft", "pending", "paid", "overdue", "void"]),
        "date_from": STARTS,
        "date_to": ENDS,
        "min_amount": st.sampled_from(["0", "5425", "10000"]),
        "max_amount": st.sampled_from(["10000", "16275", "999999"]),
        **PAGES,
    },
)
LEAD_QUERY = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(["", "555", "+1 555-123", "20 7123", "no digits"]),
        "email": st.sampled_from(["", "ANN@", "x.example", "walk"]),
        "firstName": st.sampled_from(["", "an", "DEE", "é", "zz"]),
    },
)
LEAD_ADDRESS_QUERY = st.fixed_dictionaries(
    {"city": st.sampled_from(["dallas", "Eugene", "Springfield"])},
    optional={
        "address1": st.sampled_from(["main", "9 ELM", "suite"]),
        "address2": st.sampled_from(["suite 100", "Suite"]),
        "state": st.sampled_from(["tx", "OR"]),
        "zip": ZIPS,
    },
)


def email_of(body: Row) -> str:
    """An e-mail as A compares it."""
    return str(body["email"]).casefold()


def fitting(changes: Row, industry: str) -> Row:
    """Changes of a booking with the configuration of its industry."""
    if "configuration" not in changes:
        return dict(changes)
    return {**changes, "configuration": changes["configuration"][industry]}
