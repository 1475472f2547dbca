"""Rows are deleted one by one, as long as what is left of the world is sound."""

from __future__ import annotations

import pytest

from mockserver.app import Server
from mockserver.archive.findings import Found
from mockserver.archive.naming import named_by, without_row
from mockserver.archive.references import check
from mockserver.domain.world import World, business
from tests.client import OTESSE, Client

CUSTOMER = "/__admin/state/customers/cust_01HQ3K5M7N"
ZONE = "/__admin/state/zones/zone_new"


def test_a_row_that_nobody_names_goes(client: Client) -> None:
    zone = {"id": "zone_new", "name": "New", "postal_codes": ["90210"]}
    before = client.get("/__admin/state").json()
    assert client.put(ZONE, json=zone).status_code == 200
    assert client.delete(ZONE).status_code == 204
    assert client.get(ZONE).status_code == 404
    assert client.get("/__admin/state").json() == before


def test_a_row_that_is_named_is_refused_with_those_that_name_it(client: Client) -> None:
    before = client.get("/__admin/state").json()
    refused = client.delete(CUSTOMER)
    assert (refused.status_code, refused.json()["code"]) == (409, "row_in_use")
    bookings = [b["id"] for b in before["bookings"] if b["customer_id"] == "cust_01HQ3K5M7N"]
    detail = refused.json()["detail"]
    assert f"{len(bookings)} of bookings" in detail
    assert sum(f"'{each}'" in detail for each in bookings) == 5
    assert client.get("/__admin/state").json() == before


def test_once_those_are_gone_it_goes_and_so_it_does_for_the_business(client: Client) -> None:
    for collection in ("invoices", "bookings"):
        for row in client.get(f"/__admin/state/{collection}?per_page=1000").json()["data"]:
            if row["customer_id"] == "cust_01HQ3K5M7N":
                gone = client.delete(f"/__admin/state/{collection}/{row['id']}")
                assert gone.status_code == 204, gone.text
    assert client.delete(CUSTOMER).status_code == 204
    assert client.get("/v1/customers/cust_01HQ3K5M7N", headers=OTESSE).status_code == 404


@pytest.mark.parametrize("path", ["customers/cust_NOBODY", "dogs/rex"])
def test_what_is_not_there_cannot_be_deleted(client: Client, path: str) -> None:
    assert client.delete(f"/__admin/state/{path}").status_code == 404


@pytest.mark.parametrize(
    ("collection", "step"),
    [("customers", 20), ("bookings", 40), ("invoices", 40), ("staff", 1), ("zones", 1),
     ("outbox", 20)],
)  # fmt: skip
def test_a_row_is_named_exactly_when_the_rest_were_not_sound_without_it(
    server: Server, collection: str, step: int
) -> None:
    world = business(server.worlds.default.world)
    for row in list(world.collections[collection])[::step]:
        left = world.fork("left")
        left.collections[collection].remove(row.id)
        naming = named_by(world, collection, row.id)
        found = _unsound(left)  # where there are many findings, not all of them are told
        assert found <= {each.collection for each in naming}
        assert bool(found) == bool(naming)
        if not naming:
            assert row.id not in without_row(world, collection, row.id).collections[collection]


def _unsound(world: World) -> set[str]:
    """The collections that name something that is not there."""
    found: Found = []
    rows = {name: list(each) for name, each in world.collections.items()}
    check(rows, {n: each.table for n, each in world.collections.items()}, world.rules, found)
    assert {finding.code for finding in found} <= {"reference"}
    return {str(finding.path[-1]) for finding in found}
