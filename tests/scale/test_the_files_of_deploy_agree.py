"""`deploy/`: one configuration in all places, and ports and names that fit together."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import yaml

from mockserver.settings import Settings, environment_of
from tests.scale.arranged import NGINX, needs_nginx

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONFIGURATION = (DEPLOY / "nginx.conf").read_text()
SERVERS = ["mockserver-0:4010", "mockserver-1:4010", "mockserver-2:4010"]
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KUBERNETES: list[dict[str, Any]] = list(
    yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
)


def one(kind: str, name: str) -> dict[str, Any]:
    (found,) = (k for k in KUBERNETES if k["kind"] == kind and k["metadata"]["name"] == name)
    return found


def pod(kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = one(kind, name)["spec"]["template"]["spec"]
    return found


def test_the_configuration_is_made_from_the_template() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "mockserver.scale", *SERVERS],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stdout == CONFIGURATION, "python -m mockserver.scale … > deploy/nginx.conf"


def test_a_server_that_is_none_is_refused() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "mockserver.scale", "a:1;"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "'a:1;' is no server: write host:port" in ended.stderr


def test_both_rings_have_the_same_servers() -> None:
    assert re.findall(r"^ +server (\S+) max_fails=0;$", CONFIGURATION, re.MULTILINE) == SERVERS * 2


def test_idle_connections_are_closed_by_nginx_first() -> None:
    (kept,) = re.findall(r"keepalive_timeout (\d+)s;", CONFIGURATION)
    assert int(kept) < uvicorn.Config("app").timeout_keep_alive


def test_kubernetes_has_this_configuration_and_a_service_for_each_server() -> None:
    assert one("ConfigMap", "mockserver-front")["data"]["nginx.conf"] == CONFIGURATION
    stateful = one("StatefulSet", "mockserver")["spec"]
    assert stateful["replicas"] == len(SERVERS)
    assert one("Service", stateful["serviceName"])["spec"]["clusterIP"] == "None"
    for server in SERVERS:
        name, port = server.split(":")
        service = one("Service", name)["spec"]
        assert service["selector"] == {"statefulset.kubernetes.io/pod-name": name}
        assert service["ports"] == [{"name": "http", "port": int(port), "targetPort": "http"}]


@pytest.mark.parametrize(
    ("kind", "name"), [("StatefulSet", "mockserver"), ("Deployment", "mockserver-front")]
)
def test_pods_are_probed_and_hold_no_rights(kind: str, name: str) -> None:
    spec = pod(kind, name)
    (container,) = spec["containers"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["enableServiceLinks"] is False  # else MOCKSERVER_PORT would be set to an address
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["readinessProbe"]["httpGet"] == {"path": "/__admin/health", "port": "http"}
    assert "livenessProbe" in container
    assert container["ports"] == [{"name": "http", "containerPort": 4010}]
    volumes = {each["name"] for each in spec["volumes"]}
    assert {each["name"] for each in container["volumeMounts"]} == volumes


def test_compose_has_these_servers_and_mounts_this_configuration() -> None:
    services = dict(COMPOSE["services"])
    nginx = services.pop("front")
    assert [f"{name}:4010" for name in services] == SERVERS
    assert nginx["volumes"] == ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
    assert nginx["ports"] == ["${MOCKSERVER_BIND:-127.0.0.1}:4010:4010"]
    assert list(nginx["depends_on"]) == list(services)
    for service in (nginx, *services.values()):
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]


def test_every_place_listens_on_one_port_and_sets_what_there_is() -> None:
    assert "listen 4010;" in CONFIGURATION
    server = COMPOSE["services"]["mockserver-0"]
    container = pod("StatefulSet", "mockserver")["containers"][0]
    assert server["command"] == container["args"]
    assert server["command"][-4:] == ["--port", "4010", "--snapshots", "/snapshots"]
    assert server["image"] == container["image"] == "mockserver:latest"
    known = {environment_of(name) for name in Settings.__dataclass_fields__}
    assert set(server["environment"]) <= known
    assert {each["name"] for each in container["env"]} <= known


@needs_nginx
@pytest.mark.parametrize("listed", [SERVERS, SERVERS[:1]])
def test_nginx_takes_the_configuration(tmp_path: Path, listed: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = CONFIGURATION
    for server in set(SERVERS) - set(listed):
        text = text.replace(f"        server {server} max_fails=0;\n", "")
    text = re.sub(r"mockserver-\d:", "127.0.0.1:", text)
    text = text.replace("listen 4010", f"listen 127.0.0.1:{port}").replace("/tmp", str(tmp_path))
    path = tmp_path / "nginx.conf"
    path.write_text(text)
    ended = subprocess.run(
        [NGINX, "-e", "stderr", "-t", "-c", str(path)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "[warn]" not in ended.stderr
