"""Part 4b: the leads customers API. Each test names the rule it holds the server to."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockserver.app import Server
from tests.client import LEADS, OTESSE, Client
from tests.journeys.steps import (
    CUSTOMERS,
    HOME,
    LEADS_CUSTOMERS,
    NOBODY,
    add,
    at,
    by_uuid,
    lead,
    lead_of,
    lead_problems,
    register,
    uuid_of,
)
from tests.samples import LEADS_JOHN, LEADS_WRITE

SAM = {"firstName": "Sam", "lastName": "Wilson", "email": "sam@example.com"}


def named(value: Any) -> str:
    """A test's name from what is sent; what is expected is a set, whose order is nobody's."""
    return str(value) if isinstance(value, dict) else ""


def found_by(client: Client, query: str, path: str = "search") -> list[str]:
    """The e-mails found, in order; 204 is none."""
    answer = client.get(f"{LEADS_CUSTOMERS}/{path}?{query}", headers=LEADS)
    if answer.status_code == 204:
        assert answer.content == b""
        return []
    assert answer.status_code == 200
    assert answer.json()["customers"]
    return [row["primaryEmail"] for row in answer.json()["customers"]]


# --- D.2, D.4.1 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"firstName": "S"}, {("firstName", "INVALID_LENGTH")}),
        ({"firstName": "  S  "}, {("firstName", "INVALID_LENGTH")}),
        ({"lastName": "x" * 51}, {("lastName", "INVALID_LENGTH")}),
        ({"firstName": "Sam2"}, {("firstName", "INVALID_FORMAT")}),
        ({"email": "sam"}, {("email", "INVALID_FORMAT")}),
        ({"phoneNumber": "214-555-0198"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"phoneNumber": "+0123"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"marketingSmsOptIn": True}, {("phoneNumber", "REQUIRED")}),
        ({"preferredContactMethods": ["Fax"]}, {("preferredContactMethods[0]", "INVALID_VALUE")}),
        ({"preferredContactMethods": ["email"]}, {("preferredContactMethods[0]", "INVALID_VALUE")}),
        ({"customerId": NOBODY}, {("customerId", "NOT_ALLOWED")}),
        ({"nickname": "Sammy"}, {("nickname", "NOT_ALLOWED")}),
        ({"marketingEmailOptIn": "yes"}, {("marketingEmailOptIn", "INVALID_VALUE")}),
    ],
    ids=named,
)
def test_a_member_that_breaks_a_rule_is_named_with_a_code(
    empty: Client, change: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    """D.1, D.2, D.4.1, Part 5 item 36."""
    told = lead_problems(empty, "POST", "", SAM | change)
    assert {(re.sub(r"\.(\d+)$", r"[\1]", field), code) for field, code in told} == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("firstName", "REQUIRED"), ("lastName", "REQUIRED"), ("email", "REQUIRED"),
              ("phoneNumber", "REQUIRED")}),
        ({"firstName": "Sam", "lastName": "Wilson"},
         {("email", "REQUIRED"), ("phoneNumber", "REQUIRED")}),
        ({"firstName": "S", "lastName": "W1", "email": "x", "zip": "1" * 21, "customerId": NOBODY},
         {("firstName", "INVALID_LENGTH"), ("lastName", "INVALID_LENGTH"),
          ("email", "INVALID_LENGTH"), ("zip", "INVALID_LENGTH"),
          ("customerId", "NOT_ALLOWED")}),
        ({"firstName": "Sam", "lastName": "Wilson", "phoneNumber": "+14155552671",
          "marketingEmailOptIn": True}, {("email", "REQUIRED")}),
    ],
    ids=named,
)  # fmt: skip
def test_all_failing_fields_are_told_at_once(
    empty: Client, body: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    """D.1, D.2."""
    told = lead_problems(empty, "POST", "", body)
    assert {field for field, _ in told} == {field for field, _ in expected}
    required = {each for each in expected if each[1] in ("REQUIRED", "NOT_ALLOWED")}
    assert required <= told


@pytest.mark.parametrize(
    "body",
    [
        SAM,
        {"firstName": "Jo", "lastName": "x" * 50, "phoneNumber": "+14155552671"},
        {**SAM, "firstName": "  Al  "},
        LEADS_WRITE,
    ],
    ids=named,
)
def test_names_and_one_contact_are_enough(empty: Client, body: dict[str, Any]) -> None:
    """D.2: names are trimmed before measuring."""
    answer = empty.post(LEADS_CUSTOMERS, headers=LEADS, json=body)
    assert answer.status_code == 201
    assert set(answer.json()["data"]) == {"customerId", "createdAt"}


def test_what_is_left_out_has_its_default(empty: Client) -> None:
    """D.2, D.3: no methods, no opt-ins, no address, no company."""
    read = lead_of(empty, lead(empty))
    assert read["displayName"] == "Sam Wilson"
    flags = ("contactOnEmail", "contactOnPhone", "contactOnSms", "marketingEmailOptIn",
             "marketingSmsOptIn")  # fmt: skip
    assert not any(read[name] for name in flags)
    assert read["companyName"] is read["address1"] is read["billingZip"] is None


def test_repeated_methods_count_once_and_duplicates_are_allowed(empty: Client) -> None:
    """D.2, D.4.1."""
    first = lead(empty, preferredContactMethods=["SMS", "SMS", "Email"])
    second = lead(empty, preferredContactMethods=["SMS", "Email"])
    assert first != second
    assert by_uuid(empty, add(empty))["preferences"]["preferred_contact"] == "email"
    read = lead_of(empty, first)
    assert (read["contactOnSms"], read["contactOnEmail"], read["contactOnPhone"]) == (
        True,
        True,
        False,
    )


def test_a_phone_is_returned_as_stored(client: Client, empty: Client) -> None:
    """D.3, Part 5 item 39: with the dashes of the documented row."""
    assert lead_of(client, LEADS_JOHN)["primaryPhone"] == "+1-214-555-0198"
    uuid = add(empty, phone_number="(541) 555 0142")
    assert lead_of(empty, uuid)["primaryPhone"] == "(541) 555 0142"


def test_billing_repeats_the_default_address(empty: Client) -> None:
    """D.3."""
    made = register(empty)
    body = HOME | {"street": "1 New St", "is_default": True}
    empty.post(f"{CUSTOMERS}/{made['id']}/addresses", headers=OTESSE, json=body)
    read = lead_of(empty, uuid_of(empty, "ada@example.com"))
    assert read["address1"] == read["billingAddress1"] == "1 New St"
    assert read["zip"] == read["billingZip"] == "97477"


# --- D.4.2 ---------------------------------------------------------------------------------------


def test_absent_members_stay_and_null_clears(empty_server: Server, empty: Client) -> None:
    """D.4.2."""
    uuid = str(
        empty.post(LEADS_CUSTOMERS, headers=LEADS, json=LEADS_WRITE).json()["data"]["customerId"]
    )
    before = lead_of(empty, uuid)
    at(empty_server, hours=1)
    body = {"companyName": None, "address2": None, "preferredContactMethods": None,
            "marketingEmailOptIn": None, "city": "Austin"}  # fmt: skip
    answer = empty.put(f"{LEADS_CUSTOMERS}/{uuid}", headers=LEADS, json=body)
    assert answer.status_code == 200
    moved = "2026-02-20T16:00:00Z"
    assert answer.json() == {"data": {"customerId": uuid, "updatedAt": moved}}
    assert lead_of(empty, uuid) == before | {
        "companyName": None,
        "displayName": "Sam Wilson",
        "address2": None,
        "billingAddress2": None,
        "city": "Austin",
        "billingCity": "Austin",
        "contactOnEmail": False,
        "contactOnPhone": False,
        "marketingEmailOptIn": False,
        "updatedAt": moved,
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"email": None}, {("email", "REQUIRED"), ("phoneNumber", "REQUIRED")}),
        ({"marketingSmsOptIn": True}, {("phoneNumber", "REQUIRED")}),
        ({"lastName": "W1lson"}, {("lastName", "INVALID_FORMAT")}),
        ({"phoneNumber": "555"}, {("phoneNumber", "INVALID_FORMAT")}),
        ({"customerId": NOBODY}, {("customerId", "INVALID_VALUE")}),
        ({"createdAt": "2026-02-20T15:00:00Z"}, {("createdAt", "NOT_ALLOWED")}),
    ],
    ids=named,
)
def test_the_merged_record_must_satisfy_the_rules(
    empty: Client, change: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    """D.2, D.4.2: nothing is written otherwise."""
    uuid = lead(empty)
    before = lead_of(empty, uuid)
    assert lead_problems(empty, "PUT", f"/{uuid}", change) == expected
    assert lead_of(empty, uuid) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"email": None, "phoneNumber": None},
            {("email", "REQUIRED"), ("phoneNumber", "REQUIRED")},
        ),
        ({"email": None, "marketingEmailOptIn": True}, {("email", "REQUIRED")}),
        ({"phoneNumber": None, "marketingSmsOptIn": True}, {("phoneNumber", "REQUIRED")}),
    ],
    ids=named,
)
def test_a_channel_that_is_cleared_and_needed_is_named(
    empty: Client, change: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    """D.1, D.2, D.4.2: the field that fails, not the body as a whole."""
    uuid = lead(empty, phoneNumber="+14155552671")
    assert lead_problems(empty, "PUT", f"/{uuid}", change) == expected


def test_an_empty_line_of_an_address_is_read_back_as_given(empty: Client) -> None:
    """D.2: when it makes the address as when it changes it."""
    made = lead(empty, address1="1 Main St", address2="")
    changed = lead(empty)
    empty.put(f"{LEADS_CUSTOMERS}/{changed}", headers=LEADS, json={"address2": "", "city": "Waco"})
    for uuid in (made, changed):
        read = lead_of(empty, uuid)
        assert read["address2"] == read["billingAddress2"] == ""
        assert read["zip"] is None


def test_the_id_of_an_update_must_name_somebody(empty: Client) -> None:
    """D.4.2, Part 5 item 37: a 400, not a 404; the own id in the body is ignored."""
    uuid = lead(empty)
    assert lead_problems(empty, "PUT", f"/{NOBODY}", {}) == {("customerId", "NOT_FOUND")}
    assert lead_problems(empty, "PUT", "/42", {}) == {("customerId", "INVALID_FORMAT")}
    path = f"{LEADS_CUSTOMERS}/{uuid.upper()}"
    answer = empty.put(path, headers=LEADS, json={"customerId": uuid, "firstName": "Samuel"})
    assert answer.status_code == 200
    assert lead_of(empty, uuid)["firstName"] == "Samuel"


def test_a_phone_another_family_wrote_does_not_stand_in_the_way(client: Client) -> None:
    """D.4.2, D.3: the documented row has a phone D itself would refuse."""
    path = f"{LEADS_CUSTOMERS}/{LEADS_JOHN}"
    assert client.put(path, headers=LEADS, json={"city": "Plano"}).status_code == 200
    assert lead_of(client, LEADS_JOHN)["primaryPhone"] == "+1-214-555-0198"


# --- D.4.3, D.4.4, D.4.5 -------------------------------------------------------------------------


@pytest.fixture
def known(empty: Client) -> Client:
    """Sam Wilson by phone in Dallas, Samantha Reed by e-mail, and Ada of the Customers API."""
    lead(empty, email="sam@x.example", phoneNumber="+14155552671", address1="123 Main St",
         address2="Suite 100", city="Dallas", state="TX", zip="75001")  # fmt: skip
    lead(empty, firstName="Samantha", lastName="Reed", email="s.reed@y.example", city="Dallas")
    register(empty, phone="+14155550000")
    return empty


SAM_X, REED, BYRON = "sam@x.example", "s.reed@y.example", "ada@example.com"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("firstName=SAM", [SAM_X, REED]),
        ("email=REED@y", [REED]),
        ("phone=%2B1%20415-555", [SAM_X, BYRON]),
        ("phone=4155550000", [BYRON]),
        ("phone=4155550000&firstName=samantha", [REED, BYRON]),
        ("phone=&email=&firstName=ada", [BYRON]),
        ("phone&email&firstName", []),
        ("phone=none", []),
        ("", []),
        ("lastName=Wilson", []),
        ("firstName=zz&email=zz", []),
    ],
)
def test_one_criterion_met_is_enough(known: Client, query: str, expected: list[str]) -> None:
    """D.4.3, Part 5 items 40 and 41: OR, parts, digits; none given is a 204; by creation."""
    assert found_by(known, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("city=DALLAS", [SAM_X, REED]),
        ("city=dallas&zip=75001", [SAM_X]),
        ("address1=main", [SAM_X]),
        ("address1=123%20Main%20St&address2=suite%20100", [SAM_X]),
        ("address2=suite", []),
        ("city=Dall", []),
        ("zip=7500", []),
        ("state=tx&city=Springfield", []),
        ("address1=&zip=97477", [BYRON]),
    ],
)
def test_an_address_must_meet_all_criteria(known: Client, query: str, expected: list[str]) -> None:
    """D.4.4: AND, whatever the case; `address1` by part, the others as a whole."""
    assert found_by(known, query, "by-address") == expected


@pytest.mark.parametrize("query", ["", "city=", "address1&zip", "street=Main"])
def test_a_search_by_address_needs_a_criterion(known: Client, query: str) -> None:
    """D.4.4."""
    assert lead_problems(known, "GET", f"/by-address?{query}") == {("address1", "REQUIRED")}


def test_by_id_nobody_is_no_content_and_no_uuid_is_refused(known: Client) -> None:
    """D.4.5: 204, not 404."""
    answer = known.get(f"{LEADS_CUSTOMERS}/id/{NOBODY}", headers=LEADS)
    assert (answer.status_code, answer.content) == (204, b"")
    assert lead_problems(known, "GET", "/id/42") == {("customerId", "INVALID_FORMAT")}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", f"/{LEADS_JOHN}", 405), ("GET", "", 405), ("DELETE", f"/{LEADS_JOHN}", 405),
     ("PUT", f"/id/{LEADS_JOHN}", 405), ("GET", "/search/more", 404)],
)  # fmt: skip
def test_reading_and_writing_have_paths_of_their_own(
    client: Client, method: str, path: str, status: int
) -> None:
    """D.4.5: the rest is not documented."""
    answer = client.request(method, LEADS_CUSTOMERS + path, headers=LEADS)
    assert answer.status_code == status
    assert answer.json()["errors"] == []


def test_the_customers_path_of_the_other_host_is_not_mixed_up(client: Client) -> None:
    """0.3, Part 5 item 1: A's and D's `/v1/customers` live under different roots."""
    assert client.get("/v1/customers/search", headers=OTESSE).json()["error"]["code"] == (
        "customer_not_found"
    )
    answer = client.post(LEADS_CUSTOMERS, headers=LEADS, json=SAM)
    assert answer.status_code == 201
