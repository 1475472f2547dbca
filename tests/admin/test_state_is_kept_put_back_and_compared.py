"""Snapshots, state and diff: what a flow changed is seen exactly, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.app import build_server
from mockserver.settings import Settings
from tests.client import OTESSE, Client
from tests.conftest import NOW

SAMPLE = "bk_01HQ3K5M7N8P9R"


def cancel(client: Client) -> None:
    url = f"/v1/bookings/{SAMPLE}/cancel"
    assert client.post(url, headers=OTESSE, json={"notify_customer": False}).status_code == 200


def status(client: Client) -> str:
    return str(client.get(f"/v1/bookings/{SAMPLE}", headers=OTESSE).json()["status"])


def test_a_diff_says_exactly_what_a_flow_changed(client: Client) -> None:
    assert client.post("/__admin/snapshots/before").status_code == 201
    assert client.get("/__admin/diff?from=before").json() == []
    cancel(client)
    patch = client.get("/__admin/diff?from=before").json()
    assert {operation["path"].split("/")[2] for operation in patch} == {SAMPLE}
    changed = {operation["path"].split("/", 3)[3] for operation in patch}
    assert "status" in changed
    assert changed <= {"status", "cancellation", "updated_at", "timeline/1"}
    client.post("/__admin/snapshots/after")
    assert client.get("/__admin/diff?from=before&to=after").json() == patch
    assert client.get("/__admin/diff?from=after").json() == []


def test_a_snapshot_puts_the_world_back_as_often_as_one_likes(client: Client) -> None:
    client.post("/__admin/snapshots/start")
    for _ in range(2):
        cancel(client)
        assert status(client) == "cancelled"
        assert client.post("/__admin/snapshots/start/restore").status_code == 204
        assert status(client) == "confirmed"
    assert [s["name"] for s in client.get("/__admin/snapshots").json()["data"]] == ["start"]
    assert client.delete("/__admin/snapshots/start").status_code == 204
    assert client.post("/__admin/snapshots/start/restore").status_code == 404


def test_a_reset_leaves_the_snapshots(client: Client) -> None:
    cancel(client)
    client.post("/__admin/snapshots/cancelled")
    client.post("/__admin/reset")
    assert status(client) == "confirmed"
    client.post("/__admin/snapshots/cancelled/restore")
    assert status(client) == "cancelled"


def test_state_comes_back_as_it_was_read(client: Client) -> None:
    before = client.get("/__admin/state").json()
    cancel(client)
    assert client.put("/__admin/state", json=before).status_code == 204
    assert client.get("/__admin/state").json() == before
    assert status(client) == "confirmed"


def test_one_collection_can_be_read_and_replaced(client: Client) -> None:
    mails = client.get("/__admin/state?collection=outbox").json()
    assert list(mails) == ["outbox"]
    emptied = client.put("/__admin/state?collection=outbox", json={"outbox": []})
    assert emptied.status_code == 204
    assert client.get("/__admin/outbox").json() == {"data": []}
    assert status(client) == "confirmed"


def test_a_state_that_is_not_sound_is_refused_whole(client: Client) -> None:
    state = client.get("/__admin/state").json()
    state["bookings"][0]["customer_id"] = "cust_NOBODY"
    state["customers"] = state["customers"][:10]
    answer = client.put("/__admin/state", json=state)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_state"
    assert "bookings/0" in answer.text
    assert client.get("/__admin/worlds/default").json()["collections"]["customers"] > 100


def test_snapshots_travel_through_files(tmp_path: Path) -> None:
    server = build_server(Settings(now=NOW, snapshots=tmp_path))
    with Client(server.asgi) as client:
        cancel(client)
        client.post("/__admin/snapshots/cancelled")
        assert client.post("/__admin/snapshots/cancelled/save").status_code == 200
    assert len(list(tmp_path.iterdir())) == 1
    with Client(build_server(Settings(now=NOW, snapshots=tmp_path)).asgi) as client:
        assert client.post("/__admin/snapshots/cancelled/read").status_code == 200
        client.post("/__admin/snapshots/cancelled/restore")
        assert status(client) == "cancelled"
        assert client.post("/__admin/snapshots/nowhere/read").status_code == 404


def test_without_a_directory_files_are_refused_with_the_flag_to_give(client: Client) -> None:
    client.post("/__admin/snapshots/a")
    answer = client.post("/__admin/snapshots/a/save")
    assert answer.status_code == 409
    assert "--snapshots" in answer.json()["detail"]


@pytest.mark.parametrize("seed", [2, 3])
def test_another_seed_grows_another_world(client: Client, seed: int) -> None:
    before = client.get("/__admin/state?collection=customers").json()
    grown = client.post("/__admin/seed", json={"seed": seed, "size": 20}).json()
    assert grown["seed"] == seed
    assert grown["collections"]["customers"] < 40
    assert client.get("/__admin/state?collection=customers").json() != before
    client.post("/__admin/reset")
    assert client.get("/__admin/state?collection=customers").json() == before
