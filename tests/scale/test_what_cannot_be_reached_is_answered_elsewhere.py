"""Who cannot be reached is passed over by the front of containers; nothing is sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from mockserver.background import background_server
from mockserver.settings import Settings
from tests.conftest import NOW
from tests.scale.arranged import Stub, client_of, front, needs_nginx, spread, worlds_of

pytestmark = [pytest.mark.xdist_group("scale"), needs_nginx]

NAMES = spread("world")


class Scene:
    """Three stand-ins behind nginx."""

    def __init__(self, stubs: dict[str, Stub], client: httpx.Client) -> None:
        self.stubs = stubs
        self.client = client

    def home(self, name: str) -> str:
        """Who answers for a world."""
        return self.client.get(f"/~{name}/x").text

    def of(self, home: str) -> str:
        """A world whose requests some server answers."""
        return next(name for name in NAMES if self.home(name) == home)

    def sent(self, path: str) -> list[tuple[str, str]]:
        """Which server got which method, of the requests for a path."""
        return [(n, r[0]) for n, stub in self.stubs.items() for r in stub.requests if r[1] == path]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """nginx and three stand-ins: a, b and c."""
    with ExitStack() as stack:
        stubs = {name: Stub(name) for name in "abc"}
        for stub in stubs.values():
            stack.callback(stub.close)
        url = stack.enter_context(front(tmp_path, [stub.address for stub in stubs.values()]))
        yield Scene(stubs, stack.enter_context(client_of(url)))


def test_others_keep_their_worlds_and_those_of_the_lost_one_stay_together(scene: Scene) -> None:
    before = {name: scene.home(name) for name in NAMES}
    assert set(before.values()) == {"a", "b", "c"}
    scene.stubs["a"].close()
    for _ in range(2):
        after = {name: scene.home(name) for name in NAMES}
        assert {n: h for n, h in before.items() if h != "a"}.items() <= after.items()
        assert {after[n] for n, h in before.items() if h == "a"} == {"b", "c"}


def test_a_body_arrives_whole_and_once(scene: Scene) -> None:
    name = scene.of("a")
    scene.stubs["a"].close()
    body = b"x" * 1_000_000
    answer = scene.client.post(f"/~{name}/whole", content=body)
    assert answer.status_code == 200
    got = [r for stub in scene.stubs.values() for r in stub.requests if r[1].endswith("/whole")]
    assert got == [("POST", f"/~{name}/whole", body)]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("lost", [[], ["a"]])
def test_what_was_sent_is_never_sent_again(scene: Scene, method: str, lost: list[str]) -> None:
    name = scene.of("a")
    for each in lost:
        scene.stubs[each].close()
    home = scene.home(name)
    scene.stubs[home].hangs_up = True
    for _ in range(2):  # a kept connection, then a new one
        with pytest.raises(httpx.RemoteProtocolError):
            scene.client.request(method, f"/~{name}/once")
    assert scene.sent(f"/~{name}/once") == [(home, method)] * 2
    scene.stubs[home].hangs_up = False
    assert scene.home(name) == home  # whoever hangs up is not taken for lost


def test_two_may_be_lost_and_with_all_lost_it_says_so(scene: Scene) -> None:
    scene.stubs["a"].close()
    scene.stubs["b"].close()
    assert {scene.home(name) for name in NAMES} == {"c"}
    scene.stubs["c"].close()
    answer = scene.client.get("/v1/customers")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["status"] == 503


def test_a_snapshot_brings_a_lost_world_back_elsewhere(tmp_path: Path) -> None:
    settings = Settings(now=NOW, scenario="empty", snapshots=tmp_path / "snapshots")
    with ExitStack() as stack:
        lives = [stack.enter_context(ExitStack()) for _ in range(2)]
        urls = [life.enter_context(background_server(settings)) for life in lives]
        url = stack.enter_context(front(tmp_path, [u.removeprefix("http://") for u in urls]))
        client = stack.enter_context(client_of(url))
        body = {"first_name": "Ann", "last_name": "Bell", "email": "ann@example.com"}
        made = client.post("/~alice/v1/customers", json=body).json()
        client.post("/~alice/__admin/snapshots/kept").raise_for_status()
        client.post("/~alice/__admin/snapshots/kept/save").raise_for_status()
        home = next(n for n, each in enumerate(urls) if "alice" in worlds_of(each))

        lives[home].close()

        assert client.get(f"/~alice/v1/customers/{made['id']}").status_code == 404
        client.post("/~alice/__admin/snapshots/kept/read").raise_for_status()
        client.post("/~alice/__admin/snapshots/kept/restore").raise_for_status()
        assert client.get(f"/~alice/v1/customers/{made['id']}").json() == made
        other = client.post("/~alice/v1/customers", json={**body, "email": "bob@example.com"})
        assert other.json()["id"] != made["id"]
