"""A document in many files becomes one; what leads nowhere is told and left out."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.errors import SetupError
from tests.contract.foreign.documents import (
    FINE,
    answers,
    codes,
    document,
    loaded,
    only,
    takes,
    with_schema,
)


def _write(folder: Path, **files: Any) -> None:
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))


def test_files_refer_to_each_other_in_circles(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    _write(
        tmp_path / "models",
        pet={"type": "object", "properties": {"owner": {"$ref": "people.json#/Owner"}}},
        people={"Owner": {"type": "object", "required": ["name"],
                          "properties": {"pets": {"type": "array",
                                                  "items": {"$ref": "pet.json"}}}}},
    )  # fmt: skip
    found = loaded(tmp_path, with_schema({"$ref": "models/pet.json"}))
    assert codes(found) == []
    assert takes(found, {"owner": {"name": "Ida", "pets": [{"owner": {"name": "Bo"}}]}})
    assert not takes(found, {"owner": {"name": "Ida", "pets": [{"owner": {}}]}})


def test_a_path_item_and_a_parameter_may_stand_in_other_files(tmp_path: Path) -> None:
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    item = {"get": {"operationId": "list", "parameters": [{"$ref": "more.json#/limit"}],
                    "responses": {"200": {"$ref": "more.json#/fine"}}}}  # fmt: skip
    _write(tmp_path, pets=item, more={"limit": limit, "fine": FINE["200"]})
    found = loaded(tmp_path, document({"/pets": {"$ref": "pets.json"}}))
    (parameter,) = only(found).parameters
    assert (parameter.name, sorted(parameter.types)) == ("limit", ["integer"])
    assert found.document["paths"]["/pets"]["get"]["operationId"] == "list"


def test_a_reference_into_a_path_item_leads_there(tmp_path: Path) -> None:
    schema = {"$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema"}
    content = {"content": {"application/json": {"schema": {"type": "integer"}}}}
    found = loaded(
        tmp_path,
        document({
            "/a": {"get": {"operationId": "a", "responses": {
                "200": {"description": "", **content}, "204": {"description": ""}}}},
            "/b": {"get": {"operationId": "b", "responses": {
                "200": {"description": "", "content": {"application/json": {"schema": schema}}}}}},
        }),
    )  # fmt: skip
    rule = foreign_contract(found).operations[1].responses["200"]
    assert rule.media_types["application/json"].is_valid(1)
    assert not rule.media_types["application/json"].is_valid("1")


def test_ids_and_anchors_lead_to_their_schemas(tmp_path: Path) -> None:
    schemas = {
        "Node": {"$id": "https://example.com/node", "type": "object", "properties": {
            "next": {"$ref": "#me"}, "leaf": {"$ref": "leaf"}}, "$anchor": "me"},
        "Leaf": {"$id": "https://example.com/leaf", "type": "integer"},
    }  # fmt: skip
    found = loaded(tmp_path, with_schema({"$ref": "https://example.com/node"}, "3.1.0", **schemas))
    assert codes(found) == []
    assert takes(found, {"next": {"next": {"leaf": 1}}})
    assert not takes(found, {"next": {"next": {"leaf": "1"}}})


def test_definitions_within_a_schema_are_found_from_within(tmp_path: Path) -> None:
    schema = {"$defs": {"Id": {"type": "integer"}}, "properties": {"id": {"$ref": "#/$defs/Id"}}}
    found = loaded(tmp_path, with_schema(schema, "3.1.0"))
    assert codes(found) == []
    assert takes(found, {"id": 1})
    assert not takes(found, {"id": "1"})


def test_a_dynamic_reference_is_a_plain_one_and_told(tmp_path: Path) -> None:
    tree = {"$dynamicAnchor": "node", "type": "object",
            "properties": {"child": {"$dynamicRef": "#node"}}}  # fmt: skip
    found = loaded(tmp_path, with_schema({"$ref": "#/components/schemas/Tree"}, "3.1.0", Tree=tree))
    assert codes(found) == ["dynamic-ref"]
    assert takes(found, {"child": {"child": {}}})
    assert not takes(found, {"child": {"child": 1}})


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("#/components/schemas/Gone", "leads nowhere"),
        ("gone.json#/Pet", "leads nowhere: Cannot read"),
        ("#/components/schemas/Round", "leads back to itself"),
        ("ftp://example.com/a.json", "is no file and no web address"),
        (7, "$ref is 7, not a text"),
    ],
)
def test_a_reference_to_nothing_allows_everything(
    tmp_path: Path, reference: Any, said: str
) -> None:
    round_ = {"$ref": "#/components/schemas/Trip"}
    trip = {"$ref": "#/components/schemas/Round"}
    found = loaded(tmp_path, with_schema({"$ref": reference}, Round=round_, Trip=trip))
    assert any(said in warning.problem for warning in found.warnings)
    assert takes(found, 1)
    assert answers(found, "a")


def test_what_an_example_holds_is_no_reference(tmp_path: Path) -> None:
    schema = {"type": "object", "example": {"$ref": "nowhere.json"}}
    found = loaded(tmp_path, with_schema(schema, Other={"default": {"$ref": "#/gone"}}))
    assert codes(found) == []


def test_a_schema_called_by_its_bare_name_is_found(tmp_path: Path) -> None:
    found = loaded(tmp_path, with_schema({"$ref": "Pet"}, Pet={"type": "integer"}))
    assert not takes(found, "1")


class _Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        page = self.pages.get(self.path)
        self.send_response(200 if page else 404)
        self.end_headers()
        self.wfile.write(json.dumps(page).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_document_and_its_parts_are_fetched(
    site: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "integer"}')
    pages = {
        "/v1/api.json": with_schema(
            {"properties": {"a": {"$ref": "../pet.json"}, "b": {"$ref": secret.as_uri()},
                            "c": {"$ref": "/gone.json"}}}),
        "/pet.json": {"type": "integer"},
    }  # fmt: skip
    monkeypatch.setattr(_Site, "pages", pages)
    start = f"http://127.0.0.1:{site.server_port}"
    found = load_foreign(f"{start}/v1/api.json")
    told = " ".join(warning.problem for warning in found.warnings)
    assert set(codes(found)) == {"dangling-ref"}
    assert "the document came from elsewhere" in told
    assert "it answers 404" in told
    assert takes(found, {"a": 1, "b": "x"})
    assert not takes(found, {"a": "1"})
    with pytest.raises(SetupError, match="answers 404"):
        load_foreign(f"{start}/nothing.json")


def test_an_address_that_nobody_answers_is_named(site: HTTPServer) -> None:
    site.server_close()
    with pytest.raises(SetupError, match="Cannot fetch http://127"):
        load_foreign(f"http://127.0.0.1:{site.server_port}/api.json")
