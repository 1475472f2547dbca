"""Pairs of tiny documents, each with the changes that must be said of it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Json = Any
STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}


@dataclass(frozen=True)
class Case:
    """`said` are weights with codes, in any order; `level` is the version that they ask for."""

    name: str
    old: Json
    new: Json
    said: tuple[str, ...]
    level: str = ""


def document(operation: Json, *, path: str = "/things", **more: Json) -> Json:
    operation = {"responses": {"200": {"description": "ok"}}, **operation}
    paths = {path: {"post": operation}}
    return {"openapi": "3.0.3", "info": {"title": "t", "version": "1.0.0"}, "paths": paths, **more}


def request(schema: Json, **more: Json) -> Json:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return document({"requestBody": body}, **more)


def response(schema: Json, **more: Json) -> Json:
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    return document({"responses": {"200": answer}}, **more)


def query(schema: Json, **more: Json) -> Json:
    return document({"parameters": [{"name": "q", "in": "query", "schema": schema, **more}]})


def header(schema: Json, **more: Json) -> Json:
    headers = {"X-Left": {"schema": schema, **more}}
    return document({"responses": {"200": {"description": "ok", "headers": headers}}})


def thing(*required: str, closed: bool = False, **properties: Json) -> Json:
    schema: Json = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(required)
    if closed:
        schema["additionalProperties"] = False
    return schema


def components(**schemas: Json) -> Json:
    return {"components": {"schemas": schemas}}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _methods(*methods: str) -> Json:
    operation = {"responses": {"200": {"description": "ok"}}}
    return {**document({}), "paths": {"/a": dict.fromkeys(methods, operation)}}


def secured(*alternatives: Json, **schemes: Json) -> Json:
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    oauth = {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://x", "scopes": {}}},
    }
    found = {"securitySchemes": {"Key": key, "OAuth": oauth, **schemes}}
    return document({"security": list(alternatives)}, components=found)


def statuses(*codes: str) -> Json:
    return document({"responses": {code: {"description": "x"} for code in codes}})


def media(*types: str) -> Json:
    answer = {"description": "ok", "content": {each: {"schema": STRING} for each in types}}
    return document({"responses": {"200": answer}})


def both(name: str, old: Json, new: Json, asked: str, answered: str) -> list[Case]:
    """The same change of a schema in a request and in an answer; each said by `weight code`."""
    return [
        Case(f"{name}, in a request", request(old), request(new), _said("request", asked)),
        Case(f"{name}, in an answer", response(old), response(new), _said("response", answered)),
    ]


def _said(direction: str, said: str) -> tuple[str, ...]:
    parted = (each.split(" ") for each in said.split("; ") if each)
    return tuple(f"{weight} {direction}.{code}" for weight, code in parted)


def tightened(name: str, wide: Json, narrow: Json, stricter: str, looser: str) -> list[Case]:
    """A schema that becomes narrower, and back, each way."""
    return [
        *both(f"{name} narrows", wide, narrow, f"breaking {stricter}", f"compatible {stricter}"),
        *both(f"{name} widens", narrow, wide, f"compatible {looser}", f"breaking {looser}"),
    ]


_DOG = thing("kind", kind={"type": "string", "enum": ["dog"]}, bark=STRING)
_CAT = thing("kind", kind={"type": "string", "enum": ["cat"]}, meow=STRING)
_FISH = thing("kind", kind={"type": "string", "enum": ["fish"]})
_TREE = thing("name", name=STRING, children={"type": "array", "items": ref("Tree")})
_DEEP_TREE = thing(
    "name", name={**STRING, "maxLength": 5}, children={"type": "array", "items": ref("Tree")}
)
_OAUTH = {"OAuth": ["read"]}

SCHEMAS: list[Case] = [
    *tightened("the type", {"type": "number"}, INTEGER, "type-narrowed", "type-widened"),
    *tightened("a type that was not named", {}, STRING, "type-narrowed", "type-widened"),
    *both("another type", STRING, INTEGER, "breaking type-changed", "breaking type-changed"),
    *tightened("null", {**STRING, "nullable": True}, STRING, "null-removed", "null-added"),
    *tightened("the enum", {**STRING, "enum": ["a", "b"]}, {**STRING, "enum": ["a"]},
               "enum-removed", "enum-added"),
    *tightened("a free value", STRING, {**STRING, "enum": ["a"]}, "enum-set", "enum-dropped"),
    *tightened("minLength", STRING, {**STRING, "minLength": 2}, "bound-narrowed", "bound-widened"),
    *tightened("maxLength", {**STRING, "maxLength": 9}, {**STRING, "maxLength": 5},
               "bound-narrowed", "bound-widened"),
    *tightened("maximum", {**INTEGER, "maximum": 9}, {**INTEGER, "maximum": 8},
               "bound-narrowed", "bound-widened"),
    *tightened("an exclusive minimum", {"type": "number", "minimum": 1},
               {"type": "number", "minimum": 1, "exclusiveMinimum": True},
               "bound-narrowed", "bound-widened"),
    *tightened("maxItems", {"type": "array", "items": {}},
               {"type": "array", "items": {}, "maxItems": 3}, "bound-narrowed", "bound-widened"),
    *tightened("items", {"type": "array", "items": {**STRING, "nullable": True}},
               {"type": "array", "items": STRING}, "null-removed", "null-added"),
    *tightened("uniqueItems", {"type": "array", "items": {}},
               {"type": "array", "items": {}, "uniqueItems": True}, "unique", "not-unique"),
    *tightened("multipleOf", {**INTEGER, "multipleOf": 2}, {**INTEGER, "multipleOf": 4},
               "multiple-narrowed", "multiple-widened"),
    *tightened("a pattern", STRING, {**STRING, "pattern": "^a"}, "pattern-set", "pattern-dropped"),
    *tightened("the format", {**INTEGER, "format": "int64"}, {**INTEGER, "format": "int32"},
               "format-narrowed", "format-widened"),
    *both("another pattern", {**STRING, "pattern": "^a"}, {**STRING, "pattern": "^b"},
          "maybe pattern-changed", "maybe pattern-changed"),
    *both("another format", {**STRING, "format": "date"}, {**STRING, "format": "date-time"},
          "maybe format-changed", "maybe format-changed"),
    *both("a new format", STRING, {**STRING, "format": "email"},
          "maybe format-changed", "compatible format-set"),
    *both("a format that is gone", {**STRING, "format": "email"}, STRING,
          "compatible format-dropped", "maybe format-changed"),
    *tightened("a member", thing(a=STRING), thing("a", a=STRING), "member-required",
               "member-optional"),
    *tightened("an object", thing(a=STRING), thing(a=STRING, closed=True), "closed", "opened"),
    *both("a new optional member", thing(a=STRING, closed=True),
          thing(a=STRING, b=STRING, closed=True),
          "compatible member-added", "compatible member-added"),
    *both("a new required member", thing("a", a=STRING), thing("a", "b", a=STRING, b=STRING),
          "breaking member-required", "compatible member-added"),
    *both("a required member that is gone", thing("a", "b", a=STRING, b=STRING),
          thing("a", a=STRING), "maybe member-removed", "breaking member-removed"),
    *both("a member gone from a closed object", thing(a=STRING, b=STRING, closed=True),
          thing(a=STRING, closed=True), "breaking member-removed", "maybe member-removed"),
    *both("a member that is read-only now", thing("a", a=STRING),
          thing("a", a={**STRING, "readOnly": True}), "maybe member-removed", ""),
    *both("a read-only member that is required", thing(a={**STRING, "readOnly": True}),
          thing("a", a={**STRING, "readOnly": True}), "", "compatible member-required"),
    *both("a write-only member with a bound", thing(a={**STRING, "writeOnly": True}),
          thing(a={**STRING, "writeOnly": True, "maxLength": 3}), "breaking bound-narrowed", ""),
    *both("other members get a schema", {"type": "object", "additionalProperties": True},
          {"type": "object", "additionalProperties": INTEGER},
          "breaking type-narrowed", "compatible type-narrowed"),
    *both("a default", {**STRING, "default": "a"}, {**STRING, "default": "b"}, "maybe default", ""),
    *both("a branch more", {"oneOf": [_DOG, _CAT]}, {"oneOf": [_DOG, _CAT, _FISH]},
          "compatible branch-added", "breaking branch-added"),
    *both("a branch less", {"oneOf": [_DOG, _CAT, _FISH]}, {"oneOf": [_CAT, _DOG]},
          "breaking branch-removed", "compatible branch-removed"),
    *both("a branch that changes", {"oneOf": [_DOG, _CAT]},
          {"oneOf": [_CAT, thing("kind", kind=_DOG["properties"]["kind"], bark=INTEGER)]},
          "breaking type-changed", "breaking type-changed"),
    *both("another branch", {"anyOf": [_DOG, thing("x", x=STRING)]},
          {"anyOf": [_DOG, thing("y", y=STRING)]}, "maybe unclassified", "maybe unclassified"),
    *both("alternatives around what was", _DOG, {"oneOf": [_DOG, _CAT]},
          "compatible branch-added", "breaking branch-added"),
    *both("sets of required members", thing(a=STRING, b=STRING),
          {**thing(a=STRING, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
          "breaking alternatives-set", "compatible alternatives-set"),
    *both("not", {**STRING, "not": {"enum": ["a"]}}, {**STRING, "not": {"enum": ["b"]}},
          "maybe unclassified", "maybe unclassified"),
    *both("a part of an allOf", {"allOf": [thing(a=STRING), thing(b=STRING)]},
          {"allOf": [thing(a=STRING), thing("b", b=STRING)]},
          "breaking member-required", "compatible member-required"),
    *both("closed parts of an allOf", {"allOf": [thing(a=STRING, closed=True), thing(b=STRING)]},
          {"allOf": [thing(a=STRING, closed=True), thing(b=INTEGER)]},
          "maybe unclassified", "maybe unclassified"),
    Case("a recursive schema", request(ref("Tree"), **components(Tree=_TREE)),
         request(ref("Tree"), **components(Tree=_DEEP_TREE)),
         ("breaking request.bound-narrowed",)),
]  # fmt: skip

OPERATIONS: list[Case] = [
    Case("an operation is gone", document({}), document({}, path="/others"),
         ("breaking operation.removed", "compatible operation.added"), "major"),
    Case("a method is gone", _methods("get", "post"), _methods("get"),
         ("breaking operation.removed",), "major"),
    Case("an operation is deprecated", document({}), document({"deprecated": True}),
         ("compatible operation.deprecated",), "minor"),
    Case("an operationId changes", document({"operationId": "a"}), document({"operationId": "b"}),
         ("compatible operation.renamed",), "minor"),
    Case("a parameter is gone", query(STRING), document({}), ("maybe parameter.removed",), "minor"),
    Case("a new parameter", document({}), query(STRING), ("compatible parameter.added",), "minor"),
    Case("a new required parameter", document({}), query(STRING, required=True),
         ("breaking parameter.required-added",), "major"),
    Case("a parameter is required", query(STRING), query(STRING, required=True),
         ("breaking parameter.required",), "major"),
    Case("a parameter is optional", query(STRING, required=True), query(STRING),
         ("compatible parameter.optional",), "minor"),
    Case("a parameter of text becomes a number", query(STRING), query(INTEGER),
         ("breaking request.type-narrowed",), "major"),
    Case("a parameter of a number becomes text", query(INTEGER), query(STRING),
         ("compatible request.type-widened",), "minor"),
    Case("a parameter with a shorter list", query({**STRING, "enum": ["a", "b"]}),
         query({**STRING, "enum": ["b"]}), ("breaking request.enum-removed",), "major"),
    Case("a list that is written otherwise", query({"type": "array", "items": STRING}),
         query({"type": "array", "items": STRING}, explode=False),
         ("breaking parameter.style",), "major"),
    Case("a value whose style makes no difference", query(STRING), query(STRING, explode=False), (),
         "patch"),
    Case("a body is required", document({"requestBody": {"content": {}}}),
         document({"requestBody": {"required": True, "content": {}}}),
         ("breaking body.required",), "major"),
    Case("a new required body", document({}), request({}), ("breaking body.added",), "major"),
    Case("no body any more", request({}), document({}), ("maybe body.removed",), "minor"),
    Case("a status is gone", statuses("200", "201"), statuses("201"),
         ("breaking status.removed",), "major"),
    Case("an error is gone", statuses("200", "404"), statuses("200"),
         ("maybe status.removed",), "minor"),
    Case("a new error", statuses("200"), statuses("200", "409"),
         ("compatible status.added",), "minor"),
    Case("a new success", statuses("200"), statuses("200", "202"),
         ("maybe status.added",), "minor"),
    Case("a range covers what was one by one", statuses("200", "404"), statuses("200", "4XX"),
         ("compatible status.added",), "minor"),
    Case("a media type is gone", media("application/json", "text/csv"), media("application/json"),
         ("breaking response.media-type-removed",), "major"),
    Case("a new media type", media("application/json"), media("application/json", "text/csv"),
         ("compatible response.media-type-added",), "minor"),
    Case("no body of an answer", media("application/json"), document({}),
         ("breaking response.body-removed",), "major"),
    Case("a header is gone", header(STRING, required=True), document({}),
         ("breaking header.removed",), "major"),
    Case("an optional header is gone", header(STRING), document({}),
         ("maybe header.removed",), "minor"),
    Case("a header is not always there", header(STRING, required=True), header(STRING),
         ("breaking header.optional",), "major"),
    Case("a header without bound", header({**INTEGER, "maximum": 9}), header(INTEGER),
         ("breaking response.bound-widened",), "major"),
    Case("a credential is needed", secured(), secured({"Key": []}),
         ("breaking security.required",), "major"),
    Case("one more scope", secured(_OAUTH), secured({"OAuth": ["read", "write"]}),
         ("breaking security.scope-added",), "major"),
    Case("one scope less", secured({"OAuth": ["read", "write"]}), secured(_OAUTH),
         ("compatible security.scheme-added",), "minor"),
    Case("a way in is closed", secured({"Key": []}, _OAUTH), secured({"Key": []}),
         ("breaking security.scheme-removed",), "major"),
    Case("a new way in", secured({"Key": []}), secured({"Key": []}, _OAUTH),
         ("compatible security.scheme-added",), "minor"),
    Case("another name of the key", secured({"Key": []}),
         secured({"Key": []}, Key={"type": "apiKey", "in": "header", "name": "X-Other"}),
         ("breaking security.scheme-removed", "compatible security.scheme-added"), "major"),
    Case("a server is gone", document({}, servers=[{"url": "/v1"}]),
         document({}, servers=[{"url": "/v2"}]), ("maybe servers.removed",), "minor"),
]  # fmt: skip

_PET = thing("a", "b", a=STRING, b=INTEGER)
_PATH = {"name": "id", "in": "path", "required": True, "schema": STRING}


def _described(value: Json) -> Json:
    changed = deepcopy(value)
    changed["info"]["description"] = "more words"
    changed["paths"]["/things"]["post"]["summary"] = "a summary"
    return changed


SILENT: list[Case] = [
    Case("the same", request(_PET), request(_PET), (), "none"),
    Case("another order", request(_PET),
         request({"required": ["b", "a"], "properties": {"b": INTEGER, "a": STRING},
                  "type": "object"}), (), "patch"),
    Case("another order of an enum", response({**STRING, "enum": ["a", "b"]}),
         response({**STRING, "enum": ["b", "a"]}), (), "patch"),
    Case("another order of branches", response({"oneOf": [_DOG, _CAT]}),
         response({"oneOf": [_CAT, _DOG]}), (), "patch"),
    Case("a schema with another name", response(ref("Pet"), **components(Pet=_PET)),
         response(ref("Animal"), **components(Animal=_PET)), (), "patch"),
    Case("a schema that stood there", response(_PET),
         response(ref("Animal"), **components(Animal=_PET)), (), "patch"),
    Case("a recursive schema with another name", response(ref("Tree"), **components(Tree=_TREE)),
         response(ref("Node"), **components(
             Node=thing("name", name=STRING, children={"type": "array", "items": ref("Node")}))),
         (), "patch"),
    Case("an allOf that says the same", request(_PET),
         request({"allOf": [thing("a", a=STRING), thing("b", b=INTEGER)]}), (), "patch"),
    Case("a branch alone", request(_PET), request({"oneOf": [_PET]}), (), "patch"),
    Case("a path parameter with another name",
         document({"parameters": [_PATH]}, path="/things/{id}"),
         document({"parameters": [{**_PATH, "name": "thing"}]}, path="/things/{thing}"),
         (), "patch"),
    Case("a header in other letters", header(STRING),
         document({"responses": {"200": {"description": "ok", "headers":
                                         {"x-left": {"schema": STRING}}}}}), (), "patch"),
    Case("a scheme with another name", secured({"Key": []}),
         secured({"Other": []}, Other={"type": "apiKey", "in": "header", "name": "X-Key"}),
         (), "patch"),
    Case("words", request(_PET), _described(request(_PET)), (), "patch"),
    Case("a bound that says nothing", request(STRING), request({**STRING, "minLength": 0}), (),
         "patch"),
    Case("a bound of another type", request(STRING), request({**STRING, "maximum": 3}),
         (), "patch"),
    Case("an exclusive bound that says the same", request({**INTEGER, "maximum": 9}),
         request({**INTEGER, "maximum": 10, "exclusiveMaximum": True}), (), "patch"),
    Case("null in 3.0 and in 3.1", response({**STRING, "nullable": True}),
         {**response({"type": ["string", "null"]}), "openapi": "3.1.0"}, (), "patch"),
    Case("a reference that may be null in 3.0 and in 3.1",
         response({"anyOf": [_PET, {"enum": [None]}]}),
         {**response({"oneOf": [{"type": "null"}, _PET]}), "openapi": "3.1.0"}, (), "patch"),
    Case("const and enum", {**response({"const": "a"}), "openapi": "3.1.0"},
         {**response({"enum": ["a"], "type": "string"}), "openapi": "3.1.0"}, (), "patch"),
    Case("explicitly open", request(_PET), request({**_PET, "additionalProperties": True}), (),
         "patch"),
]  # fmt: skip
