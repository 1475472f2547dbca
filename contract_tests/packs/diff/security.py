"""Which credentials open an operation, in two versions."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.packs.diff.canonical import canonical
from contract_tests.packs.diff.changes import Log, Spot, Weight

Json = Any
# An alternative: what each scheme is, whatever its name, with its scopes.
_Alternative = dict[str, frozenset[str]]


def compare_security(old: tuple[Contract, Operation], new: tuple[Contract, Operation],
                     spots: tuple[Spot, Spot], log: Log) -> None:  # fmt: skip
    """A way in that is closed, or asks for more scopes, breaks clients; a new one does not."""
    before, after = _alternatives(*old), _alternatives(*new)
    values = (_shown(old[1]), _shown(new[1]))
    for number, each in enumerate(before):
        if any(_opens(each, way) for way in after):
            continue
        name = _name(old[1], number)
        same = [way for way in after if way.keys() <= each.keys()]
        if same:
            missing = min((sorted(_missing(each, way)) for way in same), key=len)
            sentence = f"{name} needs the scope {', '.join(missing)} now"
            log.add("security.scope-added", Weight.BREAKING, sentence, *spots, values)
        elif not each:
            sentence = "a credential is needed now"
            log.add("security.required", Weight.BREAKING, sentence, *spots, values)
        else:
            sentence = f"{name} no longer opens it"
            log.add("security.scheme-removed", Weight.BREAKING, sentence, *spots, values)
    for number, way in enumerate(after):
        if not any(_opens(way, each) for each in before):
            sentence = f"{_name(new[1], number)} opens it now"
            log.add("security.scheme-added", Weight.COMPATIBLE, sentence, *spots, values)


def _alternatives(contract: Contract, operation: Operation) -> list[_Alternative]:
    return [
        {_scheme(contract, name): frozenset(scopes) for name, scopes in each.items()}
        for each in operation.security
    ] or [{}]


def _opens(given: _Alternative, asked: _Alternative) -> bool:
    """Whether whoever can send the one also has what the other asks for."""
    return all(scheme in given and asked[scheme] <= given[scheme] for scheme in asked)


def _missing(given: _Alternative, asked: _Alternative) -> set[str]:
    return {scope for scheme, scopes in asked.items() for scope in scopes - given[scheme]}


def _scheme(contract: Contract, name: str) -> str:
    """What a scheme asks a client to send; where tokens come from is beside that."""
    scheme = contract.security_schemes.get(name, {"name": name})
    kept = {key: scheme[key] for key in ("type", "in", "name", "scheme") if key in scheme}
    if "scheme" in kept:
        kept["scheme"] = str(kept["scheme"]).lower()
    if kept.get("in") == "header":
        kept["name"] = str(kept.get("name")).lower()
    return canonical(contract.document, kept)


def _shown(operation: Operation) -> Json:
    return [{name: list(scopes) for name, scopes in each.items()} for each in operation.security]


def _name(operation: Operation, number: int) -> str:
    if number >= len(operation.security) or not operation.security[number]:
        return "no credential"
    return " with ".join(operation.security[number])
