"""What a pack is: a name, what it says, the operations it has something to say about, its judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from contract_tests.bench import Bench
from contract_tests.plan import Plan


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack; `operations` are those it has something to say about, `judge` judges one of them.

    `judge` puts what it finds on the bench. `reads_only` says whether it works without writing.
    """

    name: str
    says: str
    operations: Callable[[Plan], Iterable[str]]
    judge: Callable[[Bench], None]
    reads_only: bool = False


def load_pack(name: str) -> Pack:
    """The pack of a name."""
    pack = import_module(f"contract_tests.packs.{name}").PACK
    assert isinstance(pack, Pack)
    return pack


@dataclass(frozen=True, slots=True)
class Item:
    """What is judged by itself: one operation by one pack."""

    pack: str
    operation: str

    @property
    def name(self) -> str:
        """Its name, such as `lifecycle-createCustomer`."""
        return f"{self.pack}-{self.operation}"


_FIRST = (
    "rules",
    "lifecycle",
    "collections",
    "access",
    "protocol",
    "lint",
    "differential",
    "schema",
)


def items_of(plan: Plan) -> list[Item]:
    """Every item of a plan: what finds most in the least time first, then as in the contract."""
    items = []
    for name in sorted(plan.packs, key=_FIRST.index):
        judged = set(load_pack(name).operations(plan))
        items += [Item(name, each) for each in plan.operations if each in judged]
    return items
