"""D.1: what the path, the body and the record bring up is told in one answer, each thing once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import LEADS, Client
from tests.journeys.steps import LEADS_CUSTOMERS, NOBODY, lead, lead_problems
from tests.samples import LEADS_JOHN

SAM = {"firstName": "Sam", "lastName": "Wilson", "email": "sam@example.com"}


def named(value: Any) -> str:
    """A test's name from what is sent; what is expected is a set, whose order is nobody's."""
    return str(value) if isinstance(value, dict) else ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"phoneNumber": "+1234567890123456", "marketingSmsOptIn": True}, {"phoneNumber"}),
        ({"phoneNumber": 7, "marketingSmsOptIn": True}, {"phoneNumber"}),
        ({"email": None, "phoneNumber": 7}, {"phoneNumber"}),
        ({"marketingSmsOptIn": "yes"}, {"marketingSmsOptIn"}),
        ({"email": None, "marketingEmailOptIn": True}, {"email", "phoneNumber"}),
        ({"email": None, "zip": 7}, {"email", "phoneNumber", "zip"}),
        ({"customerId": NOBODY, "marketingSmsOptIn": True, "nick": 1},
         {"customerId", "phoneNumber", "nick"}),
        ({"customerId": "x", "firstName": None, "preferredContactMethods": ["Fax"], "email": "x",
          "marketingSmsOptIn": True},
         {"customerId", "firstName", "preferredContactMethods.0", "email", "phoneNumber"}),
    ],
    ids=named,
)  # fmt: skip
def test_what_the_record_lacks_is_told_with_what_the_body_breaks(
    empty: Client, change: dict[str, Any], expected: set[str]
) -> None:
    """D.1, D.2, D.4.2: a member that is wrong itself counts as one that would do."""
    uuid = lead(empty)
    told = lead_problems(empty, "PUT", f"/{uuid}", change)
    assert {field for field, _ in told} == expected
    assert len(told) == len(expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"phoneNumber": 7, "marketingSmsOptIn": True}, {"phoneNumber"}),
        ({"phoneNumber": "+1234567890123456", "marketingSmsOptIn": True}, {"phoneNumber"}),
        ({"marketingSmsOptIn": "yes"}, {"marketingSmsOptIn"}),
    ],
    ids=named,
)
def test_a_wrong_member_is_told_once_when_creating(
    empty: Client, change: dict[str, Any], expected: set[str]
) -> None:
    """D.1, D.2: no condition on it besides."""
    assert {field for field, _ in lead_problems(empty, "POST", "", SAM | change)} == expected


def test_a_wrong_id_in_the_path_is_told_with_what_the_body_breaks(empty: Client) -> None:
    """D.1, D.4.2."""
    change = {"firstName": "S4m", "email": None, "phoneNumber": None}
    broken = {("firstName", "INVALID_FORMAT"), ("email", "REQUIRED"), ("phoneNumber", "REQUIRED")}
    assert lead_problems(empty, "PUT", "/42", change) == {("customerId", "INVALID_FORMAT"), *broken}
    assert lead_problems(empty, "PUT", f"/{NOBODY}", change) == {
        ("customerId", "NOT_FOUND"),
        *broken,
    }
    whole = {("body", "INVALID_VALUE")}
    assert lead_problems(empty, "PUT", "/42", []) == {("customerId", "INVALID_FORMAT"), *whole}
    assert lead_problems(empty, "PUT", f"/{NOBODY}", []) == {("customerId", "NOT_FOUND"), *whole}
    assert lead_problems(empty, "PUT", f"/{lead(empty)}", []) == whole


@pytest.mark.parametrize(("uuid", "code"), [("42", "INVALID_FORMAT"), (NOBODY, "NOT_FOUND")])
def test_a_wrong_id_in_the_path_is_told_with_a_body_that_is_no_json(
    empty: Client, uuid: str, code: str
) -> None:
    """D.1, D.4.2."""
    headers = {**LEADS, "Content-Type": "application/json"}
    answer = empty.put(f"{LEADS_CUSTOMERS}/{uuid}", headers=headers, content=b"{")
    told = {(each["field"], each["code"]) for each in answer.json()["errors"]}
    assert told == {("customerId", code), ("body", "INVALID_FORMAT")}


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("PUT", f"/{LEADS_JOHN}")])
def test_of_very_many_failing_fields_the_first_hundred_are_told(
    client: Client, method: str, path: str
) -> None:
    """D.1."""
    assert len(lead_problems(client, method, path, {f"n{n}": 1 for n in range(300)})) == 100
