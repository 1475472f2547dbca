"""The whole draft: credentials, resources, lists, and what may be added by hand."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import Contract
from contract_tests.semantics.proposals.draft import Draft
from contract_tests.semantics.proposals.lists import Lists
from contract_tests.semantics.proposals.paths import Group, groups_of
from contract_tests.semantics.proposals.resources import propose_resource
from contract_tests.semantics.proposals.rules import offer_rules
from contract_tests.semantics.proposals.samples import Samples
from contract_tests.semantics.proposals.shapes import Shapes
from contract_tests.semantics.proposals.sight import Sight

Json = Any
_PLACEHOLDER = "replace-me"


def draw(contract: Contract) -> Draft:
    """The draft of a contract."""
    draft = Draft({"semantics": "1"})
    _introduce(draft, contract)
    _credentials(draft, contract)
    shapes = Shapes(contract)
    groups = groups_of(contract)
    sight = Sight(draft, shapes, Samples(shapes), groups)
    for group in groups.values():
        if group.is_resource:
            propose_resource(sight, group)
    _drop_unmade(draft, groups)
    lists = Lists(sight)
    for operation in contract.operations.values():
        lists.propose(operation)
    _clock(draft)
    _unreachable(draft, contract)
    offer_rules(draft, contract, shapes, sight.places)
    return draft


def _introduce(draft: Draft, contract: Contract) -> None:
    info = contract.document.root.get("info", {})
    title = str(info.get("title") or "this contract")
    draft.raw["about"] = title
    draft.note(
        ("semantics",),
        f"What {contract.document.path.name} means beyond its schemas. Proposed from names and "
        "shapes: look at everything once, above all at each TODO.",
    )
    draft.note(
        ("semantics",),
        "Texts that begin with `= ` are expressions in CEL (https://cel.dev). They may use `mark` "
        "(small letters that nothing else holds), `number` (seven digits), later('P2D') (a time "
        "from now on), and the names that each place lists.",
    )


def _credentials(draft: Draft, contract: Contract) -> None:
    used = {scheme for o in contract.operations.values() for each in o.security for scheme in each}
    schemes = {name: each for name, each in contract.security_schemes.items() if name in used}
    if not schemes:
        return
    draft.raw["credentials"] = {"valid": dict.fromkeys(schemes, _PLACEHOLDER)}
    draft.note(
        ("credentials",), "Only made-up credentials belong in here; real ones come with --auth."
    )
    for name, scheme in schemes.items():
        path = ("credentials", "valid", name)
        draft.ask(path, f"a credential that is let in, {_form(scheme)}.")
    name = next(iter(schemes))
    draft.offer(
        ("credentials",),
        [
            "  refused:   # what must be refused, and why: expired, revoked, malformed",
            f"    - {{scheme: {name}, credential: …, state: expired}}",
            "  limited:   # what carries some scopes only",
            f"    - {{scheme: {name}, credential: …, scopes: []}}",
        ],
    )


def _form(scheme: dict[str, Json]) -> str:
    kind = scheme.get("type")
    if kind == "apiKey":
        return f"sent as {scheme.get('in', 'header')} {scheme.get('name', '')}"
    if kind == "http":
        written = (
            " (base64 of user:password)" if scheme.get("scheme", "").lower() == "basic" else ""
        )
        return f"sent as Authorization: {str(scheme.get('scheme', '')).title()} …{written}"
    return f"an access token of {kind}, sent as Authorization: Bearer …"


def _drop_unmade(draft: Draft, groups: dict[str, Group]) -> None:
    """Leave out how a record is made where what it needs cannot be made, as often as that helps."""
    resources = draft.raw.get("resources", {})
    while True:
        lost = [
            (name, needed)
            for name, raw in resources.items()
            for needed in raw.get("create", {}).get("needs", {}).values()
            if "create" not in resources.get(needed, {})
        ]
        if not lost:
            return
        for name, needed in lost:
            if resources[name].pop("create", None) is not None:
                draft.todo.append(
                    f"resources/{name}/create: needs {needed}, and nothing says how to make one "
                    f"({groups[needed].path})."
                )


def _clock(draft: Draft) -> None:
    for name, raw in draft.raw.get("resources", {}).items():
        if "created" in raw and "create" in raw and not raw["create"].get("needs"):
            draft.raw["clock"] = {"resource": name, "pointer": raw["created"]}
            draft.note(("clock",), "Where the server's own time can be read.")
            return


def _unreachable(draft: Draft, contract: Contract) -> None:
    statuses = {each for o in contract.operations.values() for each in o.statuses}
    found = [
        {"status": status, "why": "a fault of the server; no request is entitled to one"}
        for status in sorted(statuses)
        if status >= 500
    ]
    if 429 in statuses:
        found.append({"status": 429, "why": "only too many requests at once provoke it"})
    if found:
        draft.raw["unreachable"] = found
        draft.note(("unreachable",), "Declared answers that a run is not expected to see.")
