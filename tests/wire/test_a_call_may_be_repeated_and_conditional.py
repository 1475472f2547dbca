"""Idempotency keys and entity tags: optional for clients, and exact for those who use them."""

from __future__ import annotations

import pytest

from tests.client import OTESSE, Client

JOHN = "/v1/customers/cust_01HQ3K5M7N"
NEW = {"first_name": "Ada", "last_name": "Byron", "email": "ada.byron@keys.example"}


def test_the_same_call_with_the_same_key_happens_once(client: Client) -> None:
    headers = {**OTESSE, "Idempotency-Key": "k1"}
    first, second = (client.post("/v1/customers", headers=headers, json=NEW) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    found = client.get("/v1/customers?search=keys.example", headers=OTESSE).json()
    assert found["pagination"]["total"] == 1


def test_a_key_used_for_another_request_is_a_conflict(client: Client) -> None:
    headers = {**OTESSE, "Idempotency-Key": "k1"}
    client.post("/v1/customers", headers=headers, json=NEW)
    other = client.post("/v1/customers", headers=headers, json={**NEW, "last_name": "L"})
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "idempotency_key_reused"


def test_another_world_and_another_operation_do_not_know_the_key(client: Client) -> None:
    headers = {**OTESSE, "Idempotency-Key": "k1"}
    client.post("/v1/customers", headers=headers, json=NEW)
    elsewhere = client.post("/~other/v1/customers", headers=headers, json=NEW)
    assert "Idempotent-Replayed" not in elsewhere.headers
    assert elsewhere.status_code == 201


def test_a_refused_call_keeps_its_key_free(client: Client) -> None:
    headers = {**OTESSE, "Idempotency-Key": "k1"}
    assert client.post("/v1/customers", headers=headers, json={}).status_code == 400
    assert client.post("/v1/customers", headers=headers, json=NEW).status_code == 201


def test_without_a_key_the_same_call_happens_twice(client: Client) -> None:
    assert client.post("/v1/customers", headers=OTESSE, json=NEW).status_code == 201
    assert client.post("/v1/customers", headers=OTESSE, json=NEW).status_code == 409


@pytest.mark.parametrize(
    "url", [JOHN, "/v1/bookings/bk_01HQ3K5M7N8P9R", "/v1/invoices/inv_01HQ3K5M7N"]
)
def test_what_the_client_has_already_is_not_sent_again(client: Client, url: str) -> None:
    first = client.get(url, headers=OTESSE)
    tag = first.headers["ETag"]
    again = client.get(url, headers={**OTESSE, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == tag
    other = client.get(url, headers={**OTESSE, "If-None-Match": '"other", W/"else"'})
    assert other.status_code == 200


def test_a_change_is_refused_when_the_record_is_another_by_now(client: Client) -> None:
    tag = client.get(JOHN, headers=OTESSE).headers["ETag"]
    change = {"phone": "+15550000001"}
    first = client.patch(JOHN, headers={**OTESSE, "If-Match": tag}, json=change)
    assert first.status_code == 200
    assert first.headers["ETag"] == client.get(JOHN, headers=OTESSE).headers["ETag"] != tag
    late = client.patch(JOHN, headers={**OTESSE, "If-Match": tag}, json={"phone": None})
    assert late.status_code == 412
    assert late.json()["error"]["code"] == "precondition_failed"
    assert client.get(JOHN, headers=OTESSE).json()["phone"] == "+15550000001"
    assert client.patch(JOHN, headers={**OTESSE, "If-Match": "*"}, json=change).status_code == 200
    weak = "W/" + client.get(JOHN, headers=OTESSE).headers["ETag"]
    doubtful = client.patch(JOHN, headers={**OTESSE, "If-Match": weak}, json=change)
    assert doubtful.status_code == 412, "If-Match compares strongly (RFC 9110, 13.1.1)"
    gone = client.patch(
        "/v1/customers/cust_NOBODY", headers={**OTESSE, "If-Match": tag}, json=change
    )
    assert gone.status_code == 404
