"""Where the leads family is mounted is a setting (domain 0.3)."""

from __future__ import annotations

import pytest

from mockserver.app import build_server
from mockserver.errors import SetupError
from mockserver.settings import Settings
from tests.client import LEADS, Client
from tests.conftest import NOW


def test_its_paths_and_its_words_move_with_it() -> None:
    server = build_server(Settings(now=NOW, leads_prefix="/fieldedge/api"))
    with Client(server.asgi) as client:
        found = client.get("/fieldedge/api/v1/customers/search?email=acme", headers=LEADS)
        assert found.status_code == 200
        assert client.get("/fieldedge/api/v1/nothing").json()["code"] == "NOT_FOUND"
        assert client.get("/leads/v1/customers/search", headers=LEADS).status_code == 404
        assert "/fieldedge/api/v1/customers" in client.get("/openapi.json").json()["paths"]


@pytest.mark.parametrize("prefix", ["", "leads", "/", "/a b", "/a/", "/{x}"])
def test_what_is_no_path_is_refused(prefix: str) -> None:
    with pytest.raises(SetupError, match="is no path such as /leads"):
        build_server(Settings(now=NOW, leads_prefix=prefix))


def test_a_mount_that_hides_a_path_of_ours_is_refused() -> None:
    with pytest.raises(SetupError, match="collides"):
        build_server(Settings(now=NOW, leads_prefix="/__admin"))
