"""Every mutant there is, class by class."""

from __future__ import annotations

from contract_tests.mutants.catalogue.access import ACCESS
from contract_tests.mutants.catalogue.collections import COLLECTIONS
from contract_tests.mutants.catalogue.lifecycle import LIFECYCLE
from contract_tests.mutants.catalogue.robustness import ROBUSTNESS
from contract_tests.mutants.catalogue.rules import RULES
from contract_tests.mutants.catalogue.wire import WIRE
from contract_tests.mutants.mutant import Mutant

CATALOGUE: tuple[Mutant, ...] = (*WIRE, *LIFECYCLE, *COLLECTIONS, *RULES, *ACCESS, *ROBUSTNESS)


def find(name: str) -> Mutant:
    """The mutant of a name; KeyError, with a way on, when there is none."""
    for mutant in CATALOGUE:
        if mutant.name == name:
            return mutant
    raise KeyError(f"There is no mutant {name!r}: python -m contract_tests.mutants list names all.")
