"""Ruling 3: field style, envelope, statuses and errors of a family, for every kind of refusal."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.client import LEADS, MERCHANT, OTESSE, Client

CUSTOMERS, BOOKINGS = "/v1/customers", "/v1/bookings"
MERCHANT_CUSTOMERS, LEADS_CUSTOMERS = "/api/v1/merchant/customers", "/leads/v1/customers"
UUID = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
AUTH = {"/v1": OTESSE, "/api": MERCHANT, "/leads": LEADS}
FAMILIES = [CUSTOMERS, BOOKINGS, MERCHANT_CUSTOMERS, LEADS_CUSTOMERS]
JSON_TYPE = {"Content-Type": "application/json"}
TOO_LARGE = b'{"note": "' + b"x" * (1 << 20) + b'"}'


def auth_of(path: str) -> dict[str, str]:
    return next(auth for prefix, auth in AUTH.items() if path.startswith(prefix))


def assert_dialect(path: str, answer: httpx.Response) -> None:
    """The outer shape of an error in the family of a path, and no other's."""
    body: Any = answer.json()
    assert answer.headers["Content-Type"] == "application/json"
    if path.startswith("/v1"):
        assert list(body) == ["error"]
        assert {"type", "message", "code", "doc_url"} <= set(body["error"])
        assert set(body["error"]) <= {"type", "message", "code", "doc_url", "param"}
    elif path.startswith("/api"):
        assert list(body) == ["error"]
        assert list(body["error"]) == ["message"]
    else:
        assert list(body) == ["code", "message", "errors", "requestId"]
        assert bool(body["errors"]) == (answer.status_code == 400)


@pytest.fixture(params=FAMILIES)
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_400_and_401(client: Client, path: str) -> None:
    """Ruling 3."""
    for headers, status in ((auth_of(path), 400), ({}, 401)):
        answer = client.post(path, headers=headers, json={})
        assert answer.status_code == status
        assert_dialect(path, answer)


def test_404_of_a_path_nobody_serves(client: Client, path: str) -> None:
    """Ruling 3: `/v1`, the merchant's and the leads' unknown paths."""
    prefix = path.removesuffix("/customers").removesuffix("/bookings")
    answer = client.get(f"{prefix}/nothing", headers=auth_of(path))
    assert answer.status_code == 404
    assert_dialect(path, answer)


def test_405_with_every_method_the_path_has(client: Client, path: str) -> None:
    """Ruling 3, D.4.5."""
    answer = client.request("DELETE", path, headers=auth_of(path))
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert_dialect(path, answer)


def test_413_of_a_body_over_one_mebibyte(client: Client, path: str) -> None:
    """Ruling 3."""
    answer = client.post(path, headers=auth_of(path) | JSON_TYPE, content=TOO_LARGE)
    assert answer.status_code == 413
    assert_dialect(path, answer)


def test_415_of_another_media_type(client: Client, path: str) -> None:
    """Ruling 3, C.1: with an empty body in the merchant family."""
    headers = auth_of(path) | {"Content-Type": "text/plain"}
    answer = client.post(path, headers=headers, content=b"{}")
    assert answer.status_code == 415
    if path == MERCHANT_CUSTOMERS:
        assert answer.content == b""
    else:
        assert_dialect(path, answer)


@pytest.mark.parametrize("value", [b"{", b"\xff", b"[]", b"null", b'{"a": NaN}', b'{"a":1,"a":2}'])
def test_400_of_a_body_that_is_no_object(client: Client, path: str, value: bytes) -> None:
    """Ruling 3, 1.4."""
    answer = client.post(path, headers=auth_of(path) | JSON_TYPE, content=value)
    assert answer.status_code == 400
    assert_dialect(path, answer)


def test_names_are_spelled_in_the_style_of_the_family(client: Client) -> None:
    """Ruling 3, 0.3: snake_case in A, B and C, camelCase in D; prefixed ids here, UUIDs there."""
    one = client.get(f"{CUSTOMERS}/cust_01HQ3K5M7N", headers=OTESSE).json()
    booking = client.get(f"{BOOKINGS}/bk_01HQ3K5M7N8P9R", headers=OTESSE).json()
    visit = client.get(f"{MERCHANT_CUSTOMERS}/{UUID}/stats", headers=MERCHANT).json()["data"]
    lead = client.get(f"{LEADS_CUSTOMERS}/id/{UUID}", headers=LEADS).json()["data"]
    for body in (one, booking, visit):
        assert all(name == name.lower() for name in body)
    assert not any("_" in name for name in lead)
    assert (one["id"], booking["id"]) == ("cust_01HQ3K5M7N", "bk_01HQ3K5M7N8P9R")
    assert visit["id"] == lead["id"] == UUID


def test_lists_are_enveloped_in_the_style_of_the_family(client: Client) -> None:
    """0.3, Part 5 items 6, 16 and 38."""
    for path in (CUSTOMERS, BOOKINGS, "/v1/invoices"):
        assert list(client.get(path, headers=OTESSE).json()) == ["data", "pagination"]
    assert list(client.get(MERCHANT_CUSTOMERS, headers=MERCHANT).json()) == ["data"]
    path = f"{LEADS_CUSTOMERS}/search?firstName=a"
    assert list(client.get(path, headers=LEADS).json()) == ["customers"]
