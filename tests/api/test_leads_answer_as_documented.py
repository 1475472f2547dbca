"""The leads family: names of its own, nothing found is no content, fields told by name (S4)."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.errors import BadRequest, RuleBroken
from tests.api.caller import Caller
from tests.samples import LEADS_WRITE as SAM

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def sam(send: Caller) -> str:
    customer_id: str = send("createLeadsCustomer", body=SAM).body["data"]["customerId"]
    return customer_id


def _read(send: Caller, customer_id: str) -> dict[str, Any]:
    record: dict[str, Any] = send("getLeadsCustomer", path={"customerId": customer_id}).body["data"]
    return record


def test_a_create_answers_the_id_and_the_moment_alone(send: Caller) -> None:
    reply = send("createLeadsCustomer", body=SAM)
    assert (reply.status, reply.headers) == (201, {})
    data = reply.body["data"]
    assert data == {"customerId": data["customerId"], "createdAt": "2026-02-20T15:00:00Z"}


def test_what_is_written_is_read_under_other_names(send: Caller, sam: str) -> None:
    same = ("firstName", "lastName", "companyName", "address1", "address2", "city", "state", "zip")
    assert _read(send, sam) == {
        "id": sam,
        **{name: SAM[name] for name in same},
        "displayName": "Sam Wilson - Stark Industries",
        "billingAddress1": "123 Main St",
        "billingAddress2": "Suite 100",
        "billingCity": "Dallas",
        "billingState": "TX",
        "billingZip": "75001",
        "primaryPhone": "+14155552671",
        "primaryEmail": "sam.wilson@test.com",
        "contactOnPhone": True,
        "contactOnSms": False,
        "contactOnEmail": True,
        "marketingEmailOptIn": True,
        "marketingSmsOptIn": False,
        "createdAt": "2026-02-20T15:00:00Z",
        "updatedAt": "2026-02-20T15:00:00Z",
    }


def test_an_update_answers_the_id_and_the_moment_alone(send: Caller, sam: str) -> None:
    reply = send("updateLeadsCustomer", path={"customerId": sam.upper()}, body=SAM)
    assert reply.status == 200
    assert reply.body == {"data": {"customerId": sam, "updatedAt": "2026-02-20T15:00:00Z"}}


def test_null_clears_and_absent_keeps(send: Caller, sam: str) -> None:
    before = _read(send, sam)
    body = {"customerId": sam, "address2": None, "preferredContactMethods": ["SMS", "SMS"]}
    send("updateLeadsCustomer", path={"customerId": sam}, body=body)
    assert _read(send, sam) == {
        **before,
        "address2": None,
        "billingAddress2": None,
        "contactOnPhone": False,
        "contactOnSms": True,
        "contactOnEmail": False,
    }


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [(NOBODY, {}, "NOT_FOUND"), (None, {"customerId": NOBODY}, "INVALID_VALUE")],
)
def test_a_customer_id_is_refused_by_name(
    send: Caller, sam: str, path: str | None, body: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        send("updateLeadsCustomer", path={"customerId": path or sam}, body=body)
    assert [(p.field, p.code) for p in refused.value.problems] == [("customerId", code)]


@pytest.mark.parametrize(
    "query",
    [{}, {"phone": "", "email": "", "firstName": ""}, {"firstName": "nobody"}, {"phone": "+"}],
)
def test_a_search_that_finds_nothing_has_no_content(
    send: Caller, sam: str, query: dict[str, str]
) -> None:
    reply = send("searchLeadsCustomers", query=query)
    assert (reply.status, reply.body) == (204, None)


@pytest.mark.parametrize(
    "query",
    [
        {"firstName": "SA"},
        {"email": "TEST.com"},
        {"phone": "4155 552"},
        {"phone": "9", "email": "@"},
    ],
)
def test_a_search_answers_the_whole_records(send: Caller, sam: str, query: dict[str, str]) -> None:
    reply = send("searchLeadsCustomers", query=query)
    assert (reply.status, reply.body) == (200, {"customers": [_read(send, sam)]})


def test_an_address_finds_who_lives_there(send: Caller, sam: str) -> None:
    here = {name: SAM[name] for name in ("address1", "address2", "city", "state", "zip")}
    reply = send("findLeadsCustomersByAddress", query={k: str(v) for k, v in here.items()})
    assert reply.body == {"customers": [_read(send, sam)]}
    assert send("findLeadsCustomersByAddress", query={"city": "Nowhere"}).status == 204


def test_a_search_by_address_without_a_criterion_is_refused_in_the_family_s_words(
    send: Caller,
) -> None:
    with pytest.raises(BadRequest) as refused:
        send("findLeadsCustomersByAddress", query={"city": ""})
    assert (refused.value.field, refused.value.code) == ("address1", "REQUIRED")


def test_an_unknown_id_has_no_content(send: Caller) -> None:
    reply = send("getLeadsCustomer", path={"customerId": NOBODY})
    assert (reply.status, reply.body) == (204, None)
