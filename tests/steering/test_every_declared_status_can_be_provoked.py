"""Each (operation, status) pair of the contract is answered through the server: 100 %."""

from __future__ import annotations

import pytest

from mockserver.app import Server
from mockserver.contract import Contract
from mockserver.contract.recipes import Recipe, Request, recipes
from tests.client import Client
from tests.steering.sending import send

# The lead deletes this once steering is joined into wire/ (and faults into admin/).
JOINED = True
pytestmark = pytest.mark.skipif(not JOINED, reason="steering is not joined into wire/ yet")


@pytest.fixture(scope="module")
def book(built: Server) -> list[Recipe]:
    return recipes(built.contract)


def _is_valid(contract: Contract, recipe: Recipe, client: Client, request: Request) -> bool:
    operation = next(o for o in contract.operations if o.operation_id == recipe.operation_id)
    rule = operation.responses[str(recipe.status)]
    answer = send(client, request)
    media_type = answer.headers.get("Content-Type", "")
    return (
        answer.status_code == recipe.status
        and all(name in answer.headers for name in rule.required_headers)
        and (
            rule.media_types[media_type].is_valid(answer.json())
            if rule.media_types
            else answer.content == b""
        )
    )


def test_by_prefer(client: Client, server: Server, book: list[Recipe]) -> None:
    missed = [
        (recipe.operation_id, recipe.status)
        for recipe in book
        if not _is_valid(server.contract, recipe, client, recipe.ways[-1].request)
    ]
    assert missed == []
    assert len(book) > 200


def test_by_prefer_without_touching_the_world(
    client: Client, server: Server, book: list[Recipe]
) -> None:
    before = {n: len(rows) for n, rows in server.worlds.default.world.collections.items()}
    for recipe in book:
        send(client, recipe.ways[-1].request)
    after = {n: len(rows) for n, rows in server.worlds.default.world.collections.items()}
    assert after == before


def test_by_a_fault(client: Client, server: Server, book: list[Recipe]) -> None:
    missed = []
    for recipe in book:
        for way in recipe.ways:
            if way.first is not None:
                server.worlds.clear()
                assert send(client, way.first).status_code < 300
                if not _is_valid(server.contract, recipe, client, way.request):
                    missed.append((recipe.operation_id, recipe.status))
    assert missed == []


def test_by_query_and_with_what_was_applied(client: Client, book: list[Recipe]) -> None:
    request = next(r for r in book if (r.operation_id, r.status) == ("getCustomer", 404))
    plain = request.ways[-1].request
    headers = {name: value for name, value in plain.headers.items() if name != "Prefer"}
    answer = client.request("GET", plain.path + "?__code=404", headers=headers)
    assert answer.status_code == 404
    assert answer.headers["Preference-Applied"] == "code=404"
    assert "Prefer" in answer.headers["Vary"]


def test_strictly_an_unusable_preference_is_a_400(client: Client, book: list[Recipe]) -> None:
    for recipe in {recipe.operation_id: recipe for recipe in book}.values():
        request = recipe.ways[-1].request
        answer = send(client, request, Prefer="code=418, handling=strict")
        assert answer.status_code == 400
        assert "code=418 is not declared" in answer.text
        lenient = send(client, request, Prefer="code=418")
        assert "Preference-Applied" not in lenient.headers
        assert "code=418 is not declared" in lenient.headers["X-Mock-Note"]


def test_a_refusal_is_explained_on_request(client: Client, book: list[Recipe]) -> None:
    recipe = next(r for r in book if (r.operation_id, r.status) == ("createCustomer", 422))
    plain = send(client, recipe.ways[0].request)
    answer = send(client, recipe.ways[0].request, Prefer="explain")
    assert answer.content == plain.content
    assert answer.headers["X-Mock-Explain"].startswith("/components/schemas/")
    assert "X-Mock-Explain" not in plain.headers
