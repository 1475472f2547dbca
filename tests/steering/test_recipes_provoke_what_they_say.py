"""Every recipe is a request that can be sent as it stands, and leads where it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from mockserver.app import Server, build_server
from mockserver.contract.recipes import Recipe, Way, recipes
from mockserver.settings import Settings
from tests.client import Client
from tests.conftest import NOW
from tests.steering.sending import send

# Documented requests whose rows the documented world does not have in the state they need.
_NOT_GRANTED = {
    ("voidInvoice", 200): "the documented invoice is paid",
    ("transferBookings", 200): "the documented world has no customer b2c3d4e5-…",
}


@pytest.fixture(scope="module")
def book(built: Server) -> list[Recipe]:
    return recipes(built.contract)


def natural(book: list[Recipe], *statuses: int) -> Iterator[tuple[Recipe, Way]]:
    for recipe in book:
        for way in recipe.ways:
            if way.how == "natural" and recipe.status in statuses:
                yield recipe, way


def missed(server: Server, found: Iterator[tuple[Recipe, Way]]) -> list[str]:
    """The ways that lead elsewhere, each tried in a world of its own."""
    wrong = []
    with Client(server.asgi) as client:
        for recipe, way in found:
            server.worlds.clear()
            status = send(client, way.request).status_code
            if status != recipe.status and (recipe.operation_id, recipe.status) not in _NOT_GRANTED:
                wrong.append(f"{recipe.operation_id} {recipe.status}: {way.summary} gave {status}")
    return wrong


def test_every_pair_has_a_recipe_that_ends_with_prefer(book: list[Recipe], built: Server) -> None:
    declared = [(o.operation_id, int(s)) for o in built.contract.operations for s in o.responses]
    assert [(recipe.operation_id, recipe.status) for recipe in book] == declared
    for recipe in book:
        assert recipe.ways[-1].how == "prefer"
        assert recipe.ways[-1].request.headers["Prefer"] == f"code={recipe.status}"


def test_every_refusal_but_a_500_has_a_way_of_its_own(book: list[Recipe]) -> None:
    without = {recipe.status for recipe in book if recipe.ways[0].how != "natural"}
    assert without == {500}


def test_a_body_breaks_its_schema_in_several_ways(book: list[Recipe]) -> None:
    ways = Counter((recipe.operation_id, recipe.status) for recipe, _ in natural(book, 400, 422))
    assert ways["createCustomer", 400] == 4  # required, type, unknown member, no JSON
    assert ways["createCustomer", 422] >= 3


def test_natural_ways_lead_where_they_say(server: Server, book: list[Recipe]) -> None:
    found = natural(book, 200, 201, 204, 400, 401, 404, 413, 415, 422)
    assert missed(server, found) == []


def test_a_narrow_credential_is_refused_when_it_is_listed(
    book: list[Recipe], tmp_path: Path
) -> None:
    listed = {re.findall(r"\{(\S+): \{", way.needs)[0] for _, way in natural(book, 403)}
    file = tmp_path / "credentials.yaml"
    lines = [f"  {credential}: {{state: forbidden}}\n" for credential in listed]
    file.write_text("credentials:\n" + "".join(lines))
    server = build_server(Settings(now=NOW, credentials=file))
    assert missed(server, natural(book, 403)) == []


def test_too_many_requests_are_refused_where_the_limit_is_on(book: list[Recipe]) -> None:
    server = build_server(Settings(now=NOW, rate_limit="standard"))
    assert missed(server, natural(book, 429)) == []


def test_a_conflict_says_in_words_what_it_needs(book: list[Recipe]) -> None:
    needs = {recipe.operation_id: way.needs for recipe, way in natural(book, 409)}
    assert needs["createCustomer"] == "Another customer has this email."
    assert all(needs.values())


def test_a_fault_is_set_before_its_request(book: list[Recipe]) -> None:
    recipe = next(r for r in book if (r.operation_id, r.status) == ("getCustomer", 500))
    first = recipe.ways[0].first
    assert first is not None
    assert (first.method, first.path) == ("POST", "/__admin/faults")
    assert first.body == {
        "match": {"operation_id": "getCustomer"},
        "schedule": {"first": 1},
        "effect": {"status": 500},
    }


def test_recipes_are_json_of_a_bearable_size(book: list[Recipe]) -> None:
    text = orjson.dumps([recipe.to_json() for recipe in book])
    assert len(text) < 500_000
    assert orjson.loads(text)[0]["ways"][-1]["request"]["headers"]["Prefer"] == "code=200"
