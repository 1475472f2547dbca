"""Reads the semantics of a contract from the file beside it, and checks them against both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs

from contract_tests.contract import Contract, ContractError
from contract_tests.contract.document import read_yaml
from contract_tests.semantics.model import (
    Access,
    Action,
    Collection,
    Create,
    Credential,
    Credentials,
    Differential,
    Face,
    Filter,
    Inside,
    Mask,
    Paging,
    Population,
    Read,
    Resource,
    Semantics,
    Twin,
    Unreachable,
    Update,
)
from contract_tests.semantics.names import unknown_names
from contract_tests.semantics.rules import Invariant, Journey, Refusal, Step

Json = Any
_SCHEMA = Path(__file__).parent / "schema.json"
_SUFFIX = ".semantics.yaml"


def semantics_beside(contract: Path) -> Path | None:
    """The file of semantics beside a contract: `openapi.yaml` has `openapi.semantics.yaml`."""
    path = contract.with_name(contract.stem + _SUFFIX)
    return path if path.exists() else None


def load_semantics(path: Path, contract: Contract) -> Semantics:
    """The semantics in a file; ContractError names what does not fit its schema or the contract."""
    raw = _with_included(path)
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(raw):
        pointer = "".join(f"/{part}" for part in error.instance_path) or "/"
        raise ContractError(f"--semantics {path}, {pointer}: {error.message}")
    semantics = read_semantics(raw, str(path))
    for problem in unknown_names(semantics, contract):
        raise ContractError(f"--semantics {path}: {problem}")
    return semantics


def _with_included(path: Path) -> Json:
    """The value in a file, with those of the files it includes added to it."""
    whole = read_yaml(path, "--semantics")
    if not isinstance(whole, dict) or not isinstance(whole.get("include"), list):
        return whole
    for name in whole["include"]:
        part = read_yaml(path.parent / str(name), "--semantics")
        for section, entries in part.items() if isinstance(part, dict) else ():
            whole[section] = _added(whole.get(section), entries)
    return whole


def _added(entries: Json, more: Json) -> Json:
    if isinstance(entries, list) and isinstance(more, list):
        return [*entries, *more]
    if isinstance(entries, dict) and isinstance(more, dict):
        return {**entries, **more}
    return more


def _access(raw: Json) -> Access:
    outranks = {name: tuple(lesser) for name, lesser in raw.get("outranks", {}).items()}
    return Access(raw.get("unauthenticated", 401), raw.get("forbidden", 403), outranks)


def read_semantics(raw: Json, path: str = "") -> Semantics:
    """The semantics in a value that fits the schema."""
    clock = raw.get("clock")
    return Semantics(
        path=path,
        credentials=read_credentials(raw.get("credentials", {}), shown=True),
        body_bytes=raw.get("limits", {}).get("body_bytes"),
        clock=(clock["resource"], clock["pointer"]) if clock else None,
        access=_access(raw.get("access", {})),
        resources={name: _resource(name, each) for name, each in raw.get("resources", {}).items()},
        collections={
            name: _collection(name, each) for name, each in raw.get("collections", {}).items()
        },
        invariants=tuple(_invariant(each) for each in raw.get("invariants", ())),
        journeys=tuple(_journey(each) for each in raw.get("journeys", ())),
        unreachable=tuple(
            Unreachable(each.get("operation", "*"), each["status"], each["why"])
            for each in raw.get("unreachable", ())
        ),
        refusals=tuple(_refusal(each) for each in raw.get("refusals", ())),
        masks=tuple(
            Mask(each["pointer"], each["why"], bool(each.get("twins_agree", False)))
            for each in raw.get("masks", ())
        ),
        differential=_differential(raw.get("differential", {})),
    )


def _differential(raw: Json) -> Differential:
    return Differential(
        tuple(raw.get("ids", ())),
        {pointer: tuple(values) for pointer, values in raw.get("values", {}).items()},
        {operation: tuple(bodies) for operation, bodies in raw.get("bodies", {}).items()},
        tuple(raw.get("lengths", ())),
    )


def read_credentials(raw: Json, *, shown: bool) -> Credentials:
    """Credentials in the form that the file of semantics and `--auth` share."""
    valid = [Credential(scheme, text, "valid", ()) for scheme, text in raw.get("valid", {}).items()]
    refused = [
        Credential(each["scheme"], each["credential"], each["state"], ())
        for each in raw.get("refused", ())
    ]
    limited = [
        Credential(each["scheme"], each["credential"], "limited", tuple(each["scopes"]))
        for each in raw.get("limited", ())
    ]
    forbidden = [
        Credential(each["scheme"], each["credential"], "forbidden", ())
        for each in raw.get("forbidden", ())
    ]
    return Credentials((*valid, *refused, *limited, *forbidden), shown)


def load_auth(path: Path) -> Credentials:
    """The credentials in the file of `--auth`; ContractError says what is wrong with it."""
    raw = read_yaml(path, "--auth")
    whole = json.loads(_SCHEMA.read_text("utf-8"))
    schema = {"$ref": "#/$defs/credentials", "$defs": whole["$defs"]}
    for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(raw):
        pointer = "".join(f"/{part}" for part in error.instance_path) or "/"
        raise ContractError(f"--auth {path}, {pointer}: {error.message}")
    return read_credentials(raw, shown=False)


def _resource(name: str, raw: Json) -> Resource:
    return Resource(
        name=name,
        title=raw.get("title", name.replace("_", " ")),
        id=raw["id"],
        unknown=raw["unknown"],
        create=_create(raw["create"]) if "create" in raw else None,
        read=_read(raw["read"]) if "read" in raw else None,
        update=_update(raw["update"]) if "update" in raw else None,
        delete=_read(raw["delete"]) if "delete" in raw else None,
        faces={each: _face(each, face) for each, face in raw.get("faces", {}).items()},
        created=raw.get("created"),
        updated=raw.get("updated"),
        absent=raw.get("absent", 404),
        views=tuple(_read(each) for each in raw.get("views", ())),
        inside=_inside(raw["inside"]) if "inside" in raw else None,
        actions={each: _action(each, action) for each, action in raw.get("actions", {}).items()},
        reflects=raw.get("reflects", {}),
        goes_with=tuple(raw.get("goes_with", ())),
        any_case=raw.get("any_case"),
    )


def _inside(raw: Json) -> Inside:
    moves = tuple(raw.get("moves", ()))
    return Inside(raw["need"], raw["at"], moves, bool(raw.get("is_change", False)))


def _face(name: str, raw: Json) -> Face:
    return Face(
        name,
        raw["operation"],
        raw.get("query", {}),
        raw["items"],
        raw["where"],
        raw.get("same", {}),
    )


def _action(name: str, raw: Json) -> Action:
    return Action(
        name=name,
        operation=raw["operation"],
        parameter=raw.get("parameter", ""),
        body=raw.get("body"),
        has_body="body" in raw,
        needs=raw.get("needs", {}),
        faces={each: (face["of"], face["in"]) for each, face in raw.get("faces", {}).items()},
        after=tuple(raw.get("after", ())),
        changes=raw.get("changes", {}),
        moves=tuple(raw.get("moves", ())),
        record=raw.get("record"),
        refused=tuple(raw.get("refused", ())),
        forbids=raw.get("forbids", {}),
        repeats=bool(raw.get("repeats", False)),
        absent=raw.get("absent"),
        hands=raw.get("hands", {}),
        path=raw.get("path", {}),
    )


def _create(raw: Json) -> Create:
    return Create(
        raw["operation"],
        raw["body"],
        raw.get("needs", {}),
        raw.get("path", {}),
        raw["id"],
        raw.get("record", ""),
        raw.get("echo", {}),
        raw.get("starts", {}),
        raw.get("left_out", {}),
        tuple(raw.get("fixed", ())),
        tuple(raw.get("refused", ())),
        tuple(raw.get("unique", ())),
    )


def _read(raw: Json) -> Read:
    return Read(
        raw["operation"],
        raw["parameter"],
        raw.get("record", ""),
        raw.get("path", {}),
        raw.get("absent"),
    )


def _update(raw: Json) -> Update:
    return Update(
        raw["operation"],
        raw["parameter"],
        raw.get("body", {}),
        {pointer: tuple(values) for pointer, values in raw["values"].items()},
        tuple(raw.get("clears", ())),
        {pointer: tuple(moved) for pointer, moved in raw.get("follows", {}).items()},
        tuple(raw.get("refused", ())),
        raw.get("echo", {}),
        raw.get("record", ""),
        raw.get("path", {}),
        raw.get("absent"),
        tuple(raw.get("unchanging", ())),
        raw.get("cleared", {}),
    )


def _collection(operation: str, raw: Json) -> Collection:
    paging = raw.get("paging")
    return Collection(
        operation=operation,
        resource=raw["resource"],
        items=raw["items"],
        path=raw.get("path", {}),
        paging=_paging(paging) if paging else None,
        order=tuple(raw.get("order", ())),
        filters={name: _filter(each) for name, each in raw.get("filters", {}).items()},
        any_of=bool(raw.get("any_of", False)),
        needs_filter=bool(raw.get("needs_filter", False)),
        empty=raw.get("empty", 200),
        where=raw.get("where"),
        population=_population(raw["population"]) if "population" in raw else None,
        differs=tuple(raw.get("differs", ())),
        find=raw.get("find", {}),
        twins=tuple(_twin(each) for each in raw.get("twins", ())),
        unfiltered=raw.get("unfiltered"),
        in_order_made=bool(raw.get("in_order_made", False)),
        blank_is_absent=bool(raw.get("blank_is_absent", False)),
        refused=tuple(raw.get("refused", ())),
    )


def _filter(raw: Json) -> Filter:
    return Filter(
        raw.get("keeps"),
        tuple(raw.get("values", ())),
        tuple(raw.get("draws", ())),
        bool(raw.get("cuts", False)),
        raw.get("kind", ""),
        tuple(raw.get("nobody", ())),
    )


def _twin(raw: Json) -> Twin:
    return Twin(
        raw["operation"],
        raw.get("path", {}),
        raw.get("query", {}),
        raw.get("where"),
        raw["says"],
    )


def _paging(raw: Json) -> Paging:
    return Paging(
        raw["page"],
        raw["size"],
        raw["default"],
        raw["maximum"],
        raw.get("number"),
        raw.get("length"),
        raw.get("total"),
        raw.get("pages"),
        raw.get("counts") == "rows",
    )


def _population(raw: Json) -> Population:
    records = tuple((each.get("with", {}), tuple(each.get("do", ()))) for each in raw["records"])
    return Population(raw.get("needs", {}), raw.get("narrow", {}), records)


def _step(raw: Json) -> Step:
    kinds = ("make", "call", "face", "tick", "advance", "each")
    kind = next((each for each in kinds if each in raw), "holds")
    subject = raw.get(kind, "") if kind in ("make", "call", "advance") else ""
    expected = raw.get("expect", ())
    face = raw.get("face", {})
    return Step(
        kind=kind,
        subject=face.get("in", subject),
        name=raw.get("as", ""),
        path=raw.get("path", {}),
        query=raw.get("query", {}),
        headers=raw.get("headers", {}),
        body=raw.get("with", raw.get("body")),
        has_body="body" in raw,
        needs={"of": face["of"]} if face else raw.get("needs", {}),
        expect=(expected,) if isinstance(expected, int | str) else tuple(expected),
        holds=tuple(raw.get("holds", ())),
        identity=raw.get("identity", "valid"),
        cases=raw.get("each", ()),
        steps=tuple(_step(each) for each in raw.get("do", ())),
    )


def _invariant(raw: Json) -> Invariant:
    return Invariant(
        raw["code"],
        raw.get("resource"),
        tuple(raw.get("operations", ())),
        raw["says"],
        raw["source"],
        raw.get("severity", "major"),
        raw["holds"],
    )


def _refusal(raw: Json) -> Refusal:
    return Refusal(
        tuple(raw["operations"]),
        raw["says"],
        raw["source"],
        raw["statuses"],
        tuple(raw.get("holds", ())),
    )


def _journey(raw: Json) -> Journey:
    return Journey(
        raw["code"],
        raw["operation"],
        raw["says"],
        raw["source"],
        raw.get("severity", "major"),
        tuple(_step(step) for step in raw["steps"]),
        bool(raw.get("alone", False)),
    )
