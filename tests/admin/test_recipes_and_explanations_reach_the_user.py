"""Recipes are listed, and a refusal explains itself to who asks."""

from __future__ import annotations

from tests.client import OTESSE, Client


def test_recipes_name_a_way_to_every_declared_answer(client: Client) -> None:
    every = client.get("/__admin/recipes").json()["data"]
    declared = client.get("/openapi.json").json()["paths"]
    pairs = {(r["operation_id"], str(r["status"])) for r in every}
    wanted = {
        (operation["operationId"], status)
        for item in declared.values()
        for method, operation in item.items()
        if method != "parameters"
        for status in operation["responses"]
    }
    assert pairs == wanted
    few = client.get("/__admin/recipes?operation_id=createBooking&status=422").json()["data"]
    assert [r["status"] for r in few] == [422]
    assert few[0]["ways"][-1]["how"] == "prefer"


def test_a_refusal_points_to_its_rule_without_changing_its_body(client: Client) -> None:
    body = {"first_name": "A", "last_name": "B", "email": "nobody"}
    plain = client.post("/v1/customers", headers=OTESSE, json=body)
    explained = client.post("/v1/customers", headers={**OTESSE, "Prefer": "explain"}, json=body)
    assert explained.json() == plain.json()
    assert "X-Mock-Explain" not in plain.headers
    assert "line=" in explained.headers["X-Mock-Explain"]
    assert explained.headers["Preference-Applied"] == "explain"
    (first, second) = client.get("/__admin/requests").json()["data"]
    assert second["explanation"] is None
    assert first["explanation"][0]["line"] > 1


def test_a_request_chooses_its_answer(client: Client) -> None:
    chosen = client.get("/v1/customers/cust_01HQ3K5M7N", headers={**OTESSE, "Prefer": "code=404"})
    assert chosen.status_code == 404
    assert chosen.headers["Preference-Applied"] == "code=404"
    by_query = client.get("/v1/customers/cust_01HQ3K5M7N?__code=404", headers=OTESSE)
    assert by_query.json() == chosen.json()
    strict = client.get(
        "/v1/customers/cust_01HQ3K5M7N", headers={**OTESSE, "Prefer": "code=418, handling=strict"}
    )
    assert strict.status_code == 400
    assert strict.json()["code"] == "unusable_preference"
