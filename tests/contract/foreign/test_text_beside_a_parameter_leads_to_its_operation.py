"""Segments such as `{id}:cancel` and `{name}.{ext}`, and texts that are sent encoded."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract import Routes, build_contract, lower_to_skeleton
from tests.contract.foreign.documents import FINE, document

PATHS = (
    "/files/{name}.{ext}", "/files/{name}", "/files/{name}.json", "/files/latest.json",
    "/jobs/{id}", "/jobs/{id}:cancel", "/jobs/{id}:cancel/log", "/users('{id}')/$count",
    "/a b/{c}", "/closed/", "/a#b",
)  # fmt: skip


def _document(paths: tuple[str, ...]) -> Any:
    return document({path: {"get": {"responses": FINE}} for path in paths})


@pytest.fixture(scope="module")
def routes() -> Routes:
    return Routes(build_contract(_document(PATHS), "").operations)


@pytest.mark.parametrize(
    ("sent", "path", "values"),
    [
        ("/files/a.txt", "/files/{name}.{ext}", {"name": "a", "ext": "txt"}),
        ("/files/a.b.txt", "/files/{name}.{ext}", {"name": "a", "ext": "b.txt"}),
        ("/files/a", "/files/{name}", {"name": "a"}),
        ("/files/a.json", "/files/{name}.json", {"name": "a"}),
        ("/files/latest.json", "/files/latest.json", {}),
        ("/jobs/7", "/jobs/{id}", {"id": "7"}),
        ("/jobs/7:cancel", "/jobs/{id}:cancel", {"id": "7"}),
        ("/jobs/7%3Acancel", "/jobs/{id}:cancel", {"id": "7"}),
        ("/jobs/7:cancel/log", "/jobs/{id}:cancel/log", {"id": "7"}),
        ("/jobs/7:stop", "/jobs/{id}", {"id": "7:stop"}),
        ("/users('7')/$count", "/users('{id}')/$count", {"id": "7"}),
        ("/users(%277%27)/%24count", "/users('{id}')/$count", {"id": "7"}),
        ("/a%20b/c%2Fd", "/a b/{c}", {"c": "c%2Fd"}),
        ("/closed/", "/closed/", {}),
        ("/a%23b", "/a#b", {}),
    ],
)
def test_the_text_of_a_segment_chooses_and_the_rest_is_its_value(
    routes: Routes, sent: str, path: str, values: dict[str, str]
) -> None:
    match = routes.match(sent)
    assert match is not None
    operation = match.operations["GET"]
    assert (operation.path, match.values(operation)) == (path, values)


@pytest.mark.parametrize("sent", ["/jobs/:cancel/log", "/users('')/$count", "/a/c", "/files/"])
def test_a_parameter_is_never_empty(routes: Routes, sent: str) -> None:
    assert routes.match(sent) is None


def test_the_skeleton_has_the_exact_before_the_general_and_texts_as_they_are_sent() -> None:
    skeleton = lower_to_skeleton(build_contract(_document(PATHS), ""))
    assert [path for path in skeleton["paths"] if path.startswith(("/files", "/jobs", "/a"))] == [
        "/a%20b/{p0}", "/a%23b", "/files/latest.json", "/files/{p0}.json", "/files/{p0}.{p1}",
        "/files/{p0}", "/jobs/{p0}:cancel", "/jobs/{p0}:cancel/log", "/jobs/{p0}",
    ]  # fmt: skip
