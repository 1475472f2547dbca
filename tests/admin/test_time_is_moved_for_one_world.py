"""The clock: time is stopped, set and moved, and moves what time moves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mockserver.app import Server
from tests.client import OTESSE, Client

SAMPLE = "bk_01HQ3K5M7N8P9R"


def booking(client: Client, world: str = "default") -> dict[str, object]:
    headers = {**OTESSE, "X-Mock-World": world}
    found: dict[str, object] = client.get(f"/v1/bookings/{SAMPLE}", headers=headers).json()
    return found


def test_a_booking_starts_completes_is_invoiced_and_falls_overdue(client: Client) -> None:
    def after(advance: str) -> list[object]:
        client.patch("/__admin/clock", json={"advance": advance})
        found = booking(client)
        invoices = client.get("/v1/invoices?customer_id=cust_01HQ3K5M7N", headers=OTESSE).json()
        own = [i["status"] for i in invoices["data"] if i["booking_id"] == SAMPLE]
        return [found["status"], own]

    client.put("/__admin/clock", json={"now": "2026-02-26T09:59:59Z"})
    assert booking(client)["status"] == "confirmed"
    assert after("PT1S") == ["in_progress", ["paid"]]
    assert after("PT2H") == ["completed", ["pending", "paid"]]
    assert after("P14D") == ["completed", ["pending", "paid"]]
    assert after("P1D") == ["completed", ["overdue", "paid"]]


@pytest.mark.parametrize(
    ("now", "fee"), [("2026-02-25T10:00:00Z", 0), ("2026-02-25T10:00:01Z", 8138)]
)
def test_a_cancellation_fee_begins(client: Client, now: str, fee: int) -> None:
    client.put("/__admin/clock", json={"now": now})
    cancelled = client.post(f"/v1/bookings/{SAMPLE}/cancel", headers=OTESSE).json()
    assert cancelled["cancellation_fee"] == fee


def test_a_rate_window_reopens(client: Client) -> None:
    left = [client.get("/v1/customers", headers=OTESSE).headers["X-RateLimit-Remaining"]]
    left.append(client.get("/v1/customers", headers=OTESSE).headers["X-RateLimit-Remaining"])
    client.patch("/__admin/clock", json={"advance": "PT1M"})
    left.append(client.get("/v1/customers", headers=OTESSE).headers["X-RateLimit-Remaining"])
    assert left == ["99", "98", "99"]


def test_time_is_told_set_stopped_and_let_run(client: Client) -> None:
    stopped = {"now": "2026-02-20T15:00:00Z", "running": False, "happened": 0}
    assert client.get("/__admin/clock").json() == stopped
    running = client.put("/__admin/clock", json={"now": "2027-01-01T00:00:00Z", "running": True})
    assert running.json()["running"] is True
    assert running.json()["now"].startswith("2027-01-01T00:00:0")
    assert running.json()["happened"] > 100
    assert client.patch("/__admin/clock", json={"running": False}).json()["running"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"advance": "2h"}, 400), ({"advance": "P"}, 400), ({"advance": "P1Y"}, 400),
     ({"advance": "P9999W"}, 200), ({"running": "yes"}, 400)],
)  # fmt: skip
def test_what_is_no_change_of_time_is_refused(
    client: Client, body: dict[str, object], status: int
) -> None:
    assert client.patch("/__admin/clock", json=body).status_code == status


def test_time_ends_with_the_calendar(client: Client) -> None:
    client.put("/__admin/clock", json={"now": "9998-12-31T00:00:00Z"})
    answer = client.patch("/__admin/clock", json={"advance": "P1W"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "end_of_calendar"


def test_time_moved_in_one_world_stands_still_in_the_others(client: Client) -> None:
    client.patch("/__admin/clock?world=later", json={"advance": "P30D"})
    assert booking(client, "later")["status"] == "completed"
    assert booking(client)["status"] == booking(client, "other")["status"] == "confirmed"


def test_what_became_due_is_told_by_the_admin_api_too(client: Client, server: Server) -> None:
    before = client.get("/__admin/worlds/default").json()["collections"]["invoices"]
    server.worlds.default.world.clock.advance(timedelta(days=10))
    client.get("/__admin/outbox")
    after = client.get("/__admin/worlds/default").json()["collections"]["invoices"]
    assert after > before
