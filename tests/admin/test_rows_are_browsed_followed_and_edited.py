"""Single rows: found by what they hold, followed to what they name, replaced only when sound."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import OTESSE, Client

BOOKING = "/__admin/state/bookings/bk_01HQ3K5M7N8P9R"


def rows(client: Client, collection: str, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/__admin/state/{collection}?{query}").json()
    return answer


def test_pages_together_are_the_collection(client: Client) -> None:
    whole = client.get("/__admin/state?collection=staff").json()["staff"]
    pages = [rows(client, "staff", f"per_page=3&page={page}") for page in (1, 2, 3, 4)]
    assert [row for page in pages for row in page["data"]] == whole
    assert {page["total"] for page in pages} == {len(whole)}
    newest = rows(client, "staff", "order=newest&per_page=1")["data"]
    assert newest == whole[-1:]


def test_a_text_is_found_in_any_member_in_any_case(client: Client) -> None:
    found = rows(client, "customers", "q=JOHN%40example.com")
    assert [row["email"] for row in found["data"]] == ["john@example.com"]
    assert rows(client, "zones", "q=97401")["total"] == 1
    assert rows(client, "invoices", "q=15000")["total"] > 0


def test_the_name_of_a_member_is_no_text_in_it(client: Client) -> None:
    assert rows(client, "customers", "q=blacklist_reason")["total"] == 0


def test_a_text_with_quotes_is_found_as_it_is_written(client: Client) -> None:
    row = client.get(BOOKING).json()["row"]
    row["notes"] = 'Ring "twice" \\ knock\nthen wait'
    assert client.put(BOOKING, json=row).status_code == 200
    assert rows(client, "bookings", "q=%22twice%22%20%5C%20KNOCK")["total"] == 1


def test_a_row_says_which_rows_it_names_and_where(client: Client) -> None:
    found = client.get(BOOKING).json()["references"]
    assert {"pointer": "/customer_id", "collection": "customers", "id": "cust_01HQ3K5M7N"} in found
    assert {each["collection"] for each in found} == {"customers", "zones", "staff"}
    for each in found:
        followed = client.get(f"/__admin/state/{each['collection']}/{each['id']}").json()
        assert followed["row"]["id"] == each["id"]


def test_an_edited_row_is_what_the_business_answers(client: Client) -> None:
    row = client.get(BOOKING).json()["row"]
    row["notes"] = "Key under the mat"
    assert client.put(BOOKING, json=row).json()["row"] == row
    assert client.get("/v1/bookings/bk_01HQ3K5M7N8P9R", headers=OTESSE).json()["notes"] == (
        "Key under the mat"
    )


def test_a_new_row_comes_last(client: Client) -> None:
    zone = {"id": "zone_new", "name": "New", "postal_codes": ["90210"]}
    assert client.put("/__admin/state/zones/zone_new", json=zone).status_code == 200
    newest = rows(client, "zones", "order=newest&per_page=1")["data"][0]
    assert newest["id"] == "zone_new"


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"customer_id": "cust_NOBODY"}, "customer_id", "not among the customers"),
        ({"status": "lost"}, "status", "must be one of"),
        ({"crew": ["staff_NOBODY"]}, "crew/0", "not among the staff"),
    ],
)
def test_a_row_that_is_not_sound_changes_nothing(
    client: Client, change: dict[str, Any], field: str, told: str
) -> None:
    row = client.get(BOOKING).json()["row"]
    refused = client.put(BOOKING, json={**row, **change})
    assert refused.status_code == 422
    (violation,) = refused.json()["violations"]
    assert violation["name"] == field
    assert told in violation["message"]
    assert client.get(BOOKING).json()["row"] == row


def test_an_id_cannot_be_changed(client: Client) -> None:
    row = client.get(BOOKING).json()["row"]
    refused = client.put(BOOKING, json={**row, "id": "bk_OTHER"})
    assert (refused.status_code, refused.json()["code"]) == (422, "id_mismatch")
    assert client.get("/__admin/state/bookings/bk_OTHER").status_code == 404


def test_what_is_not_there_is_a_404_that_names_what_is(client: Client) -> None:
    refused = client.get("/__admin/state/dogs")
    assert refused.status_code == 404
    assert "customers" in refused.json()["detail"]
    assert client.get("/__admin/state/dogs/rex").status_code == 404
    assert client.put("/__admin/state/dogs/rex", json={}).status_code == 404
