"""The merchant family: whole lists in `data`, nothing at all on success of a change (S3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mockserver.api.shapes.merchant import price_body
from mockserver.contract import Reply
from mockserver.errors import BadRequest, NotFound, RuleBroken
from tests.api.caller import Caller

NEW = {
    "first_name": "John",
    "last_name": "Doe",
    "email": "john.doe@example.com",
    "phone_number": "+1234567890",
    "birthday": "1990-05-15T00:00:00Z",
    "note": "Prefers morning appointments",
}


def _made(send: Caller, **members: Any) -> str:
    location = send("createMerchantCustomer", body={**NEW, **members}).headers["Location"]
    return location.rpartition("/")[2]


def _nothing(reply: Reply, status: int) -> bool:
    return (reply.status, reply.body, dict(reply.headers)) == (status, None, {})


def _record(send: Caller, uuid: str) -> Mapping[str, Any]:
    record: Mapping[str, Any] = send("getMerchantCustomer", path={"id": uuid}).body["data"]
    return record


def test_a_create_answers_a_location_and_no_content(send: Caller) -> None:
    reply = send("createMerchantCustomer", body=NEW)
    assert (reply.status, reply.body) == (201, None)
    path, _, uuid = reply.headers["Location"].rpartition("/")
    assert path == "/api/v1/merchant/customers"
    assert _record(send, uuid) == {"id": uuid, **NEW, "is_dummy": False}


def test_members_that_nobody_documents_are_ignored(send: Caller) -> None:
    uuid = _made(send, is_dummy=True, is_blacklisted=True, shoe_size=43)
    assert _record(send, uuid)["is_dummy"] is False


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, None),
        ("1988-02-29", "1988-02-29T00:00:00Z"),
        ("1990-05-15T23:30:00-08:00", "1990-05-15T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31", "9999-12-31T00:00:00Z"),
    ],
)
def test_a_birthday_keeps_its_day_as_written(send: Caller, given: Any, shown: Any) -> None:
    assert _record(send, _made(send, birthday=given))["birthday"] == shown


def test_a_birthday_outside_the_calendar_is_refused_by_name(send: Caller) -> None:
    for given in ("0000-01-01", "0000-12-31T10:00:00Z"):
        with pytest.raises(RuleBroken) as refused:
            _made(send, birthday=given)
        assert refused.value.field == "birthday"
        assert "birthday" in refused.value.message


def test_every_change_answers_200_without_content(send: Caller) -> None:
    one, other = _made(send), _made(send)
    path = {"id": one}
    update = {"id": one.upper(), "first_name": "Johnny", "email": None, "birthday": None}
    assert _nothing(send("updateMerchantCustomer", path=path, body=update), 200)
    assert _record(send, one) == {"id": one, **NEW, "first_name": "Johnny", "is_dummy": False}
    body = {"id": one, "blacklist_reason": "No-shows"}
    assert _nothing(send("blacklistMerchantCustomer", path=path, body=body), 200)
    assert _nothing(send("unblacklistMerchantCustomer", path=path), 200)
    move = {"from_customer_id": one, "to_customer_id": other}
    assert _nothing(send("transferBookings", body=move), 200)
    assert _nothing(send("deleteMerchantCustomer", path=path), 200)
    with pytest.raises(NotFound):
        _record(send, one)


def test_the_blacklist_shows_the_reason_that_was_given_last(send: Caller) -> None:
    one = _made(send)
    _made(send)
    for reason in ("First", None, "No-shows"):
        body = {"id": one, "blacklist_reason": reason}
        send("blacklistMerchantCustomer", path={"id": one}, body=body)
    assert send("listBlacklistedCustomers").body["data"] == [
        {
            "id": one,
            **NEW,
            "is_dummy": False,
            "is_blacklisted": True,
            "blacklist_reason": "No-shows",
            "times_booked": 0,
            "times_cancelled": 0,
        }
    ]


def test_a_body_that_names_another_customer_is_refused(send: Caller) -> None:
    one, other = _made(send), _made(send)
    for operation_id in ("updateMerchantCustomer", "blacklistMerchantCustomer"):
        with pytest.raises(BadRequest, match="invalid customer id"):
            send(operation_id, path={"id": one}, body={"id": other})


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0.00"), (5, "$0.05"), (8500, "$85.00"), (123456789, "$1,234,567.89")],
)
def test_a_price_is_written_for_people_with_separators(cents: int, text: str) -> None:
    assert price_body(cents) == {"amount": cents, "currency": "USD", "formatted": text}
