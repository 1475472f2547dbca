"""Servers that differ from ours by one seeded fault each, so that the judge can show it can fail.

A mutant is an entry of `catalogue/` over a function of `faults/` that changes one function of the
server, or over a layer of `layers.py` that changes what is read or sent. `python -m
contract_tests.mutants list` shows them, `prove` runs their proofs, `server.py` serves one. Those of
`catalogue/held_out/` were written by people who did not know the packs, after these were made, and
are counted apart: they measure what the others can no longer show.

What may not enter: anything of the packs; a fault is a mistake that people make, never the negative
of a check.
"""
