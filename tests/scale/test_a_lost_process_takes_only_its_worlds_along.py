"""`--workers`: a process that is killed is replaced; only the worlds that it held begin anew."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.scale.arranged import (
    PATIENCE_S,
    Scaled,
    get,
    needs_nginx,
    processes,
    spread,
    stand_ins,
    until,
)

pytestmark = pytest.mark.xdist_group("scale")

NAMES = spread("lost")


def customers(client: httpx.Client, name: str) -> list[str]:
    state = client.get(f"/__admin/state?collection=customers&world={name}")
    assert state.status_code == 200
    return [each["email"] for each in state.json()["customers"]]


def fill(client: httpx.Client, name: str) -> None:
    body = {"first_name": "Ann", "last_name": "Bell", "email": f"{name}@example.com"}
    assert client.post(f"/~{name}/v1/customers", json=body).status_code == 201


def killed(server: Scaled) -> int:
    """Kill one of the processes as the system would; which one it was, by its number."""
    said = len(server.complaints)
    os.kill(server.workers()[0], signal.SIGKILL)
    until(lambda: len(server.complaints) > said, "that it says what happened")
    message = server.complaints[-1]
    assert message.startswith("mockserver: process "), message
    assert "of 3 ended (signal 9); another takes its place, and its worlds begin anew." in message
    return int(message.split()[2]) - 1


def test_its_worlds_are_lost_no_other_and_a_snapshot_brings_one_back(
    together: Scaled, client: httpx.Client
) -> None:
    for name in NAMES:
        fill(client, name)
        client.post(f"/__admin/snapshots/{name}?world={name}").raise_for_status()
        client.post(f"/__admin/snapshots/{name}/save?world={name}").raise_for_status()
    held = [worlds & set(NAMES) for worlds in together.worlds()]

    lost = held[killed(together)]

    assert lost
    assert lost != set(NAMES)
    for name in NAMES:
        assert customers(client, name) == ([] if name in lost else [f"{name}@example.com"])
    for name in lost:
        client.post(f"/__admin/snapshots/{name}/read?world={name}").raise_for_status()
        client.post(f"/__admin/snapshots/{name}/restore?world={name}").raise_for_status()
    assert all(customers(client, name) == [f"{name}@example.com"] for name in NAMES)
    assert [worlds & set(NAMES) for worlds in together.worlds()] == held


@needs_nginx
def test_another_takes_its_place_at_once(tmp_path: Path) -> None:
    with stand_ins(tmp_path, workers=3) as server:
        before = set(server.workers())
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(server.complaints) == 3, "that it says what happened")
        answers = {get(f"{server.url}/~{name}/x").text for name in NAMES}
        assert answers == {str(pid) for pid in server.workers()}
        assert not before & set(server.workers())


@needs_nginx
def test_processes_that_die_again_and_again_end_it_with_a_reason(tmp_path: Path) -> None:
    with stand_ins(tmp_path) as server:
        while server.process.poll() is None:
            for pid in server.workers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        assert server.process.returncode == 1
        until(lambda: "Stopping" in server.complaints[-1], "why it ended")
        assert "processes ended 10 times within 60 s (signal 9)" in server.complaints[-1]
        assert list(tmp_path.iterdir()) == []


@needs_nginx
def test_nginx_that_dies_ends_it_with_a_reason(tmp_path: Path) -> None:
    with stand_ins(tmp_path) as server:
        (pid_file,) = tmp_path.glob("*/nginx.pid")
        group = server.group()
        os.kill(int(pid_file.read_text()), signal.SIGKILL)
        assert server.process.wait(PATIENCE_S) == 1
        until(lambda: server.complaints, "why it ended")
        assert "nginx ended (signal 9)" in server.complaints[-1]
        until(lambda: not group.keys() & processes().keys(), "that all of nginx is gone")
        assert list(tmp_path.iterdir()) == []
