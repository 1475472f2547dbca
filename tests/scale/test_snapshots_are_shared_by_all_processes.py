"""`--snapshots`: what one process saves, every other can read, whole, however many are saving."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.scale.arranged import Scaled, client_of, spread

pytestmark = pytest.mark.xdist_group("scale")


@pytest.fixture
def apart(together: Scaled, client: httpx.Client) -> tuple[str, str]:
    """Two worlds in two processes, each with one customer of its own and a snapshot of that."""
    names = spread("kept")
    for name in names:
        client.get(f"/__admin/clock?world={name}").raise_for_status()
    first, second = (sorted(held & set(names))[0] for held in together.worlds()[:2])
    for name in (first, second):
        client.post(f"/__admin/reset?world={name}").raise_for_status()
        body = {"first_name": "Ann", "last_name": "Bell", "email": f"{name}@example.com"}
        assert client.post(f"/~{name}/v1/customers", json=body).status_code == 201
        client.post(f"/~{name}/__admin/snapshots/{name}").raise_for_status()
        client.post(f"/~{name}/__admin/snapshots/common").raise_for_status()
    return first, second


def emails(client: httpx.Client, world: str, snapshot: str) -> list[str]:
    """The customers in a snapshot once a world has read it from the directory."""
    client.post(f"/~{world}/__admin/snapshots/{snapshot}/read").raise_for_status()
    state = client.get(f"/~{world}/__admin/snapshots/{snapshot}").json()
    return [each["email"] for each in state["customers"]]


def test_what_one_saves_another_reads(client: httpx.Client, apart: tuple[str, str]) -> None:
    first, second = apart
    client.post(f"/~{first}/__admin/snapshots/{first}/save").raise_for_status()
    assert emails(client, second, first) == [f"{first}@example.com"]


def test_two_that_save_under_one_name_leave_one_whole_file(
    together: Scaled, client: httpx.Client, apart: tuple[str, str]
) -> None:
    def save(world: str) -> None:
        with client_of(together.url) as own:
            for _ in range(10):
                own.post(f"/~{world}/__admin/snapshots/common/save").raise_for_status()

    saving = [threading.Thread(target=save, args=(world,)) for world in apart]
    for each in saving:
        each.start()
    whole = [[f"{world}@example.com"] for world in apart]
    while any(each.is_alive() for each in saving):
        answer = client.post(f"/~{apart[0]}-reader/__admin/snapshots/common/read")
        assert answer.status_code in {200, 404}  # 404 until the first one is there
    for each in saving:
        each.join()
    assert emails(client, apart[0], "common") in whole
    assert emails(client, apart[1], "common") == emails(client, apart[0], "common")
