"""Documents that nobody here wrote, each mounted under its prefix, answered by the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mockserver.admin.control import Growth
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.foreign import load_foreign
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
from mockserver.worlds import ServedWorld

_MOUNT = re.compile(r"(/[A-Za-z0-9._-]+)*/?=.+", re.ASCII)
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Mounted:
    """One document: what its worlds are called in an estate, where it is mounted, what it says."""

    name: str
    prefix: str
    location: str
    contract: Contract
    engine: Engine
    handlers: Handlers | None

    def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The answer of the author's handler, where there is one, else that of the engine."""
        if self.handlers is None:
            return self.engine.answer(operation, served, call)
        world = self.engine.world_in(served.world)
        return self.handlers.answer(self.engine, operation, world, call)

    def api(self, settings: Settings) -> Api:
        """The contract with those who answer for it."""
        dialect = DocumentDialect(self.engine.refusal, self.prefix)
        tags = {operation.tag for operation in self.contract.operations}
        words = dict.fromkeys(tags, dialect)
        return Api(self.contract, self.prefix, self.answer, words, kept=kept_bytes(settings))
