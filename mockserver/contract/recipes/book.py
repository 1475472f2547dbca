"""All recipes of a contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mockserver.contract.model import Contract, Operation
from mockserver.contract.recipes.documented import Documented
from mockserver.contract.recipes.model import Recipe, Request, Way
from mockserver.contract.recipes.ways import natural_ways

# Statuses that a fault can be told to answer with.
_FAULTY = range(400, 600)


def recipes(
    contract: Contract,
    admin_path: str = "/__admin",
    max_body_bytes: int = 1024 * 1024,
    base_path: str = "",
) -> list[Recipe]:
    """A recipe for each operation and each status it declares, in the order of the document.

    `admin_path` is where faults are set, `max_body_bytes` the size of body that is still taken,
    `base_path` where the contract is mounted.
    A declared range such as `4XX` or `default` gives no recipe of its own.
    """
    return [
        recipe
        for operation in contract.operations
        for recipe in _of_operation(
            Documented(contract, operation, base_path), admin_path, max_body_bytes
        )
    ]


def sample_request(contract: Contract, operation: Operation, base_path: str = "") -> Request:
    """The request that the contract documents for an operation, with a credential that is taken."""
    return Documented(contract, operation, base_path).request()


def _of_operation(documented: Documented, admin_path: str, max_body_bytes: int) -> Iterator[Recipe]:
    operation = documented.operation
    path = documented.base_path + operation.path
    for status in map(int, filter(str.isdigit, operation.responses)):
        ways = [
            *natural_ways(documented, status, max_body_bytes),
            *([_fault(documented, status, admin_path)] if status in _FAULTY else []),
            _prefer(documented, status),
        ]
        yield Recipe(operation.operation_id, operation.method, path, status, tuple(ways))


def _fault(documented: Documented, status: int, admin_path: str) -> Way:
    """One request of this operation is spoiled, the next ones are not."""
    rule = {
        "match": {"operation_id": documented.operation.operation_id},
        "schedule": {"first": 1},
        "effect": {"status": status},
    }
    first = Request("POST", f"{admin_path}/faults", {"Content-Type": "application/json"}, rule)
    summary = f"Set a fault that answers the next request with {status}; send any request."
    return Way("fault", summary, documented.request(), first=first)


def _prefer(documented: Documented, status: int) -> Way:
    request = documented.request()
    headers = {**request.headers, "Prefer": f"code={status}"}
    summary = f"Ask for the documented answer of the status {status}; nothing is changed."
    return Way("prefer", summary, replace(request, headers=headers))
