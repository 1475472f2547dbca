"""Where the files that travel with the package lie: contract and scenarios."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_bundle"


def bundled(name: str) -> Path:
    """The path of a file or folder of ours, in a checkout or in an installed package."""
    installed = _INSTALLED / name
    return installed if installed.exists() else _PACKAGE.parent / name


def contract_path() -> Path:
    """The contract that is served by default."""
    return bundled("openapi.yaml")


def scenario_directory() -> Path:
    """The folder of the scenarios that can be named without a path."""
    return bundled("fixtures/scenarios")
