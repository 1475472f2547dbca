"""Places: which operation acts on which kind of record, as paths and declarations tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.semantics import Resource, Semantics
from contract_tests.semantics.loading import read_semantics

Json = Any

_PARAMETER = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Places:
    """For each operation, the resource that each of its path parameters names.

    `resources` are the declared ones, or those that the paths suggest where none is declared.
    """

    resources: dict[str, Resource]
    owners: dict[str, dict[str, str]] = field(default_factory=dict)

    def readers(self, contract: Contract, resource: str) -> list[Operation]:
        """The operations that read something of a record, and need nothing but its id."""
        return [
            operation
            for operation in contract.operations.values()
            if operation.method == "GET"
            and list(self.owners[operation.name].values()) == [resource]
            and len(operation.parameters_in("path")) == 1
        ]


def find_places(contract: Contract, semantics: Semantics) -> Places:
    """The places of a contract."""
    resources = semantics.resources or suggested(contract)
    at: dict[str, str] = {}
    for resource in resources.values():
        for part in (resource.read, resource.update, resource.delete):
            if part is not None:
                path = contract.operations[part.operation].path
                at.setdefault(_up_to(path, part.parameter), resource.name)
    owners = {
        operation.name: {
            name: at[_up_to(operation.path, name)]
            for name in _PARAMETER.findall(operation.path)
            if _up_to(operation.path, name) in at
        }
        for operation in contract.operations.values()
    }
    return Places(resources, owners)


def suggested(contract: Contract) -> dict[str, Resource]:
    """Resources that the paths suggest: made at `/things`, read at `/things/{id}`."""
    return read_semantics({"resources": dict(_suggested(contract))}).resources


def _suggested(contract: Contract) -> Iterator[tuple[str, Json]]:
    for operation in contract.operations.values():
        parameters = _PARAMETER.findall(operation.path)
        if operation.method != "GET" or not operation.path.endswith("}") or len(parameters) != 1:
            continue
        base = operation.path.rpartition("/")[0]
        read = {"operation": operation.name, "parameter": parameters[0]}
        raw: Json = {"id": "/id", "unknown": "0", "read": read}
        made = [o for o in contract.operations.values() if o.path == base and o.method == "POST"]
        if made:
            raw["create"] = {"operation": made[0].name, "body": None, "id": _id_in(made[0])}
        yield base.strip("/").replace("/", "_"), raw


def _id_in(operation: Operation) -> str:
    """Where the answer to a create holds the id."""
    declared = operation.answers.get("201")
    is_bodiless = declared is not None and not declared.schemas
    return "header:Location" if is_bodiless else "/id"


def _up_to(path: str, parameter: str) -> str:
    """A path up to a parameter, whatever the parameters are called."""
    before = path.partition("{" + parameter + "}")[0]
    return _PARAMETER.sub("{}", before) + "{}"
