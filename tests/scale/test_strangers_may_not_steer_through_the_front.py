"""Behind nginx everybody looks as if on this machine; nobody else may steer for all that."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from mockserver.background import background_server
from mockserver.scale import Arrangement
from mockserver.settings import Settings
from tests.conftest import NOW
from tests.scale.arranged import Scaled, Stub, front, get, needs_nginx

pytestmark = pytest.mark.xdist_group("scale")

STRANGER = "203.0.113.7"
SPELLINGS = ["/__admin/clock", "/~a/__admin/clock", "/%5F_admin/clock", "/__ADMIN/clock",
             "/x/..//__admin/clock", "/__admin/worlds/../clock", "/__admin"]  # fmt: skip


def own_address() -> str:
    """An address of this machine that is not loopback; empty when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((STRANGER, 9))  # sends nothing
        except OSError:
            return ""
        found: str = asked.getsockname()[0]
    return "" if found.startswith("127.") else found


@pytest.mark.parametrize("path", SPELLINGS)
@pytest.mark.parametrize("said", [STRANGER, f"127.0.0.1, {STRANGER}", f"{STRANGER}, 127.0.0.1"])
def test_not_for_somebody_else_by_way_of_this_machine(
    together: Scaled, path: str, said: str
) -> None:
    answer = get(f"{together.url}{path}", headers={"X-Forwarded-For": said})
    assert answer.status_code == 403, answer.text


def test_this_machine_may_but_not_by_a_rebound_name(together: Scaled) -> None:
    url = f"{together.url}/__admin/clock"
    assert get(url).status_code == 200
    assert get(url, headers={"Host": "evil.example"}).status_code == 403
    assert get(url, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200


def test_the_journal_of_this_machine_is_as_without_nginx(
    together: Scaled, client: httpx.Client
) -> None:
    client.get("/~noted/v1/customers")
    (noted,) = client.get("/~noted/__admin/requests").json()["data"]
    assert "x-forwarded-for" not in str(noted).lower()


@needs_nginx
@pytest.mark.skipif(not own_address(), reason="this machine has no address but loopback")
def test_nothing_to_steer_with_comes_through_from_another_address(tmp_path: Path) -> None:
    stub = Stub("reached")
    with front(tmp_path, [stub.address], host="0.0.0.0", stranger_steers=False) as url:
        stranger = url.replace("0.0.0.0", own_address())
        for path in SPELLINGS:
            for said in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
                assert get(f"{stranger}{path}", headers=said).status_code == 403
        assert stub.requests == []
        for path in ("/__admin/health", "/v1/customers?search=__admin"):
            assert get(f"{stranger}{path}").text == "reached"
            assert get(f"{url.replace('0.0.0.0', '127.0.0.1')}/__admin/clock").text == "reached"
    stub.close()


@needs_nginx
def test_with_a_token_whoever_holds_it_may(tmp_path: Path) -> None:
    settings = Settings(now=NOW, scenario="empty", admin_token="secret")
    with background_server(settings) as server:
        address = server.removeprefix("http://")
        with front(tmp_path, [address], stranger_steers=True) as url:
            from_elsewhere = {"X-Forwarded-For": STRANGER}
            holding = {**from_elsewhere, "Authorization": "Bearer secret"}
            assert get(f"{url}/__admin/clock", from_elsewhere).status_code == 401
            assert get(f"{url}/__admin/clock", holding).status_code == 200
            assert get(f"{url}/__admin/clock").status_code == 401


@pytest.mark.parametrize(("token", "steers"), [("", False), ("secret", True)])
def test_nginx_leaves_it_to_the_servers_only_if_they_ask_for_a_token(
    tmp_path: Path, token: str, steers: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings = Settings(admin_token=token, host="0.0.0.0", workers=2)
        arrangement = Arrangement.of(settings, "nginx", listening)
        assert arrangement.front(tmp_path, []).stranger_steers is steers
