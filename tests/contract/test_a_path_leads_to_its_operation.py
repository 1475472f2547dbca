"""Matching: a literal segment wins over a parameter, whatever the order of the document."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract import Routes, build_contract, lower_to_skeleton, normalise

PATHS: dict[str, list[str]] = {
    "/customers/{id}": ["get", "put"],
    "/customers/search": ["get"],
    "/customers/id/{customerId}": ["get"],
    "/customers": ["get", "post"],
    "/customers/{id}/{kind}/x": ["get"],
}


def _document() -> dict[str, Any]:
    responses = {"responses": {"200": {"description": "ok"}}}
    paths = {path: dict.fromkeys(methods, responses) for path, methods in PATHS.items()}
    return {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}


@pytest.fixture(scope="module")
def routes() -> Routes:
    return Routes(build_contract(_document(), "").operations)


@pytest.mark.parametrize(
    ("path", "template", "values"),
    [
        ("/customers", "/customers", {}),
        ("/customers/", "/customers", {}),
        ("/customers/search", "/customers/search", {}),
        ("/customers/searchx", "/customers/{id}", {"id": "searchx"}),
        ("/customers/a%2Fb", "/customers/{id}", {"id": "a%2Fb"}),
        ("/customers/id", "/customers/{id}", {"id": "id"}),
        ("/customers/id/7", "/customers/id/{customerId}", {"customerId": "7"}),
        ("/customers/id/7/x", "/customers/{id}/{kind}/x", {"id": "id", "kind": "7"}),
    ],
)
def test_the_path_item_and_its_values(
    routes: Routes, path: str, template: str, values: dict[str, str]
) -> None:
    match = routes.match(path)
    assert match is not None
    operation = match.operations["GET"]
    assert operation.path == template
    assert match.values(operation) == values


@pytest.mark.parametrize(
    "path", ["", "/", "/customer", "/customers//", "//customers", "/customers/a/b"]
)
def test_any_other_path_leads_nowhere(routes: Routes, path: str) -> None:
    assert routes.match(path) is None


def test_allow_names_every_method_of_the_path(routes: Routes) -> None:
    match = routes.match("/customers/7")
    assert match is not None
    assert match.allow == "GET, HEAD, OPTIONS, PUT"


def test_needless_percent_encoding_makes_no_difference() -> None:
    assert normalise("/%63ustomers/%7e%2F%20%2e") == "/customers/~%2F%20."


def test_the_skeleton_puts_literal_paths_first_and_ids_are_unique() -> None:
    skeleton = lower_to_skeleton(build_contract(_document(), ""))
    assert list(skeleton["paths"]) == [
        "/customers",
        "/customers/id/{p0}",
        "/customers/search",
        "/customers/{p0}",
        "/customers/{p0}/{p1}/x",
    ]
    assert skeleton["paths"]["/customers/{p0}"]["put"]["operationId"] == "put /customers/{id}"
