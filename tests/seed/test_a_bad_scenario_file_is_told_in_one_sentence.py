"""Every misfit of a scenario file is one sentence: file, entry, value, and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.errors import SetupError
from mockserver.seed import load_scenario
from tests.seed.growing import scenario_names, told

CUSTOMER = "{id: cust_A, created_at: 2026-01-01T00:00:00Z}"
BOOKING = "customer: cust_A, scheduled_at: 2026-02-01T10:00:00Z"
ROOMS = "configuration: {bedrooms: 1, bathrooms: 1}"
PLACE = "address: {street: 1 A St, city: Eugene, state: OR, zip: '97401'}"
INVOICE = "customer: cust_A, issued_at: 2026-02-01T10:00:00Z"


def customer(members: str) -> str:
    return f"rows: {{customers: [{{id: cust_B, created_at: 2026-01-02T00:00:00Z, {members}}}]}}"


def booking(members: str) -> str:
    return f"rows: {{customers: [{CUSTOMER}], bookings: [{{{members}}}]}}"


def invoice(members: str) -> str:
    return f"rows: {{customers: [{CUSTOMER}], invoices: [{{{members}}}]}}"


MISFITS = [
    # sections and amounts
    ("custmers: {}", "custmers is not known: choose from rules, company, zones, "),
    ("customers: {counts: 3}", "customers.counts is not known: choose from "),
    ("customers: []", "customers is []: it must be a mapping"),
    ("customers: {count: -1}", "customers.count is -1: it must be a whole number from 0"),
    ("customers: {count: 1.0}", "customers.count is 1.0: it must be a whole number"),
    ("customers: {count: true}", "customers.count is True: it must be a whole number"),
    ("customers: {count: many}", "customers.count is 'many': it must be a whole number"),
    (
        "customers: {dummy_share: 1.5}",
        "customers.dummy_share is 1.5: it must be a number from 0 to 1",
    ),
    ("customers: {dummy_share: .nan}", "customers.dummy_share is nan: it must be a number from 0"),
    ("customers: {dummy_share: .inf}", "customers.dummy_share is inf: it must be a number from 0"),
    (
        "customers: {history_days: 0}",
        "customers.history_days is 0: it must be a whole number from 1",
    ),
    ("customers: {avoid: john}", "customers.avoid is 'john': it must be a list of texts"),
    (
        "customers: {merchant_share: 0.7, leads_share: 0.7}",
        "customers.merchant_share + leads_share + dummy_share add up to 1.43: at most 1",
    ),
    ("bookings: {confirmed: 1}", "customers.count is 0: bookings and invoices need customers"),
    (
        "customers: {count: 1, inactive_share: 0.97, deactivated_share: 0, blacklisted_share: 0}\n"
        "bookings: {confirmed: 1}",
        "customers leave no customer active: bookings need one",
    ),
    (
        "customers: {count: 9, history_days: 9}\nbookings: {completed: 1}",
        "customers.history_days is 9: past bookings need customers of at least 21 days",
    ),
    ("bookings: {not_before: soon}", "bookings.not_before is 'soon': it must be a date such as"),
    ("bookings: {industries: {gardening: 1}}", "bookings.industries.gardening is not known"),
    ("bookings: {industries: {cleaning: 0}}", "bookings.industries gives no industry a share"),
    ("hours: {opens: 18, closes: 8}", "hours.closes is 8: it must be an hour after opens (18)"),
    ("hours: {days: [monday]}", "hours.days is 'monday': it must be a list from mon, tue"),
    ("hours: {days: []}", "hours.days is empty: name some of mon"),
    ("locale: tlh", "locale is 'tlh': it must be a locale that Faker has"),
    ("customers: {count: 1}\nplaces: []", "places is empty: customers need a town"),
    # the company
    ("rules: {tax: 0.1}", "rules.tax is not known: choose from tax_rate, "),
    ("rules: {tax_rate: 8.5}", "rules.tax_rate is 8.5: it must be a number from 0 to 1"),
    (
        "rules: {fee_percent: 101}",
        "rules.fee_percent is 101: it must be a whole number from 0 to 100",
    ),
    (
        "rules: {invoice_prefix: in v}",
        "rules.invoice_prefix is 'in v': it must be a text of the form",
    ),
    (
        "rules: {coupons: {A: {percent: 120}}}",
        "rules.coupons.A.percent is 120: it must be a number",
    ),
    ("rules: {coupons: {A: 20}}", "rules.coupons.A is 20: it must be a mapping"),
    ("rules: {coupons: {a b: {percent: 1}}}", "rules.coupons holds the code 'a b': it must be of"),
    ("rules: {frequency_discounts: {daily: 5}}", "rules.frequency_discounts.daily is not known"),
    ("rules: {extras: {oven: {price_cents: 1}}}", "rules.extras.oven.label is missing"),
    ("rules: {junk_products: {sofa: -5}}", "rules.junk_products.sofa is -5: it must be a whole"),
    ("zones: [{name: A, postal_codes: ['97401']}]", "zones[0].id is missing"),
    ("zones: [{id: zone_1, name: A}]", "zones[0].postal_codes is missing"),
    (
        "zones: [{id: zone_1, name: A, postal_codes: [97401]}]",
        "zones[0].postal_codes is [97401]: it",
    ),
    (
        "zones: [{id: zone_1, name: A, postal_codes: ['9740']}]",
        "zones[0].postal_codes holds '9740'",
    ),
    (
        "zones: [{id: zone_1, name: A, postal_codes: ['97401']},"
        " {id: zone_2, name: B, postal_codes: ['97401']}]",
        "zones names '97401' twice",
    ),
    ("staff: [{id: nobody, name: A}]", "staff[0].id is 'nobody': it must be a text of the form"),
    ("staff: [{id: staff_A, name: A, zones: [zone_9]}]", "staff[0].zones is 'zone_9': it must be"),
    ("places: [{city: A, state: Oregon, zips: ['97401']}]", "places[0].state is 'Oregon': it must"),
    (
        "places: [{city: A, state: OR, zips: ['97401'], area_codes: ['41']}]",
        "places[0].area_codes holds '41': it must hold codes",
    ),
    # rows
    ("rows: {customers: [{id: cust_A}]}", "rows.customers[0].created_at is missing"),
    (f"rows: {{customers: [{CUSTOMER}, {CUSTOMER}]}}", "rows.customers[1].id is 'cust_A', which"),
    (customer("status: done"), "rows.customers[0].status is 'done': it must be one of active"),
    (customer("birthday: 1990-02-30"), "rows.customers[0].birthday is '1990-02-30': it must be a"),
    (customer("uuid: 1234"), "rows.customers[0].uuid is 1234: it must be a text (put numbers in"),
    (customer("uuid: '1234'"), "rows.customers[0].uuid is '1234': it must be a text of the form"),
    (
        customer(f"first_name: {'x' * 101}"),
        "rows.customers[0].first_name has 101 characters: at most",
    ),
    (customer('note: "a\\0b"'), "rows.customers[0].note is 'a\\x00b': it must be free of control"),
    (
        customer('first_name: "a\\nb"'),
        "rows.customers[0].first_name is 'a\\nb': it must be free of",
    ),
    (customer("is_dummy: 1"), "rows.customers[0].is_dummy is 1: it must be true or false"),
    (customer("contact_methods: [fax]"), "rows.customers[0].contact_methods is 'fax': it must be"),
    (customer("updated_at: 2025-01-01T00:00:00Z"), "rows.customers[0].updated_at lies before"),
    (
        customer("addresses: [{is_default: true}, {is_default: true}]"),
        "rows.customers[0].addresses mark 2 as default: only one can be",
    ),
    (
        customer("is_blacklisted: false, blacklist_reason: late"),
        "rows.customers[0].is_blacklisted is false, yet there is a blacklist_reason",
    ),
    (
        customer("subscription: {status: active}"),
        "rows.customers[0].subscription.frequency is missing",
    ),
    (booking("customer: cust_C"), "rows.bookings[0].customer is 'cust_C': it must be the id of a"),
    (
        booking(f"{BOOKING}, {PLACE}"),
        "rows.bookings[0] cannot be priced: 'configuration.bedrooms' is",
    ),
    (
        booking(f"customer: cust_A, {ROOMS}, scheduled_at: tomorrow"),
        "rows.bookings[0].scheduled_at is 'tomorrow': it must be a date-time such as",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, status: lost"),
        "rows.bookings[0].status is 'lost': it must be one",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, crew: [staff_X]"),
        "rows.bookings[0].crew is 'staff_X': it must be",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, coupon_code: X"),
        "rows.bookings[0] cannot be priced: There is no",
    ),
    (
        booking(f"{BOOKING}, configuration: {{bedrooms: 1, bathrooms: 1, extras: [[[]]]}}"),
        "rows.bookings[0].configuration.extras is [[[]]]: it must be a text, a number",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, pricing: {{subtotal: 100, tax: 9, total: 100}}"),
        "rows.bookings[0].pricing.total is 100: subtotal - discount + tax is another",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, pricing: {{discount: 99999}}"),
        "rows.bookings[0].pricing.discount is 99999: it must be a whole number from 0 to 9000",
    ),
    (
        booking(f"{BOOKING}, {ROOMS}, cancellation: {{by: merchant}}"),
        "rows.bookings[0].cancellation is given, yet the status is confirmed",
    ),
    (
        booking(f"id: bk_A, {BOOKING}, {ROOMS}, repeat: {{times: 2}}"),
        "rows.bookings[0].repeat repeats a row that has an id: leave the id out",
    ),
    (booking(f"{BOOKING}, industry: spa"), "rows.bookings[0].pricing.subtotal is missing"),
    (
        booking(f"{BOOKING}, industry: spa, pricing: {{subtotal: 1}}"),
        "rows.bookings[0].duration_minutes is missing",
    ),
    (invoice("customer: cust_A"), "rows.invoices[0].issued_at is missing"),
    (invoice(f"{INVOICE}, booking: bk_A"), "rows.invoices[0].booking is 'bk_A': it must be the id"),
    (
        invoice(f"{INVOICE}, number: '7'"),
        "rows.invoices[0].number is '7': it must be a text of the",
    ),
    (
        invoice(f"{INVOICE}, amount_paid: 5"),
        "rows.invoices[0].amount_paid is 5: it must be a whole",
    ),
    (
        invoice(f"{INVOICE}, number: INV-2026-00001}}, {{{INVOICE}, number: INV-2026-00001"),
        "rows.invoices give the number 'INV-2026-00001' to two invoices",
    ),
    ("rows: {outbox: [{kind: letter}]}", "rows.outbox[0].customer is missing"),
]


@pytest.mark.parametrize(("text", "sentence"), MISFITS, ids=[text[:60] for text, _ in MISFITS])
def test_a_misfit_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SetupError) as told_error:
        told(text)
    message = told_error.value.message
    assert message.startswith("test.yaml: ")
    assert sentence in message
    assert message.endswith(".")
    assert "\n" not in message


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("")
    (tmp_path / "yours.yaml").write_text("")
    with pytest.raises(SetupError, match=r"no scenario 'ours': choose from mine, yours"):
        load_scenario("ours", tmp_path)


def test_a_path_is_read_as_given(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("customers: {count: 3}")
    scenario = load_scenario(str(tmp_path / "mine.yaml"), Path("nowhere"))
    assert (scenario.name, scenario.customers.count) == ("mine", 3)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"Cannot read .*gone\.yaml: No such file"):
        load_scenario(str(tmp_path / "gone.yaml"), tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "rows: [", "a: 1\na: 2"])
def test_what_is_no_yaml_mapping_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yaml").write_text(text)
    with pytest.raises(SetupError, match=r"odd\.yaml"):
        load_scenario("odd", tmp_path)


def test_the_scenarios_of_ours_are_these() -> None:
    assert scenario_names() == ["busy", "documented", "edges", "empty", "showroom"]
