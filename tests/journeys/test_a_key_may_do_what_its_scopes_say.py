"""1.3, C.1, D.1: who is let in, and what for, when a file lists credentials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW

SCOPES = ("bookings:read", "bookings:write", "customers:read", "customers:write", "invoices:read",
          "invoices:write", "services:read", "webhooks:manage")  # fmt: skip
JOHN, BOOKING, INVOICE = "cust_01HQ3K5M7N", "bk_01HQ3K5M7N8P9R", "inv_01HQ3K5M7N"
OPERATIONS = [
    ("GET", "/v1/customers", "customers:read"),
    ("POST", "/v1/customers", "customers:write"),
    ("GET", f"/v1/customers/{JOHN}", "customers:read"),
    ("PATCH", f"/v1/customers/{JOHN}", "customers:write"),
    ("POST", f"/v1/customers/{JOHN}/addresses", "customers:write"),
    ("GET", f"/v1/customers/{JOHN}/bookings", "bookings:read"),
    ("GET", f"/v1/customers/{JOHN}/invoices", "invoices:read"),
    ("GET", "/v1/bookings", "bookings:read"),
    ("POST", "/v1/bookings", "bookings:write"),
    ("GET", f"/v1/bookings/{BOOKING}", "bookings:read"),
    ("PATCH", f"/v1/bookings/{BOOKING}", "bookings:write"),
    ("POST", f"/v1/bookings/{BOOKING}/cancel", "bookings:write"),
    ("GET", "/v1/invoices", "invoices:read"),
    ("POST", "/v1/invoices", "invoices:write"),
    ("GET", f"/v1/invoices/{INVOICE}", "invoices:read"),
    ("POST", f"/v1/invoices/{INVOICE}/void", "invoices:write"),
]
MERCHANT, LEADS = "/api/v1/merchant/customers", "/leads/v1/customers/search"


def key_without(scope: str) -> str:
    return f"otesse_live_sk_all8but{scope.replace(':', '8')}"


def key_of(scope: str) -> str:
    return f"otesse_live_sk_only8{scope.replace(':', '8')}"


def listed() -> str:
    """A credentials file: per scope a key that has only it, and one that lacks only it."""
    lines = ["credentials:"]
    for scope in SCOPES:
        others = ", ".join(f"'{other}'" for other in SCOPES if other != scope)
        lines += [f"  {key_of(scope)}: {{scopes: ['{scope}']}}"]
        lines += [f"  {key_without(scope)}: {{scopes: [{others}]}}"]
    for state in ("invalid", "expired", "revoked", "forbidden"):
        lines += [f"  otesse_live_sk_state{state[:2]}: {{state: {state}}}"]
        lines += [f"  opaque-{state[:2]}: {{state: {state}}}"]
    lines += ["  oauth-access-token: {scopes: ['bookings:read']}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Server:
    path = tmp_path_factory.mktemp("credentials") / "credentials.yaml"
    path.write_text(listed())
    return build_server(Settings(now=NOW, scenario="documented", credentials=path))


@pytest.fixture
def client(guarded: Server) -> Iterator[Client]:
    guarded.worlds.reset()
    with Client(guarded.asgi) as client:
        yield client


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that takes nothing but what is listed."""
    path: Path = tmp_path_factory.mktemp("closed") / "credentials.yaml"
    path.write_text(
        "credentials: {otesse_live_sk_known: {}, known: {}}\n"
        "only_listed: [otesse, merchant, leads]\n"
    )
    return build_server(Settings(now=NOW, scenario="empty", credentials=path))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def send(client: Client, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    more: dict[str, Any] = {} if method == "GET" else {"json": {}}
    return client.request(method, path, headers=headers, **more)


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_a_key_without_the_scope_is_told_which(
    client: Client, method: str, path: str, scope: str, header: str
) -> None:
    """1.3: 403 `insufficient_scope`, the message names the scope."""
    key = key_without(scope)
    headers = bearer(key) if header == "Authorization" else {header: key}
    answer = send(client, method, path, headers)
    assert answer.status_code == 403
    assert answer.json() == {
        "error": {
            "type": "authorization_error",
            "message": f"This API key does not have the '{scope}' scope.",
            "code": "insufficient_scope",
            "doc_url": "https://docs.otesse.com/api/errors#insufficient_scope",
        }
    }
    assert "X-RateLimit-Remaining" in answer.headers


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
def test_a_key_with_that_scope_alone_is_enough(
    client: Client, method: str, path: str, scope: str
) -> None:
    """1.3: the scope of the table, and no other, opens the operation."""
    assert send(client, method, path, bearer(key_of(scope))).status_code not in (401, 403)


def test_a_refused_call_changes_nothing(client: Client) -> None:
    """1.3: no write behind a 403."""
    key = bearer(key_without("bookings:write"))
    assert send(client, "POST", f"/v1/bookings/{BOOKING}/cancel", key).status_code == 403
    full = client.get(f"/v1/bookings/{BOOKING}", headers=bearer(key_of("bookings:read"))).json()
    assert full["status"] == "confirmed"


@pytest.mark.parametrize(
    ("state", "word"), [("invalid", "invalid"), ("expired", "expired"), ("revoked", "revoked")]
)
@pytest.mark.parametrize(("method", "path", "_scope"), OPERATIONS)
def test_a_key_that_is_no_good_any_more_is_a_401(
    client: Client, method: str, path: str, _scope: str, state: str, word: str
) -> None:
    """1.3, 1.4: `authentication_error`, `invalid_api_key`."""
    answer = send(client, method, path, bearer(f"otesse_live_sk_state{state[:2]}"))
    assert answer.status_code == 401
    error = answer.json()["error"]
    assert (error["type"], error["code"]) == ("authentication_error", "invalid_api_key")
    assert word in error["message"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_access_token_of_a_user_is_taken_when_it_is_listed(client: Client) -> None:
    """1.3: OAuth tokens have no documented form; with their scopes, like keys."""
    token = bearer("oauth-access-token")
    assert client.get("/v1/bookings", headers=token).status_code == 200
    answer = client.get("/v1/customers", headers=token)
    assert answer.status_code == 403
    assert "'customers:read'" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "otesse_live_sk_abc"},
        {"Authorization": "Basic otesse_live_sk_abc"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer erp_live_0123456789abcdefghijABCDEFGHIJ0123456789"},
        {"Authorization": "Bearer otesse_live_sk_"},
        {"X-API-Key": "erp_live_0123456789"},
        {"X-API-Key": ""},
        {"Cookie": "session_token=abc"},
    ],
    ids=str,
)
def test_a_credential_of_another_form_is_a_401(client: Client, headers: dict[str, str]) -> None:
    """1.3, Part 5 item 3: `otesse_(live|test)_sk_…` and nothing else."""
    answer = client.get("/v1/customers", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer otesse_live_sk_4eC39HqLyjWDarjt"},
        {"Authorization": "Bearer otesse_test_sk_4eC39HqLyjWDarjt"},
        {"Authorization": "bearer otesse_test_sk_4eC39HqLyjWDarjt"},
        {"X-API-Key": "otesse_live_sk_4eC39HqLyjWDarjt"},
        {"X-API-Key": "otesse_test_sk_4eC39HqLyjWDarjt"},
    ],
    ids=str,
)
@pytest.mark.parametrize(("method", "path", "_scope"), OPERATIONS[::5])
def test_a_well_formed_key_may_do_everything(
    client: Client, method: str, path: str, _scope: str, headers: dict[str, str]
) -> None:
    """1.3: live or test, in either header, with all scopes by default."""
    assert send(client, method, path, headers).status_code not in (401, 403)


