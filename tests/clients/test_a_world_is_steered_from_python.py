"""The client: every admin operation as a method, and a world in the hands of a test."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest

from mockserver.chaos.presets import PRESETS as OURS
from mockserver.client import Admin, MockServer, MockWorld, Refused, Unreachable
from mockserver.client.faults import PRESETS, fault_request
from tests.clients.test_the_admin_page_is_true import operations

SAMPLE = "/v1/bookings/bk_01HQ3K5M7N8P9R"


def get(world: MockWorld, path: str) -> httpx.Response:
    return world.client.get(path, headers=world.auth)


# A stream is for whoever listens: any HTTP client can.
STREAMS = {"streamEvents"}


def test_every_admin_operation_is_a_method_of_its_name() -> None:
    named = {
        re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), operation_id)
        for operation_id in operations().keys() - STREAMS
    }
    methods = {name for name in vars(Admin) if not name.startswith("_")}
    assert methods - {"every_request"} == named


def test_it_knows_the_presets_of_the_server() -> None:
    assert set(PRESETS) == set(OURS)


def test_a_fresh_world_is_reached_by_header_and_by_prefix_and_is_forgotten(
    mock: MockServer,
) -> None:
    world = mock.fresh_world("a name / with [odd] signs" * 5)
    assert len(world.name) <= 64
    by_header = get(world, SAMPLE)
    by_prefix = httpx.get(world.url + SAMPLE, headers=world.auth)
    assert by_header.json() == by_prefix.json()
    assert len(world.requests.list()) == 2
    assert world.name in [each["name"] for each in mock.admin.list_worlds()]
    world.remove()
    world.remove()
    assert world.name not in [each["name"] for each in mock.admin.list_worlds()]


def test_one_credential_opens_every_family(world: MockWorld) -> None:
    for path in ("/v1/customers", "/v1/bookings", "/v1/invoices", "/api/v1/merchant/customers",
                 "/leads/v1/customers/search?email=acme"):  # fmt: skip
        assert get(world, path).status_code == 200


def test_its_clock_is_told_moved_stopped_and_let_run(world: MockWorld) -> None:
    start = world.clock.now
    assert start == datetime(2026, 2, 20, 15, tzinfo=UTC)
    assert world.clock.advance("PT2H") == start + timedelta(hours=2)
    assert world.clock.advance(-timedelta(days=1, seconds=1)) == start - timedelta(
        hours=22, seconds=1
    )
    assert world.clock.freeze(datetime(2026, 2, 26, 10, tzinfo=UTC)).day == 26
    assert get(world, SAMPLE).json()["status"] == "in_progress"
    world.clock.run("2027-01-01T00:00:00Z")
    assert world.clock.is_running
    world.clock.freeze()
    assert not world.clock.is_running


@pytest.mark.parametrize("by", ["2h", timedelta(seconds=0.5)])
def test_a_duration_that_is_none_is_refused_at_once(world: MockWorld, by: str | timedelta) -> None:
    with pytest.raises(ValueError, match=r"not a duration|fraction of a second"):
        world.clock.advance(by)
    with pytest.raises(ValueError, match="no time zone"):
        world.clock.freeze(datetime(2026, 1, 1))


def test_its_faults_are_added_listed_removed_and_cleared(world: MockWorld) -> None:
    [first] = world.faults.add(operation="listCustomers", status=503, first=1)
    assert [get(world, "/v1/customers").status_code for _ in range(2)] == [503, 200]
    assert [(each["matched"], each["fired"]) for each in world.faults.list()] == [(2, 1)]
    world.faults.remove(first)
    assert world.faults.list() == []
    assert len(world.faults.add(preset="flaky", path="/v1/*")) == 3
    world.faults.clear()
    assert world.faults.list() == []


def test_a_fault_is_written_flat() -> None:
    assert fault_request(
        header="X-A: b", delay_ms=(1, 2), start="2026-03-01T00:00:00Z", reset=True, status=None
    ) == {
        "match": {"header": {"name": "X-A", "value": "b"}},
        "schedule": {"from": "2026-03-01T00:00:00Z"},
        "effect": {"delay_ms": [1, 2], "reset": True},
    }
    with pytest.raises(TypeError, match="has no 'operation_id'"):
        fault_request(operation_id="x")


def test_its_journal_is_listed_found_counted_and_cleared(world: MockWorld) -> None:
    ada = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    for _ in range(2):
        world.client.post("/v1/customers", json=ada, headers=world.auth)
    get(world, "/v1/customers?search=ada")
    assert world.requests.count() == 3
    assert world.requests.count(operation="createCustomer", status="4xx") == 1
    assert world.requests.count(status=201) == 1
    assert world.requests.count(query={"search": "ada"}, headers={"x-mock-world": None}) == 1
    pointed = {"/email": "ada@example.com", "/last_name": ...}
    [created] = world.requests.find(body=pointed, status=201)
    assert world.requests.find(body={"/email": "other@example.com"}) == []
    assert created["request"]["body"]["json"] == ada
    world.requests.clear()
    assert world.requests.list() == []


def test_it_is_put_back_to_a_snapshot_to_its_start_and_to_another_seed(world: MockWorld) -> None:
    name = world.snapshot()
    world.client.post(f"{SAMPLE}/cancel", json={"notify_customer": True}, headers=world.auth)
    assert len(world.outbox("cancellation_notice")) == 1 + sum(
        mail["kind"] == "cancellation_notice" for mail in world.admin.get_snapshot(name)["outbox"]
    )
    assert "status" in {change["path"].rpartition("/")[2] for change in world.changes()}
    world.restore(name)
    assert world.changes() == []
    world.clock.advance("P1D")
    world.reset()
    assert world.clock.now.day == 20
    assert world.seed(scenario="empty")["scenario"] == "empty"
    assert world.state("customers") == {"customers": []}


def test_a_refusal_is_an_error_with_a_sentence(world: MockWorld, mock: MockServer) -> None:
    with pytest.raises(Refused, match="There is no snapshot 'nope'") as refused:
        world.restore("nope")
    assert refused.value.status == 404
    with pytest.raises(Refused, match="'advance' must match") as refused:
        world.admin.move_clock(advance="2h")
    assert refused.value.violations[0]["location"] == "body"
    with pytest.raises(Refused) as refused:
        mock.admin.delete_world("default")
    assert refused.value.code == "default_world"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense", "http://[::1", ""])
def test_an_address_without_a_server_is_an_error_with_a_sentence(url: str) -> None:
    with (
        pytest.raises(Unreachable, match=r"No server answers at .*mockserver serve"),
        MockServer(url) as server,
    ):
        server.admin.get_health()


def test_the_address_of_another_server_is_an_error_with_a_sentence() -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        Thread(target=other.handle_request, daemon=True).start()
        with (
            pytest.raises(Unreachable, match=r"is no mockserver: GET /__admin/health .* 501 and"),
            MockServer(f"http://127.0.0.1:{other.server_port}") as server,
        ):
            server.admin.get_health()
