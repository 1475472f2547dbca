"""The judge from the command line: where the kit lies, and what it needs to be installed."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mockserver.bundle import bundled
from mockserver.errors import SetupError

_NEEDED = ("cel", "openapi_spec_validator", "schemathesis")


def open_kit(needed: tuple[str, ...] = ()) -> None:
    """Make `contract_tests` importable; SetupError when a module that is needed is not installed.

    The kit is a folder of the checkout; in an installed package it travels inside.
    """
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise SetupError(
            f"The judge needs {', '.join(missing)}: run pip install 'mockserver[check]'."
        )
    folder = str(bundled("contract_tests").parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)  # whoever calls may have a `contract_tests` of their own


def from_kit(module: str, name: str) -> Any:
    """Something of the kit, by its module below `contract_tests`; it needs all that a run needs."""
    open_kit(_NEEDED)
    return getattr(import_module(f"contract_tests.{module}"), name)
