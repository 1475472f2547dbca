"""`--init` proposes what names and shapes tell, says what they do not, and harms no file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from contract_tests.contract import ContractError, load_contract
from contract_tests.results import Exit
from contract_tests.semantics import load_semantics
from contract_tests.semantics.proposing import propose

Json = Any
FIXTURES = Path(__file__).parents[3] / "fixtures" / "contracts"
OURS = Path(__file__).parents[3] / "openapi.yaml"


def _object(**members: Json) -> Json:
    return {"type": "object", "properties": members, "required": list(members)}


def _ok(schema: Json, status: str = "200") -> Json:
    return {status: {"description": "x", "content": {"application/json": {"schema": schema}}}}


def _body(schema: Json) -> Json:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


TEXT, COUNT = {"type": "string"}, {"type": "integer"}
THING: Json = _object(id=COUNT, name=TEXT, size={"type": "string", "enum": ["s", "m", "l"]})
NEW = _object(name=TEXT, size={"type": "string", "enum": ["s", "m", "l"]})
ID = {"name": "thingId", "in": "path", "required": True, "schema": COUNT}
THINGS: Json = {
    "/things": {
        "get": {"operationId": "list", "responses": _ok({"type": "array", "items": THING})},
        "post": {
            "operationId": "add",
            "requestBody": _body(NEW),
            "responses": _ok(THING, "201"),
        },
    },
    "/things/{thingId}": {
        "parameters": [ID],
        "get": {"operationId": "get", "responses": {**_ok(THING), "410": {"description": "x"}}},
    },
}


def _proposed(folder: Path, paths: Json, **more: Json) -> Json:
    """What is proposed for a document; it is loaded as every file of semantics is."""
    spec = folder / "api.json"
    document = {"openapi": "3.0.3", "info": {"title": "Small", "version": "1"}, "paths": paths}
    spec.write_text(json.dumps({**document, **more}), "utf-8")
    assert propose(spec, None) is Exit.CLEAN
    path = folder / "api.semantics.yaml"
    load_semantics(path, load_contract(spec))
    return yaml.safe_load(path.read_text("utf-8"))


def test_a_resource_is_what_is_made_and_read_at_one_path(tmp_path: Path) -> None:
    proposed = _proposed(tmp_path, THINGS)
    assert proposed["resources"] == {
        "thing": {
            "title": "thing",
            "id": "/id",
            "unknown": "999999999",
            "absent": 410,
            "create": {
                "operation": "add",
                "body": {"name": "= 'Example ' + mark", "size": "s"},
                "id": "/id",
            },
            "read": {"operation": "get", "parameter": "thingId"},
        }
    }
    assert proposed["collections"]["list"] == {"resource": "thing", "items": ""}


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        ({**TEXT, "format": "email"}, "= mark + '@example.com'"),
        ({**TEXT, "maxLength": 14}, "= mark"),
        ({**TEXT, "example": "Dune"}, "= 'Dune ' + mark"),
        ({**TEXT, "example": "It's"}, "= 'Example ' + mark"),
        ({**TEXT, "enum": ["a", "b"]}, "a"),
        ({**TEXT, "pattern": "^[0-9]{7}$"}, "= number"),
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "integer", "exclusiveMinimum": True, "minimum": 3, "example": 9}, 9),
        ({"type": "boolean"}, True),
        ({"type": "array", "items": TEXT}, []),
        ({"type": "array", "items": {"enum": ["x"]}, "minItems": 2}, ["x", "x"]),
    ],
)
def test_a_body_is_drawn_that_fits_and_is_each_time_another(
    tmp_path: Path, schema: Json, sent: Json
) -> None:
    add = {**THINGS["/things"]["post"], "requestBody": _body(_object(name=schema))}
    proposed = _proposed(tmp_path, {**THINGS, "/things": {"post": add}})
    assert proposed["resources"]["thing"]["create"]["body"] == {"name": sent}


def test_an_envelope_is_looked_through(tmp_path: Path) -> None:
    listed = _object(results={"type": "array", "items": THING}, meta=_object(total_count=COUNT))
    paging = [
        {"name": "pageSize", "in": "query", "schema": {**COUNT, "default": 5, "maximum": 9}},
        {"name": "page", "in": "query", "schema": COUNT},
    ]
    paths = {
        "/v1/things": {
            "get": {"operationId": "list", "parameters": paging, "responses": _ok(listed)},
            "post": {
                "operationId": "add",
                "requestBody": _body(NEW),
                "responses": _ok(_object(data=_object(thingId=COUNT)), "201"),
            },
        },
        "/v1/things/{thingId}": {
            "parameters": [ID],
            "get": {"operationId": "get", "responses": _ok(_object(data=THING))},
        },
    }
    proposed = _proposed(tmp_path, paths)
    thing, things = proposed["resources"]["thing"], proposed["collections"]["list"]
    assert (thing["create"]["id"], thing["create"]["record"]) == ("/data/thingId", None)
    assert thing["read"]["record"] == "/data"
    assert things["items"] == "/results"
    assert things["paging"] == {
        "page": "page",
        "size": "pageSize",
        "default": 5,
        "maximum": 9,
        "total": "/meta/total_count",
    }


def test_a_reference_is_made_first_and_sent_in_its_own_type(tmp_path: Path) -> None:
    part = _object(id=COUNT, thing_id=COUNT, note={**TEXT, "nullable": True}, tax_id=TEXT)
    new = _object(thing_id=COUNT, note={**TEXT, "nullable": True}, tax_id=TEXT)
    paths = {
        **THINGS,
        "/parts": {
            "get": {
                "operationId": "listParts",
                "parameters": [{"name": "thing_id", "in": "query", "schema": COUNT}],
                "responses": _ok({"type": "array", "items": part}),
            },
            "post": {
                "operationId": "addPart",
                "requestBody": _body(new),
                "responses": _ok(part, "201"),
            },
        },
        "/parts/{id}": {
            "parameters": [{**ID, "name": "id"}],
            "patch": {
                "operationId": "changePart",
                "requestBody": _body({**new, "required": []}),
                "responses": _ok(part),
            },
        },
    }
    proposed = _proposed(tmp_path, paths)
    create, update = (proposed["resources"]["part"][each] for each in ("create", "update"))
    assert create["needs"] == {"thing": "thing"}
    assert create["body"]["thing_id"] == "= int(thing.id)"
    assert create["fixed"] == ["/thing_id"]
    assert set(update["values"]) == {"/note", "/tax_id"}
    assert update["clears"] == ["/note"]
    listed = proposed["collections"]["listParts"]
    assert listed["filters"]["thing_id"]["keeps"] == "string(item.thing_id) == value"
    assert listed["population"]["narrow"] == {"thing_id": "= thing.id"}


def test_ids_around_a_nested_record_come_from_what_it_lies_in(tmp_path: Path) -> None:
    inner = {**THINGS["/things/{thingId}"]["get"], "operationId": "getInner"}
    deepest = {**inner, "operationId": "getDeepest"}
    add = THINGS["/things"]["post"]
    paths = {
        **THINGS,
        "/things/{thingId}/parts": {"post": {**add, "operationId": "addPart"}},
        "/things/{thingId}/parts/{partId}": {
            "parameters": [ID, {**ID, "name": "partId"}],
            "get": inner,
        },
        "/things/{t}/parts/{p}/bolts": {"post": {**add, "operationId": "addBolt"}},
        "/things/{t}/parts/{p}/bolts/{b}": {
            "parameters": [{**ID, "name": each} for each in "tpb"],
            "get": deepest,
        },
    }
    resources = _proposed(tmp_path, paths)["resources"]
    assert resources["part"]["create"]["needs"] == {"thing": "thing"}
    assert resources["part"]["read"]["path"] == {"thingId": "= thing.id"}
    assert resources["part"]["read"]["parameter"] == "partId"
    assert resources["bolt"]["create"]["needs"] == {"part": "part"}
    assert resources["bolt"]["read"]["path"] == {"t": "= part.needs.thing.id", "p": "= part.id"}


def test_a_schema_that_holds_itself_ends(tmp_path: Path) -> None:
    node = {"$ref": "#/components/schemas/Node"}
    schema = _object(
        data=node, parts={"type": "array", "minItems": 1, "items": node}, up={"allOf": [node]}
    )
    add = {"operationId": "add", "requestBody": _body(node), "responses": _ok(node, "201")}
    paths = {"/nodes": {"get": {"operationId": "list", "responses": _ok(node)}, "post": add}}
    proposed = _proposed(tmp_path, paths, components={"schemas": {"Node": schema}})
    assert "resources" not in proposed


def test_credentials_are_left_to_a_person(tmp_path: Path) -> None:
    schemes = {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    proposed = _proposed(
        tmp_path, THINGS, components={"securitySchemes": schemes}, security=[{"Key": []}]
    )
    assert proposed["credentials"] == {"valid": {"Key": "replace-me"}}
    text = (tmp_path / "api.semantics.yaml").read_text("utf-8")
    assert "# TODO a credential that is let in, sent as header X-Key." in text


def test_equations_of_money_are_offered_and_not_declared(tmp_path: Path) -> None:
    bill = _object(id=COUNT, subtotal=COUNT, discount=COUNT, tax=COUNT, total=COUNT)
    paths = {"/bills/{id}": {"parameters": [{**ID, "name": "id"}], "get": {
        "operationId": "getBill", "responses": _ok(bill)}}}  # fmt: skip
    assert "invariants" not in _proposed(tmp_path, paths)
    text = (tmp_path / "api.semantics.yaml").read_text("utf-8")
    rule = "record.total == record.subtotal - record.discount + record.tax"
    assert f"#     holds: {rule}" in text


def test_what_no_name_explains_is_said_in_a_comment(tmp_path: Path) -> None:
    asked = [
        {"name": each, "in": "query", "schema": TEXT}
        for each in ("cursor", "sort", "created_after", "colour")
    ]
    listing = {**THINGS["/things"]["get"], "parameters": asked}
    paths = {**THINGS, "/things": {**THINGS["/things"], "get": listing}}
    assert "filters" not in _proposed(tmp_path, paths)["collections"]["list"]
    text = (tmp_path / "api.semantics.yaml").read_text("utf-8")
    assert "# Paged by cursor: only pages by number or offset can be declared." in text
    assert "# sort sorts: left out" in text
    assert "# TODO created_after looks like a bound" in text
    assert "# TODO add `filters` for colour" in text


def test_a_contract_without_any_resource_has_a_proposal_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ping = {"/ping": {"get": {"operationId": "ping", "responses": _ok(TEXT)}}}
    assert _proposed(tmp_path, ping) == {"semantics": "1", "about": "Small"}
    assert "no path of the contract looks like a list of records" in capsys.readouterr().out


@pytest.mark.parametrize("named", [None, "own.yaml"])
def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path, named: str | None) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text((FIXTURES / "library.yaml").read_text("utf-8"), "utf-8")
    path = tmp_path / (named or "api.semantics.yaml")
    path.write_text("mine", "utf-8")
    with pytest.raises(ContractError, match="is there already and is not overwritten"):
        propose(spec, tmp_path / named if named else None)
    assert path.read_text("utf-8") == "mine"


def test_what_was_found_and_what_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    propose(FIXTURES / "library.yaml", tmp_path / "s.yaml")
    said = capsys.readouterr().out
    assert f"Proposed {tmp_path / 's.yaml'}" in said
    assert "book: create, read, update, delete" in said
    assert "listBooks: lists book, pages, 3 filters" in said
    assert "Named nowhere: returnBook" in said
    assert "To complete by hand, 3 places" in said


@pytest.mark.parametrize("spec", [OURS, FIXTURES / "library.yaml", FIXTURES / "tickets.yaml"])
def test_a_proposal_loads_and_is_the_same_each_time(tmp_path: Path, spec: Path) -> None:
    texts = []
    for name in ("a.yaml", "b.yaml"):
        propose(spec, tmp_path / name)
        texts.append((tmp_path / name).read_text("utf-8"))
    assert texts[0] == texts[1]
    assert load_semantics(tmp_path / "a.yaml", load_contract(spec)).resources


def test_our_own_resources_are_found_without_our_declarations(tmp_path: Path) -> None:
    propose(OURS, tmp_path / "s.yaml")
    contract = load_contract(OURS)
    proposed = load_semantics(tmp_path / "s.yaml", contract).resources
    assert {"customer", "booking", "invoice", "merchant_customer", "leads_customer"} <= set(
        proposed
    )
    echo = proposed["customer"].create
    assert echo is not None
    assert echo.echo["/address/street"] == "/addresses/0/street"
    assert proposed["leads_customer"].absent == 204
    assert proposed["merchant_customer"].create is not None
    assert proposed["merchant_customer"].create.id == "header:Location"
