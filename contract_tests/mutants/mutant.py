"""What a mutant is: one fault, how a client can see it, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["wire", "lifecycle", "collections", "rules", "access", "robustness"]
KINDS: tuple[Kind, ...] = ("wire", "lifecycle", "collections", "rules", "access", "robustness")

Verb = Callable[..., Any]
"""A function of the server, whatever it takes and gives."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A function of the server to be replaced by what `make` gives for the original.

    `target` is `module:function` or `module:Class.attribute` (a method or a property). The
    function is replaced wherever it was imported by name, unless `only_here` keeps the change to
    the named module.
    """

    target: str
    make: Callable[[Verb], Verb]
    only_here: bool = False


Apply = Callable[[], tuple[Patch, ...]]
"""Makes the patches of a fault anew, so that what they remember lives no longer than the mutant."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A server that is ours but for one fault.

    `fault` says what is wrong, `visible` how a client sees it, `operations` where. `proof` is a
    script of at most two statements over the names of `proofs`; it sets `ok`, which is true on the
    reference and false on the mutant. `held_out` is the number of the held-out set, which nobody
    knew who worked on the packs then; 0 for those that were known.
    """

    name: str
    kind: Kind
    fault: str
    visible: str
    operations: tuple[str, ...]
    apply: Apply
    proof: str
    held_out: int = 0


def replaced(target: str, make: Callable[[Verb], Verb], *, only_here: bool = False) -> Apply:
    """The fault of one changed function."""
    return lambda: (Patch(target, make, only_here),)


def joined(*faults: Apply) -> Apply:
    """Several changes that make one fault together."""
    return lambda: tuple(patch for fault in faults for patch in fault())
