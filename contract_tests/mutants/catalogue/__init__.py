"""Every mutant there is, class by class: those known while the packs were made, and the others."""

from __future__ import annotations

from contract_tests.mutants.catalogue.access import ACCESS
from contract_tests.mutants.catalogue.collections import COLLECTIONS
from contract_tests.mutants.catalogue.held_out import FIRST_HELD_OUT
from contract_tests.mutants.catalogue.lifecycle import LIFECYCLE
from contract_tests.mutants.catalogue.robustness import ROBUSTNESS
from contract_tests.mutants.catalogue.rules import RULES
from contract_tests.mutants.catalogue.second_held_out import SECOND_HELD_OUT
from contract_tests.mutants.catalogue.third_held_out import THIRD_HELD_OUT
from contract_tests.mutants.catalogue.wire import WIRE
from contract_tests.mutants.mutant import Mutant

__all__ = ["CATALOGUE", "HELD_OUT", "HELD_OUT_SETS", "KNOWN", "find"]

KNOWN: tuple[Mutant, ...] = (*WIRE, *LIFECYCLE, *COLLECTIONS, *RULES, *ACCESS, *ROBUSTNESS)
"""The mutants that whoever improved the packs knew."""

HELD_OUT_SETS: tuple[tuple[Mutant, ...], ...] = (FIRST_HELD_OUT, SECOND_HELD_OUT, THIRD_HELD_OUT)
"""The sets that were held out, in the order in which they were written."""

HELD_OUT: tuple[Mutant, ...] = tuple(mutant for each in HELD_OUT_SETS for mutant in each)

CATALOGUE: tuple[Mutant, ...] = (*KNOWN, *HELD_OUT)


def find(name: str) -> Mutant:
    """The mutant of a name; KeyError, with a way on, when there is none."""
    for mutant in CATALOGUE:
        if mutant.name == name:
            return mutant
    raise KeyError(f"There is no mutant {name!r}: python -m contract_tests.mutants list names all.")
