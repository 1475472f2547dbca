"""What became of a request can be traced to its line in the contract, and tried once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from mockserver.app import build_server
from mockserver.settings import Settings
from tests.client import OTESSE, Client
from tests.conftest import NOW

CONTRACT = (Path(__file__).parents[2] / "openapi.yaml").read_text().splitlines()
TRIES = 200


def explained(client: Client, number: int = 1) -> list[dict[str, Any]]:
    answer = client.get(f"/__admin/requests/{number}/explanation")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def replayed(client: Client, number: int, query: str = "") -> dict[str, Any]:
    """The exchange that sending a request again led to."""
    sent = client.post(f"/__admin/requests/{number}/replay{query}")
    assert sent.status_code == 202
    body = {"since": sent.json()["after"], "headers": {"X-Mock-Replay": str(number)}}
    for _ in range(TRIES):  # each call lets the server go on
        found = client.post(f"/__admin/requests/find{query}", json=body).json()["data"]
        if found:
            one: dict[str, Any] = found[0]
            return one
    raise AssertionError(f"request {number} was not sent again")


def test_each_violation_leads_to_its_line(client: Client) -> None:
    client.post("/v1/customers", headers=OTESSE, json={"first_name": 7})
    found = {each["name"]: each for each in explained(client)}
    assert "last_name" in CONTRACT[found["last_name"]["line"] - 1]
    assert found["first_name"]["sent"] == "7"
    assert found["first_name"]["rule"] == 'type "string"'


def test_a_parameter_leads_to_its_schema(client: Client) -> None:
    client.get("/v1/customers?per_page=abc", headers=OTESSE)
    (found,) = explained(client)
    assert (found["location"], found["name"]) == ("query", "per_page")


def test_an_answer_leads_to_the_response_it_is_one_of(client: Client) -> None:
    client.get("/v1/customers", headers=OTESSE)
    (found,) = explained(client)
    assert found["rule"] == "status 200"
    assert "'200':" in CONTRACT[found["line"] - 1]


def test_what_the_contract_does_not_have_has_no_explanation(client: Client) -> None:
    client.get("/v1/nothing", headers=OTESSE)
    assert explained(client) == []
    assert client.get("/__admin/requests/2/explanation").status_code == 404


def test_a_request_is_sent_again_with_the_credential_that_is_not_shown(client: Client) -> None:
    body = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
            "phone": "+15551230000"}  # fmt: skip
    first = client.post("/v1/customers", headers=OTESSE, json=body)
    again = replayed(client, 1)
    assert (first.status_code, again["status"]) == (201, 409)
    assert again["request"]["body"]["json"] == body
    assert again["request"]["headers"]["authorization"] == "Bearer [redacted]"


def test_it_meets_the_world_and_the_preference_it_was_for(client: Client) -> None:
    client.get("/~alice/v1/customers?__code=403", headers=OTESSE)
    again = replayed(client, 1, "?world=alice")
    assert (again["world"], again["status"], again["preferences"]) == ("alice", 403, ["code=403"])
    assert client.post("/__admin/requests/count", json={}).json() == {"count": 0}


def test_a_body_that_was_not_kept_whole_is_not_sent(client: Client) -> None:
    client.post("/v1/customers", headers=OTESSE, json={"note": "x" * 70_000})
    refused = client.post("/__admin/requests/1/replay")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_kept_whole")


def test_a_request_that_named_two_worlds_never_becomes_one_of_this_api(client: Client) -> None:
    client.post("/~alice/~alice/__admin/reset", headers=OTESSE)
    refused = client.post("/__admin/requests/1/replay?world=alice")
    assert (refused.status_code, refused.json()["code"]) == (409, "names_two_worlds")


def test_only_those_who_may_steer_send_again() -> None:
    server = build_server(Settings(now=NOW, scenario="empty", admin_token="secret"))
    with Client(server.asgi) as client:
        client.get("/v1/customers", headers=OTESSE)
        assert client.post("/__admin/requests/1/replay").status_code == 401


def test_lines_are_exchanges_without_headers_and_bodies(client: Client) -> None:
    client.get("/v1/customers?page=2", headers=OTESSE)
    whole = client.get("/__admin/requests/1").json()
    (line,) = lines(client, {}).json()["data"]
    assert {name: whole[name] for name in line} == line
    assert whole.keys() - line.keys() == {"request", "response", "violations", "explanation"}


def test_pages_up_to_a_number_stay_while_more_comes_in(client: Client) -> None:
    for _ in range(5):
        client.get("/v1/customers", headers=OTESSE)
    last = lines(client, {}).json()["last"]
    before = lines(client, {"until": last}, "page=2&per_page=2").json()
    client.get("/v1/bookings", headers=OTESSE)
    after = lines(client, {"until": last}, "page=2&per_page=2").json()
    assert (before["data"], before["total"]) == (after["data"], after["total"])
    assert (before["last"], after["last"]) == (5, 6)


def lines(client: Client, criteria: dict[str, Any], query: str = "") -> httpx.Response:
    return client.post(f"/__admin/requests/lines?{query}", json=criteria)


def test_the_document_of_this_api_is_served_as_it_is(client: Client) -> None:
    document = client.get("/__admin/openapi.json").json()
    assert "/requests/{number}/replay" in document["paths"]
    assert document["components"]["schemas"]["FaultPreset"]["properties"]["preset"]["enum"]
