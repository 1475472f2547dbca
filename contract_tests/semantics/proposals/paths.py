"""Operations grouped by what their paths name: a list, and one record in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from contract_tests.contract import Contract, Operation
from contract_tests.semantics.proposals.shapes import singular, snake

_VERSION = re.compile(r"v\d+(\.\d+)*|api|rest|public")
# `/customers/id/{customerId}` names a record of `/customers` as `/customers/{customerId}` does.
_BY_ID = ("id", "by-id", "byid")


@dataclass(slots=True)
class Group:
    """The operations of one kind of record; `parent` is the group whose record it lies in.

    `by_parameter` holds, for an operation on one record, the parameter that takes its id.
    """

    name: str
    path: str
    listing: Operation | None = None
    creating: Operation | None = None
    reading: Operation | None = None
    updating: Operation | None = None
    deleting: Operation | None = None
    parent: Group | None = None
    by_parameter: dict[str, str] = field(default_factory=dict)

    @property
    def plural(self) -> str:
        """The last literal part of its path."""
        return snake(_literals(self.path)[-1]) if _literals(self.path) else self.name

    def owners(self, operation: Operation) -> list[str]:
        """The path parameters that take the ids of the records around one of the group."""
        own = self.by_parameter.get(operation.name)
        return [name for name in re.findall(r"{([^}]+)}", operation.path) if name != own]

    @property
    def is_resource(self) -> bool:
        """Whether it has records that can be made or read one by one."""
        return self.creating is not None or self.reading is not None


def groups_of(contract: Contract) -> dict[str, Group]:
    """The groups by name, parents before children."""
    by_path: dict[str, Group] = {}
    for operation in contract.operations.values():
        _sort(by_path, operation)
    real = {path: each for path, each in by_path.items() if _is_real(each)}
    named: dict[str, Group] = {}
    for path in sorted(real, key=lambda path: (path.count("{"), list(real).index(path))):
        group = real[path]
        group.name = _name(path, named)
        group.parent = real.get(path[: path.rfind("/{")]) if "{" in path else None
        named[group.name] = group
    return named


def _sort(by_path: dict[str, Group], operation: Operation) -> None:
    parts = operation.path.rstrip("/").split("/")
    is_item = parts[-1].startswith("{") and parts[-1].endswith("}")
    above = parts[:-1] if is_item else parts
    if is_item and above and above[-1].lower() in _BY_ID:
        above = above[:-1]
    path = "/".join(above)
    # Whatever the parameters around it are called, it is one group.
    group = by_path.setdefault(re.sub(r"{[^}]+}", "{}", path), Group("", path))
    if not is_item:
        if operation.method == "GET":
            group.listing = operation
        elif operation.method == "POST":
            group.creating = operation
        return
    group.by_parameter[operation.name] = parts[-1][1:-1]
    if operation.method == "GET":
        group.reading = operation
    elif operation.method == "DELETE":
        group.deleting = operation
    elif operation.method == "PATCH" or (operation.method == "PUT" and group.updating is None):
        group.updating = operation


def _is_real(group: Group) -> bool:
    """Whether a group is a kind of record: it is made beside a list, or read or changed by id."""
    has_items = bool(group.by_parameter)
    return bool(_literals(group.path)) and (
        has_items or (group.creating is not None and group.listing is not None)
    )


def _literals(path: str) -> list[str]:
    return [part for part in path.split("/") if part and "{" not in part]


def _name(path: str, taken: dict[str, Group]) -> str:
    literals = [part for part in _literals(path) if not _VERSION.fullmatch(part)] or ["record"]
    name = ""
    for part in reversed(literals):
        name = snake(part) + "_" + name if name else singular(snake(part))
        if name not in taken:
            return name
    return next(f"{name}_{n}" for n in range(2, 1000) if f"{name}_{n}" not in taken)
