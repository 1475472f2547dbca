"""The journal: what was asked and answered in a world, found and counted, secrets redacted."""

from __future__ import annotations

import pytest

from tests.client import LEADS, OTESSE, Client


def test_exchanges_are_kept_with_their_verdict_and_without_secrets(client: Client) -> None:
    client.get("/v1/customers?status=active", headers=OTESSE)
    client.get("/v1/customers?status=odd", headers=OTESSE)
    client.post("/v1/customers", headers=OTESSE, json={"first_name": "A"})
    client.get("/leads/v1/nothing", headers=LEADS)
    page = client.get("/__admin/requests").json()
    assert page["total"] == 4
    assert [(e["operation_id"], e["status"], e["verdict"]) for e in page["data"]] == [
        (None, 404, "refused"),
        ("createCustomer", 400, "refused"),
        ("listCustomers", 400, "refused"),
        ("listCustomers", 200, "valid"),
    ]
    created = page["data"][1]
    assert created["request"]["body"]["json"] == {"first_name": "A"}
    assert created["request"]["headers"]["authorization"] == "Bearer [redacted]"
    assert {v["name"] for v in created["violations"]} == {"last_name", "email"}
    assert created["response"]["body"]["json"]["error"]["code"] == "missing_required_field"
    assert "otesse_test_sk_tests" not in client.get("/__admin/requests").text


@pytest.mark.parametrize("path", ["/v1/customers", "/v1/customers/cust_nobody"])
def test_head_is_kept_without_a_body_as_it_was_sent(client: Client, path: str) -> None:
    answers = [client.request(method, path, headers=OTESSE) for method in ("GET", "HEAD")]
    head, get = client.get("/__admin/requests").json()["data"]
    assert (head["method"], head["status"]) == ("HEAD", answers[1].status_code)
    assert get["response"]["body"]["json"] == answers[0].json()
    assert head["response"]["body"] is None
    assert answers[1].headers["Content-Length"] == answers[0].headers["Content-Length"]


def test_exchanges_are_found_and_counted_by_criteria(client: Client) -> None:
    for email in ("a@example.com", "b@example.com"):
        body = {"first_name": "A", "last_name": "B", "email": email}
        client.post("/v1/customers", headers=OTESSE, json=body)
    client.get("/v1/customers", headers=OTESSE)
    criteria = {"operation_id": "createCustomer", "status": "2xx"}
    assert client.post("/__admin/requests/count", json=criteria).json() == {"count": 2}
    pointed = {**criteria, "body": [{"pointer": "/email", "equals": "b@example.com"}]}
    found = client.post("/__admin/requests/find", json=pointed).json()
    assert [e["request"]["body"]["json"]["email"] for e in found["data"]] == ["b@example.com"]
    number = found["data"][0]["number"]
    assert client.get(f"/__admin/requests/{number}").json() == found["data"][0]
    assert client.get("/__admin/requests/999").status_code == 404


def test_each_world_has_a_journal_of_its_own_and_the_admin_api_is_in_none(client: Client) -> None:
    client.get("/~one/v1/customers", headers=OTESSE)
    client.get("/__admin/worlds")
    assert client.get("/__admin/requests?world=one").json()["total"] == 1
    assert client.get("/__admin/requests").json()["total"] == 0
    client.delete("/__admin/requests?world=one")
    assert client.get("/~one/__admin/requests").json()["total"] == 0


def test_coverage_says_what_of_the_contract_was_used_and_what_is_missed(client: Client) -> None:
    client.get("/v1/customers?status=active&nonsense=1", headers=OTESSE)
    report = client.get("/__admin/coverage?min_operations=50&min_statuses=0").json()
    assert report["totals"]["operations"]["seen"] == 1
    assert report["totals"]["operations"]["declared"] == 32
    assert [missed["measure"] for missed in report["thresholds"]["missed"]] == ["operations"]
    assert "nonsense" in str(report["leaned_on"]["undocumented_query"])
    client.delete("/__admin/requests")
    assert client.get("/__admin/coverage").json()["totals"]["operations"]["seen"] == 0