def test_authorization_goes_before_the_key_header(client: Client) -> None:
    """1.3: when both are sent."""
    good, bad = key_of("customers:read"), "otesse_live_sk_stateex"
    both = {"Authorization": f"Bearer {good}", "X-API-Key": bad}
    assert client.get("/v1/customers", headers=both).status_code == 200
    both = {"Authorization": f"Bearer {bad}", "X-API-Key": good}
    assert client.get("/v1/customers", headers=both).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session_token=abc"},
        {"Cookie": "jwt-access=a.b.c; jwt-refresh=d.e.f"},
        {"Authorization": "Bearer a.b.c"},
    ],
    ids=str,
)
def test_the_merchant_takes_cookies_and_a_bearer_token(
    client: Client, headers: dict[str, str]
) -> None:
    """C.1, Part 5 item 20: three forms."""
    assert client.get(MERCHANT, headers=headers).status_code == 200


@pytest.mark.parametrize("state", ["invalid", "expired", "revoked"])
@pytest.mark.parametrize("form", ["session_token", "jwt-access", "bearer"])
def test_a_session_that_is_no_good_is_a_401(client: Client, state: str, form: str) -> None:
    """C.1: the documented text."""
    value = f"opaque-{state[:2]}"
    headers = bearer(value) if form == "bearer" else {"Cookie": f"{form}={value}"}
    for each in (headers, {}):
        answer = client.get(MERCHANT, headers=each)
        assert answer.status_code == 401
        assert answer.json() == {"error": {"message": "authentication required"}}


def test_a_role_that_may_not_is_a_403_in_the_merchant_family(client: Client) -> None:
    """C.1, Part 5 item 22."""
    answer = client.get(MERCHANT, headers={"Cookie": "session_token=opaque-fo"})
    assert answer.status_code == 403
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["message"]


@pytest.mark.parametrize("headers", [{}, *map(bearer, ("opaque-in", "opaque-ex", "opaque-fo"))])
def test_leads_answer_401_and_nothing_else(client: Client, headers: dict[str, str]) -> None:
    """D.1: the outer shape of every error, with no fields; S4 documents no 403."""
    answer = client.get(LEADS, headers=headers)
    assert answer.status_code == 401
    body = answer.json()
    assert (body["code"], body["errors"]) == ("UNAUTHORIZED", [])
    assert set(body) == {"code", "message", "errors", "requestId"}


def test_leads_take_any_bearer_token(client: Client) -> None:
    """D.1."""
    assert client.get(LEADS, headers=bearer("anything")).status_code == 204


@pytest.mark.parametrize(
    ("path", "known", "unknown"),
    [
        ("/v1/customers", bearer("otesse_live_sk_known"), bearer("otesse_live_sk_other")),
        (MERCHANT, {"Cookie": "session_token=known"}, {"Cookie": "session_token=other"}),
        (LEADS, bearer("known"), bearer("other")),
    ],
)
def test_a_closed_family_takes_only_what_is_listed(
    closed: Server, path: str, known: dict[str, str], unknown: dict[str, str]
) -> None:
    """1.3, C.1, D.1: settings may list the valid ones."""
    with Client(closed.asgi) as client:
        assert client.get(path, headers=known).status_code in (200, 204)
        assert client.get(path, headers=unknown).status_code == 401
