"""A request as its operation sees it: read, checked and let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.mutants.ports.python_port.checking import Checker
from contract_tests.mutants.ports.python_port.contract import Contract
from contract_tests.mutants.ports.python_port.database import Database
from contract_tests.mutants.ports.python_port.refusing import Problem, Reply


@dataclass(frozen=True, slots=True)
class Call:
    """`values` holds path, query and headers by their names; `now` is one moment throughout.

    `problems` are faults of the request itself that the operation is to tell with its own.
    """

    database: Database
    contract: Contract
    checker: Checker
    values: Mapping[str, Any]
    body: Any
    now: str
    problems: tuple[Problem, ...] = ()

    @property
    def path_id(self) -> str:
        """The id in the path."""
        return str(self.values["id"])


Handler = Callable[[Call], Reply]
