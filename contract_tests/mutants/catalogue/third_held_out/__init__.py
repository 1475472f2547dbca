"""The third set of mutants that nobody had seen who worked on the packs."""

from __future__ import annotations

from dataclasses import replace

from contract_tests.mutants.catalogue.third_held_out.edges import ACCESS, ROBUSTNESS, WIRE
from contract_tests.mutants.catalogue.third_held_out.records import COLLECTIONS, LIFECYCLE
from contract_tests.mutants.catalogue.third_held_out.rules import RULES
from contract_tests.mutants.mutant import Mutant

_WRITTEN: tuple[Mutant, ...] = (*WIRE, *LIFECYCLE, *COLLECTIONS, *RULES, *ACCESS, *ROBUSTNESS)

THIRD_HELD_OUT: tuple[Mutant, ...] = tuple(replace(mutant, held_out=3) for mutant in _WRITTEN)
