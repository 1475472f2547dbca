"""What HTTP asks of every server, and the framework's faults that are mended at the edge."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.client import LEADS, MERCHANT, OTESSE, Client

JOHN = "/v1/customers/cust_01HQ3K5M7N"
NEW = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}


def test_head_answers_what_get_answers_without_the_body(client: Client) -> None:
    get, head = (client.request(method, JOHN, headers=OTESSE) for method in ("GET", "HEAD"))
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_options_lists_the_methods_of_the_path(client: Client) -> None:
    answer = client.request("OPTIONS", JOHN)
    assert answer.status_code == 204
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, PATCH"
    assert client.request("OPTIONS", "/v1/nothing").status_code == 404


def test_a_trailing_slash_is_answered_directly(client: Client) -> None:
    assert client.get(JOHN + "/", headers=OTESSE).json() == client.get(JOHN, headers=OTESSE).json()
    assert client.get(JOHN + "//", headers=OTESSE).status_code == 404


def test_an_encoded_slash_stays_inside_its_segment(client: Client) -> None:
    answer = client.get("/v1/customers/cust_1%2Fbookings", headers=OTESSE)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "customer_not_found"


def test_a_chunked_body_is_a_body(client: Client) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for part in (b'{"first_name": "Ada", ', b'"last_name": "Byron", ', b'"email": "a@b.co"}'):
            yield part

    headers = {**OTESSE, "Content-Type": "application/json"}
    assert client.post("/v1/customers", content=chunks(), headers=headers).status_code == 201


def test_a_huge_body_where_none_is_expected_is_ignored_too(client: Client) -> None:
    answer = client.request("GET", "/v1/customers", headers=OTESSE, content=b" " * (2 << 20))
    assert answer.status_code == 200


def test_a_body_where_none_is_expected_is_ignored(client: Client) -> None:
    headers = {**OTESSE, "Content-Type": "multipart/form-data; boundary="}
    assert client.request("GET", JOHN, headers=headers, content=b"\xff--").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["page=1_0", "page=+1", "page=%2B1", "page=%201", "page=%D9%A1", "page=0", "per_page=101",
     "per_page=0", "status=foo", "status=", "has_subscription=1", "has_subscription=TRUE",
     "created_after=2026-02-30", "created_after=null", "page=null", "page=1&page=2", "page=%FF"],
)  # fmt: skip
def test_a_query_value_is_read_strictly(client: Client, query: str) -> None:
    answer = client.get(f"/v1/customers?{query}", headers=OTESSE)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_parameter"
    assert answer.json()["error"]["type"] == "invalid_request"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/v1/merchant/customers", MERCHANT),
        ("/api/v1/merchant/customers/blacklist", MERCHANT),
        ("/api/v1/merchant/calendar/customers", MERCHANT),
        (JOHN, OTESSE),
        ("/leads/v1/customers/id/c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01", LEADS),
    ],
)
def test_a_query_where_none_is_declared_is_ignored(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    assert client.get(f"{path}?%FF=%FF&page=x", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["search?email=%FF", "by-address?%FF"])
def test_a_query_that_is_no_utf_8_is_refused_where_one_is_declared(
    client: Client, path: str
) -> None:
    assert client.get(f"/leads/v1/customers/{path}", headers=LEADS).status_code == 400


@pytest.mark.parametrize("birthday", ["+026-01-01", "+026-01-01T00:00:00Z"])
def test_a_year_is_written_with_four_digits(client: Client, birthday: str) -> None:
    body = {"first_name": "Ada", "last_name": "Byron", "birthday": birthday}
    answer = client.post("/api/v1/merchant/customers", headers=MERCHANT, json=body)
    assert answer.status_code == 400


def test_unknown_query_names_are_ignored(client: Client) -> None:
    assert client.get("/v1/customers?nothing=1&a[b]=c&%00=1", headers=OTESSE).status_code == 200


@pytest.mark.parametrize(
    ("member", "value", "status"),
    [
        ("first_name", "A\u0000", 422),
        ("first_name", "", 422),
        ("first_name", None, 400),
        ("first_name", 1, 400),
        ("email", "nobody", 422),
        ("phone", "123", 422),
        ("status", "active", 400),
        ("nonsense", 1, 400),
        ("x" * 5000, 1, 400),
    ],
)
def test_a_malformed_body_is_400_and_a_broken_rule_is_422(
    client: Client, member: str, value: object, status: int
) -> None:
    answer = client.post("/v1/customers", headers=OTESSE, json={**NEW, member: value})
    assert answer.status_code == status
    assert answer.json()["error"]["param"][:50] == member[:50]


def test_an_integer_has_no_fraction(client: Client) -> None:
    line = {"description": "Call", "quantity": 1.0, "unit_price": 100}
    body = {"customer_id": "cust_01HQ3K5M7N", "line_items": [line]}
    answer = client.post("/v1/invoices", headers=OTESSE, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "line_items.0.quantity"


@pytest.mark.parametrize("origin", ["http://localhost:5173", "http://127.0.0.1:3000"])
def test_a_frontend_on_another_local_port_may_call(client: Client, origin: str) -> None:
    preflight = client.request(
        "OPTIONS",
        "/v1/bookings",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert preflight.is_success
    assert preflight.headers["Access-Control-Allow-Origin"] == origin
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    allowed = preflight.headers["Access-Control-Allow-Headers"].lower()
    assert "authorization" in allowed
    answer = client.get("/v1/customers", headers={**OTESSE, "Origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert {"Location", "Retry-After", "X-RateLimit-Remaining"} <= set(exposed.split(", "))


def test_refusals_carry_the_cross_origin_headers_too(client: Client) -> None:
    answer = client.get("/v1/customers", headers={"Origin": "http://localhost:5173"})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"


def test_another_origin_gets_no_permission_and_the_admin_api_gives_none(client: Client) -> None:
    foreign = client.get("/v1/customers", headers={**OTESSE, "Origin": "https://example.com"})
    assert "Access-Control-Allow-Origin" not in foreign.headers
    admin = client.get("/__admin/health", headers={"Origin": "http://localhost:5173"})
    assert "Access-Control-Allow-Origin" not in admin.headers


def test_location_leads_to_what_was_made(client: Client) -> None:
    made = client.post("/v1/customers", headers=OTESSE, json=NEW)
    assert client.get(made.headers["Location"], headers=OTESSE).json() == made.json()
    person = {"first_name": "Ada", "last_name": "Byron"}
    empty = client.post("/api/v1/merchant/customers", headers=MERCHANT, json=person)
    assert empty.content == b""
    found = client.get(empty.headers["Location"], headers=MERCHANT).json()["data"]
    assert found["first_name"] == "Ada"


def test_nothing_found_in_leads_is_204_without_content(client: Client) -> None:
    answer = client.get("/leads/v1/customers/search", headers=LEADS)
    assert answer.status_code == 204
    assert answer.content == b""
    assert "Content-Type" not in answer.headers


def test_the_document_is_served_as_it_is_and_the_docs_page_needs_nothing_from_outside(
    client: Client,
) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"] == "3.0.3"
    assert client.get("/openapi.yaml").text.startswith("openapi: 3.0.3")
    page = client.get("/docs").text
    assert "https://" not in page
    for asset in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert asset in page
        assert client.get(f"/docs/{asset}").status_code == 200
    assert client.get("/docs/none.js").status_code == 404
    assert client.get("/docs/../pyproject.toml").status_code == 404


def test_an_integer_beyond_64_bits_is_none_of_ours_and_ignored_where_members_are(
    client: Client,
) -> None:
    line = b'{"description": "Call", "quantity": 1, "unit_price": 380373157679736422400}'
    body = b'{"customer_id": "cust_01HQ3K5M7N", "line_items": [' + line + b"]}"
    headers = {**OTESSE, "Content-Type": "application/json"}
    answer = client.post("/v1/invoices", headers=headers, content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "line_items.0.unit_price"
    person = b'{"first_name": "A", "last_name": "B", "other": 380373157679736422400}'
    headers = {**MERCHANT, "Content-Type": "application/json"}
    url = "/api/v1/merchant/customers"
    assert client.post(url, headers=headers, content=person).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/api/v1/merchant/customers/blacklist", "GET, HEAD, OPTIONS"),
        ("GET", "/api/v1/merchant/customers/transfer", "OPTIONS, PUT"),
        ("PUT", "/leads/v1/customers/search", "GET, HEAD, OPTIONS"),
        ("PUT", "/leads/v1/customers/by-address", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_literal_path_is_never_taken_for_an_id(
    client: Client, method: str, path: str, allow: str
) -> None:
    answer = client.request(method, path, headers={**MERCHANT, **LEADS}, json={})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allow


def test_the_documented_transfer_sample_finds_both_customers(client: Client) -> None:
    sample = {
        "from_customer_id": "b2c3d4e5-f6a7-8901-bcde-f12345678901",
        "to_customer_id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    }
    answer = client.put("/api/v1/merchant/customers/transfer", headers=MERCHANT, json=sample)
    assert answer.status_code == 200
