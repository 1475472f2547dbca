"""Two versions of a contract, operation by operation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.packs.diff.canonical import canonical
from contract_tests.packs.diff.changes import Change, Log, Spot, Weight, escaped
from contract_tests.packs.diff.messages import (
    Keyed,
    compare_answers,
    compare_parameters,
    compare_request_body,
)
from contract_tests.packs.diff.security import compare_security
from contract_tests.packs.diff.versions import Verdict, verdict_of

Json = Any
WHOLE = "(the whole)"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, in the order of the old document, and what they mean for its version."""

    old: Contract
    new: Contract
    changes: tuple[Change, ...]
    verdict: Verdict

    def of(self, weight: Weight) -> tuple[Change, ...]:
        """The changes of a weight."""
        return tuple(each for each in self.changes if each.weight is weight)


def compare_contracts(old: Contract, new: Contract) -> Comparison:
    """What changed from one version to the other; nothing for what says the same otherwise."""
    before, after = _by_key(old), _by_key(new)
    changes: list[Change] = []
    for key, operation in before.items():
        log = Log(operation.label)
        if key in after:
            _compare_operation((old, operation), (new, after[key]), log)
        else:
            spot = _operation_spot(old, operation)
            log.add("operation.removed", Weight.BREAKING, f"{operation.label} is gone", spot, None)
        changes += log.changes
    for key, operation in after.items():
        if key not in before:
            log = Log(operation.label)
            spot = _operation_spot(new, operation)
            log.add("operation.added", Weight.COMPATIBLE, f"{operation.label} is new", None, spot)
            changes += log.changes
    changes += _of_the_whole(old, new)
    verdict = verdict_of(_version(old), _version(new), changes, _is_other(old, new))
    return Comparison(old, new, tuple(changes), verdict)


def _by_key(contract: Contract) -> dict[tuple[str, str], Operation]:
    """Operations by method and path, whatever the names of its parameters."""
    return {
        (each.method, re.sub(r"\{[^}]*\}", "{}", each.path)): each
        for each in contract.operations.values()
    }


def _item_spot(contract: Contract, operation: Operation) -> Spot:
    pointer = f"#/paths/{escaped(operation.path)}"
    item = contract.document.root["paths"][operation.path]
    return Spot(contract.document, pointer, item).followed()


def _operation_spot(contract: Contract, operation: Operation) -> Spot:
    return _item_spot(contract, operation).at(operation.method.lower())


def _compare_operation(
    old: tuple[Contract, Operation], new: tuple[Contract, Operation], log: Log
) -> None:
    spots = _operation_spot(*old), _operation_spot(*new)
    one, other = spots[0].value, spots[1].value
    if other.get("deprecated") and not one.get("deprecated"):
        log.add("operation.deprecated", Weight.COMPATIBLE, "is deprecated now", *spots)
    if one.get("operationId") != other.get("operationId") and one.get("operationId"):
        names = (one["operationId"], other.get("operationId"))
        sentence = f"its operationId changes from {names[0]} to {names[1]}"
        log.add("operation.renamed", Weight.COMPATIBLE, sentence, *spots, names)
    compare_parameters(_parameters(*old), _parameters(*new), spots, log)
    bodies = spots[0].at("requestBody"), spots[1].at("requestBody")
    compare_request_body(*bodies, spots, log)
    compare_answers(spots[0].at("responses"), spots[1].at("responses"), log)
    compare_security(old, new, spots, log)
    texts = [canonical(s.document, s.value.get("callbacks", {})) for s in spots]
    if texts[0] != texts[1]:
        sentence = "callbacks changed, could not be classified"
        log.add("callbacks.unclassified", Weight.MAYBE, sentence, *spots)


def _parameters(contract: Contract, operation: Operation) -> Keyed:
    """By place and name; a header's in lower case, a path's by its place in the path."""
    order = re.findall(r"\{([^}]*)\}", operation.path)
    found: Keyed = {}
    for owner in (_item_spot(contract, operation), _operation_spot(contract, operation)):
        for index, raw in enumerate(owner.value.get("parameters") or ()):
            pointer = f"{owner.pointer}/parameters/{index}"
            spot = Spot(contract.document, pointer, raw).followed()
            place, name = spot.value["in"], spot.value["name"]
            if place == "path" and name in order:
                name = f"no. {order.index(name) + 1}"
            found[place, name.lower() if place == "header" else name] = spot
    ignored = {("header", name) for name in ("accept", "content-type", "authorization")}
    return {key: spot for key, spot in found.items() if key not in ignored}


def _of_the_whole(old: Contract, new: Contract) -> list[Change]:
    log = Log(WHOLE)
    roots = [Spot(each.document, "#", each.document.root) for each in (old, new)]
    urls = [[str(s.get("url")) for s in r.value.get("servers") or ()] for r in roots]
    gone = [url for url in urls[0] if url not in urls[1]]
    if gone:
        sentence = f"the server {', '.join(gone)} is gone: addresses may change"
        spots = roots[0].at("servers"), roots[1].at("servers")
        log.add("servers.removed", Weight.MAYBE, sentence, *spots, (urls[0], urls[1]))
    texts = [canonical(r.document, r.value.get("webhooks", {})) for r in roots]
    if texts[0] != texts[1]:
        sentence = "webhooks changed, could not be classified"
        log.add("webhooks.unclassified", Weight.MAYBE, sentence, roots[0], roots[1])
    return log.changes


def _version(contract: Contract) -> str:
    return str((contract.document.root.get("info") or {}).get("version", ""))


def _is_other(old: Contract, new: Contract) -> bool:
    """Whether the documents differ at all, but for their version and the order of members."""
    one, other = (
        {**each.document.root, "info": {**(each.document.root.get("info") or {}), "version": ""}}
        for each in (old, new)
    )
    return one != other
