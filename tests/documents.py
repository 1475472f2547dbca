"""Contracts as values, for tests that need no server."""

from __future__ import annotations

from pathlib import Path

from mockserver.contract import Contract, build_contract, load_document, read_document


def read_contract(path: Path) -> Contract:
    """The contract in a file of ours."""
    source = read_document(path)
    return build_contract(load_document(source, str(path)), source)
