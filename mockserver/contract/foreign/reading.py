"""From a loaded document to a contract whose schemas are compiled when they are first asked."""

from __future__ import annotations

from dataclasses import replace

from mockserver.contract.foreign.compiling import ForeignCompiler
from mockserver.contract.foreign.loading import Loaded
from mockserver.contract.model import Contract
from mockserver.contract.operations import read_contract


def foreign_contract(loaded: Loaded) -> Contract:
    """The contract of a document; nothing is compiled yet."""
    compiler = ForeignCompiler(loaded.document, loaded.dialect)
    contract = read_contract(loaded.document, loaded.text, compiler.deferred, loaded.dialect)
    return replace(contract, compile_later=compiler.deferred)
