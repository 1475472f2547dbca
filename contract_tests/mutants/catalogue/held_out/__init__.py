"""The first set of mutants that nobody had seen who worked on the packs then."""

from __future__ import annotations

from dataclasses import replace

from contract_tests.mutants.catalogue.held_out.collections import COLLECTIONS
from contract_tests.mutants.catalogue.held_out.edges import ACCESS, ROBUSTNESS, WIRE
from contract_tests.mutants.catalogue.held_out.lifecycle import LIFECYCLE
from contract_tests.mutants.catalogue.held_out.rules import RULES
from contract_tests.mutants.mutant import Mutant

_WRITTEN: tuple[Mutant, ...] = (*WIRE, *LIFECYCLE, *COLLECTIONS, *RULES, *ACCESS, *ROBUSTNESS)

FIRST_HELD_OUT: tuple[Mutant, ...] = tuple(replace(mutant, held_out=1) for mutant in _WRITTEN)
