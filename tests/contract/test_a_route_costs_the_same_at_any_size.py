"""Finding an operation takes the same steps among a thousand as among ten."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from mockserver.contract import Match, Routes, build_contract


def _routes(number: int) -> Routes:
    """Routes of so many operations, five on each resource."""
    answer = {"responses": {"200": {"description": "Fine."}}}
    paths: dict[str, Any] = {}
    for at in range(number // 5):
        paths[f"/v1/things{at}"] = {"get": answer, "post": answer}
        paths[f"/v1/things{at}/{{id}}"] = {"get": answer, "patch": answer}
        paths[f"/v1/things{at}/{{id}}/parts"] = {"get": answer}
    document = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}
    return Routes(build_contract(document, "").operations)


def _steps(routes: Routes, path: str) -> tuple[int, Match | None]:
    """How many functions were called and left, and what was found."""
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1

    sys.setprofile(count)
    try:
        found = routes.match(path)
    finally:
        sys.setprofile(None)
    return counted, found


@pytest.mark.parametrize(
    "path", ["/v1/things{}", "/v1/things{}/7", "/v1/things{}/7/parts", "/v1/things{}/7/nothing"]
)
def test_a_thousand_operations_take_the_steps_of_ten(path: str) -> None:
    few, _ = _steps(_routes(10), path.format(1))
    many = _routes(1000)
    assert {_steps(many, path.format(at))[0] for at in (0, 99, 199)} == {few}


def test_every_operation_is_found_among_a_thousand() -> None:
    many = _routes(1000)
    for at in range(200):
        found = _steps(many, f"/v1/things{at}/x")[1]
        assert found is not None
        assert found.operations["PATCH"].path == f"/v1/things{at}/{{id}}"
        assert found.values(found.operations["GET"]) == {"id": "x"}


def test_a_literal_goes_before_a_parameter_and_gives_way_where_it_leads_nowhere() -> None:
    answer = {"get": {"responses": {"200": {"description": "Fine."}}}}
    paths = {"/a/{id}/b": answer, "/a/new": answer, "/a/{id}": answer}
    document = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}
    routes = Routes(build_contract(document, "").operations)
    for path, expected in {"/a/new": "/a/new", "/a/x": "/a/{id}", "/a/new/b": "/a/{id}/b"}.items():
        found = routes.match(path)
        assert found is not None
        assert found.operations["GET"].path == expected
