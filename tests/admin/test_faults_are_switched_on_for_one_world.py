"""Faults: what is switched on happens, in the family's own words, in its world and no other."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.client import LEADS, MERCHANT, OTESSE, Client

LIST = "/v1/customers"


def switch_on(client: Client, fault: dict[str, Any], world: str = "default") -> Any:
    answer = client.post(f"/__admin/faults?world={world}", json=fault)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


@pytest.mark.parametrize(
    ("path", "auth"),
    [(LIST, OTESSE), ("/api/v1/merchant/customers", MERCHANT),
     ("/leads/v1/customers/search?firstName=jo", LEADS)],
)  # fmt: skip
@pytest.mark.parametrize("status", [500, 503])
def test_a_status_comes_in_the_words_of_the_family(
    client: Client, path: str, auth: dict[str, str], status: int
) -> None:
    usual = client.get("/v1/nothing" if path == LIST else path.replace("customers", "nothing"))
    switch_on(client, {"effect": {"status": status}})
    answer = client.get(path, headers=auth)
    assert answer.status_code == status
    assert set(answer.json()) == set(usual.json())


def test_429_says_when_to_come_back(client: Client) -> None:
    switch_on(client, {"preset": "rate-limited"})
    answer = client.get(LIST, headers=OTESSE)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["error"]["type"] == "rate_limit_exceeded"
    assert answer.json()["error"]["retry_after"] == 1


def test_a_fault_meets_only_what_it_names_and_only_so_often(client: Client) -> None:
    fault = {
        "match": {"operation_id": "listCustomers"},
        "schedule": {"first": 2},
        "effect": {"status": 503},
    }
    switch_on(client, fault)
    assert client.get("/v1/bookings", headers=OTESSE).status_code == 200
    statuses = [client.get(LIST, headers=OTESSE).status_code for _ in range(4)]
    assert statuses == [503, 503, 200, 200]
    (standing,) = client.get("/__admin/faults").json()["data"]
    assert (standing["matched"], standing["fired"]) == (4, 2)


def test_a_fault_begins_and_ends_by_the_worlds_clock(client: Client) -> None:
    window = {"from": "2026-02-20T16:00:00Z", "until": "2026-02-20T17:00:00Z"}
    switch_on(client, {"schedule": window, "effect": {"status": 503}})
    statuses = []
    for _ in range(3):
        statuses.append(client.get(LIST, headers=OTESSE).status_code)
        client.patch("/__admin/clock", json={"advance": "PT1H"})
    assert statuses == [200, 503, 200]


def test_a_body_may_break_the_contract_and_a_type_may_lie(client: Client) -> None:
    switch_on(
        client, {"id": "bad", "effect": {"invalid_body": "syntax", "content_type": "text/html"}}
    )
    answer = client.get(LIST, headers=OTESSE)
    assert answer.headers["Content-Type"] == "text/html"
    with pytest.raises(ValueError, match=r"Expecting|JSON|Unterminated|Extra"):
        answer.json()
    client.delete("/__admin/faults/bad")
    assert client.get(LIST, headers=OTESSE).json()["data"]


@pytest.mark.parametrize("effect", ["reset", "truncate"])
def test_a_connection_may_break(client: Client, effect: str) -> None:
    switch_on(client, {"effect": {effect: True}})
    with pytest.raises((ConnectionResetError, httpx.HTTPError)):
        client.get(LIST, headers=OTESSE)


def test_faults_of_one_world_leave_the_others_and_the_admin_api_alone(client: Client) -> None:
    switch_on(client, {"preset": "down"}, world="broken")
    assert client.get(f"/~broken{LIST}", headers=OTESSE).status_code == 503
    assert client.get(LIST, headers=OTESSE).status_code == 200
    assert client.get(f"/~other{LIST}", headers=OTESSE).status_code == 200
    assert client.get("/~broken/__admin/health").status_code == 200
    client.delete("/__admin/faults?world=broken")
    assert client.get(f"/~broken{LIST}", headers=OTESSE).status_code == 200


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"preset": "nonsense"}, 400),
        ({"effect": {}}, 400),
        ({"effect": {"status": 200}}, 400),
        ({"match": {"operation_id": "nonsense"}, "effect": {"status": 500}}, 422),
    ],
)
def test_what_is_no_fault_is_refused_and_says_why(
    client: Client, fault: dict[str, Any], status: int
) -> None:
    answer = client.post("/__admin/faults", json=fault)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert client.get("/__admin/faults").json() == {"data": []}


def test_a_reset_switches_faults_off(client: Client) -> None:
    switch_on(client, {"preset": "down"})
    assert client.post("/__admin/reset").status_code == 204
    assert client.get(LIST, headers=OTESSE).status_code == 200
