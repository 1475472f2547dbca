"""The files of the inspector: for whom, with what forbidden, and what they may ask for."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from mockserver.app import Server, build_server
from mockserver.inspector import PAGE
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW

FILES = {path.name: path.read_text() for path in sorted(PAGE.iterdir())}
SCRIPTS = {name: text for name, text in FILES.items() if name.endswith(".js")}
ADMIN: dict[str, Any] = yaml.safe_load((PAGE.parents[1] / "admin" / "openapi.yaml").read_text())
CONTRACT: dict[str, Any] = yaml.safe_load((PAGE.parents[2] / "openapi.yaml").read_text())
LOCAL = ("127.0.0.1", 4010)


def test_every_file_has_its_type_and_forbids_what_it_does_not_need(client: Client) -> None:
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg"}
    for name, text in FILES.items():
        answer = client.get(f"/__admin/ui/{name}")
        assert answer.status_code == 200
        assert answer.text == text
        assert answer.headers["content-type"].startswith(types[name.rpartition(".")[2]])
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_known_file_is_not_sent_again(client: Client) -> None:
    first = client.get("/__admin/ui")
    again = client.get("/__admin/ui", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    head = client.request("HEAD", "/__admin/ui")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("prefix", ["", "/~alice"])
def test_the_page_is_there_below_a_world_and_with_a_slash(client: Client, prefix: str) -> None:
    assert client.get(f"{prefix}/__admin/ui").text == FILES["index.html"]
    moved = client.get(f"{prefix}/__admin/ui/")
    assert (moved.status_code, moved.headers["location"]) == (307, f"{prefix}/__admin/ui")
    assert client.get(f"{prefix}/__admin/ui/app.js").text == FILES["app.js"]


@pytest.mark.parametrize(
    "path", ["/__admin/ui/nothing.js", "/__admin/ui/../app.py", "/__admin/ui/%2e%2e/__init__.py"]
)
def test_nothing_else_is_a_file_of_it(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_it_is_only_read(client: Client) -> None:
    refused = client.post("/__admin/ui")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_looking_leaves_no_trace_in_the_journal(client: Client) -> None:
    client.get("/__admin/ui")
    assert client.get("/__admin/requests").json() == {"data": [], "total": 0}


def test_a_rebound_name_gets_no_page(client: Client) -> None:
    refused = client.get("/__admin/ui", headers={"Host": "evil.example"})
    assert refused.status_code == 403


def test_with_a_token_the_page_comes_without_it_and_the_data_does_not() -> None:
    server: Server = build_server(Settings(now=NOW, scenario="empty", admin_token="secret"))
    with Client(server.asgi) as client:
        assert client.get("/__admin/ui").status_code == 200
        assert client.get("/__admin/version").status_code == 401


def test_no_file_leads_outside() -> None:
    for name, text in FILES.items():
        addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'`]*", text))
        assert addresses <= {"http://www.w3.org/2000/svg"}, name


def test_no_file_makes_markup_or_code_of_data() -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
    )
    for name, text in FILES.items():
        assert not re.search(forbidden, text), name
        assert not re.search(r"<script(?! type=\"module\" src=)|\sstyle=|\son\w+=", text), name


def test_every_import_and_link_is_a_file_of_the_page() -> None:
    named = {file for text in SCRIPTS.values() for file in re.findall(r'from "\./([\w.]+)"', text)}
    named |= set(re.findall(r'"ui/([\w.]+)"', FILES["index.html"]))
    assert named == FILES.keys() - {"index.html"}


def operations() -> dict[str, tuple[str, str, bool]]:
    """The operations of the admin API: method, path, and whether they take `?world=`."""
    return {
        operation["operationId"]: (method.upper(), path, _takes_world(item))
        for path, item in ADMIN["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


def _takes_world(item: dict[str, Any]) -> bool:
    return {"$ref": "#/components/parameters/World"} in item.get("parameters", [])


def test_every_call_is_an_operation_of_the_admin_api() -> None:
    calls = re.findall(
        r'^  (\w+): (inWorld|atServer)\("([A-Z]+)", "(/[^"]*)"\),$', FILES["api.js"], re.M
    )
    assert len(calls) >= 20
    known = operations()
    for name, scope, method, path in calls:
        assert known[name][:2] == (method, path)
        assert scope == "atServer" or known[name][2], f"{name} takes no world"
    used = {
        name for text in SCRIPTS.values() for name in re.findall(r"\bapi\.([a-z]+[A-Z]\w+)", text)
    }
    assert used == {name for name, *_ in calls}
    assert FILES["api.js"].count("fetch(") == 1
    assert not any("fetch(" in text for name, text in SCRIPTS.items() if name != "api.js")


def test_it_knows_nothing_of_this_contract() -> None:
    """But for the outbox, which the admin API has for every contract."""
    state = ADMIN["components"]["schemas"]["WorldState"]["properties"]
    collections = state.keys() - {"meta", "outbox"}
    ids = {o["operationId"] for i in CONTRACT["paths"].values() for o in i.values() if "tags" in o}
    for name, text in SCRIPTS.items():
        found = {word for word in collections | ids if re.search(rf"\b{word}\b", text)}
        assert found == set(), name


def test_the_page_is_small_and_its_files_short() -> None:
    assert sum(len(text) for text in FILES.values()) < 150_000
    assert {name for name, text in FILES.items() if len(text.splitlines()) > 400} == set()
