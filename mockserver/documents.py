"""Documents that nobody here wrote, each mounted under its prefix, answered by the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mockserver.admin.control import Growth
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.foreign import Loaded, foreign_contract, load_foreign
from mockserver.engine import Engine
from mockserver.engine.estate import Estate
from mockserver.engine.handlers import Handlers
from mockserver.engine.keeper import DocumentKeeper
from mockserver.errors import SetupError
from mockserver.serving import Serving, clock_of, kept_bytes
from mockserver.settings import Settings
from mockserver.store import StoredWorld
from mockserver.wire.api import Api
from mockserver.wire.dialects import DocumentDialect
from mockserver.wire.kept import Kept
from mockserver.worlds import ServedWorld

_MOUNT = re.compile(r"(/[A-Za-z0-9._-]+)*/?=.+", re.ASCII)
_PARAMETER = re.compile(r"\{[^}]*\}")
_MOST_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Mounted:
    """One document: what its worlds are called in an estate, where it is mounted, what it says."""

    name: str
    prefix: str
    location: str
    loaded: Loaded
    contract: Contract
    engine: Engine
    handlers: Handlers | None

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that it was read from, the handlers included."""
        return (*self.loaded.files, *(self.handlers.files if self.handlers else ()))

    def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The answer of the author's handler, where there is one, else that of the engine."""
        if self.handlers is None:
            return self.engine.answer(operation, served, call)
        world = self.engine.world_in(served.world)
        return self.handlers.answer(self.engine, operation, world, call)

    def api(self, kept: Kept | None) -> Api:
        """The contract with those who answer for it; `kept` holds the bytes of replies."""
        dialect = DocumentDialect(self.engine.refusal, self.prefix)
        tags = {operation.tag for operation in self.contract.operations}
        words = dict.fromkeys(tags, dialect)
        return Api(self.contract, self.prefix, self.answer, words, kept=kept, is_read=self._is_read)

    def _is_read(self, operation: Operation) -> bool:
        """Whether the engine answers from what it has; an author's handler may do anything.

        With many collections it takes longer to see that none has changed than to answer anew.
        """
        is_own = self.handlers is not None and operation in self.handlers
        is_small = len(self.engine.inference.resources) <= _MOST_COMPARED
        return operation.method == "GET" and is_small and not is_own


def documents(settings: Settings) -> Serving:
    """The documents of the settings; SetupError says which one cannot be served, and why."""
    if settings.scenario != Settings().scenario:
        raise SetupError(
            f"--scenario {settings.scenario} grows the documented business: documents have no "
            "scenario. Leave it out; --seed gives other records."
        )
    mounted = tuple(_mounted(settings))
    keeper = DocumentKeeper({each.name: each.engine for each in mounted})
    kept = kept_bytes(settings)
    return Serving(
        tuple(each.api(kept) for each in mounted),
        partial(_grown, settings, mounted),
        keeper,
        tuple(dict.fromkeys(path for each in mounted for path in each.files)),
        (*_defects(mounted), *_handled(settings, mounted), *conflicts(mounted)),
    )


def _mounted(settings: Settings) -> Iterator[Mounted]:
    """Every document; a single one lies at the root unless a prefix is given."""
    places = [_place(given, is_alone=len(settings.documents) == 1) for given in settings.documents]
    loaded = [load_foreign(location) for _, location in places]
    contracts = [foreign_contract(each) for each in loaded]
    for at, (name, (prefix, location)) in enumerate(zip(_names(places), places, strict=True)):
        engine = Engine(
            contracts[at],
            base_path=prefix,
            part=name,
            locale=settings.locale,
            examples=settings.examples,
        )
        own = settings.handlers
        handlers = Handlers(own, contracts[at], contracts) if own else None
        contract = _named(contracts[at], name)
        yield Mounted(name, prefix, location, loaded[at], contract, engine, handlers)


def _place(given: str, *, is_alone: bool) -> tuple[str, str]:
    """Where a document is mounted, and where it lies: `/shop=shop.yaml`, or `shop.yaml` alone."""
    if given.startswith("/") and _MOUNT.fullmatch(given):
        prefix, _, location = given.partition("=")
        return prefix.rstrip("/"), location
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(given.partition("?")[0]).stem).strip("-.")
    return "" if is_alone else f"/{stem or 'document'}", given


def _names(places: list[tuple[str, str]]) -> list[str]:
    """A name for each document, empty for a single one."""
    if len(places) == 1:
        return [""]
    names: list[str] = []
    for prefix, _ in places:
        wanted = prefix.strip("/").replace("/", ".") or "root"
        number = sum(name.partition("~")[0] == wanted for name in names)
        names.append(f"{wanted}~{number + 1}" if number else wanted)
    return names


def _named(contract: Contract, name: str) -> Contract:
    """The contract with operation ids that no other document has."""
    if not name:
        return contract
    operations = tuple(
        replace(each, operation_id=f"{name}.{each.operation_id}") for each in contract.operations
    )
    return replace(contract, operations=operations)


def _grown(
    settings: Settings, mounted: tuple[Mounted, ...], name: str, growth: Growth
) -> StoredWorld:
    seed = settings.seed if growth.seed is None else growth.seed
    clock = clock_of(settings)
    if len(mounted) == 1:
        return mounted[0].engine.world(name, seed=seed, clock=clock)
    parts = {each.name: each.engine.world(name, seed=seed, clock=clock) for each in mounted}
    return Estate.of(name, seed, clock, parts)


def _defects(mounted: tuple[Mounted, ...]) -> Iterator[str]:
    for each in mounted:
        if number := len(each.loaded.warnings):
            yield (
                f"{each.location}: {number} defects were mended or left out. "
                f"See them: mockserver doctor {each.location}"
            )


def _handled(settings: Settings, mounted: tuple[Mounted, ...]) -> Iterator[str]:
    found = sum(len(each.handlers) for each in mounted if each.handlers)
    if settings.handlers:
        yield f"{found} operations are answered by the handlers in {settings.handlers}."


def conflicts(mounted: tuple[Mounted, ...]) -> Iterator[str]:
    """What several documents declare at one path, of which only the first is ever reached."""
    owners: dict[tuple[str, str], Mounted] = {}
    for each in mounted:
        for operation in each.contract.operations:
            path = each.prefix + operation.path
            first = owners.setdefault((operation.method, _PARAMETER.sub("{}", path)), each)
            if first is not each:
                yield (
                    f"{operation.method} {path} is declared by {first.location} and by "
                    f"{each.location}: the first one answers. Give one of them another prefix: "
                    f"/other={each.location}."
                )
