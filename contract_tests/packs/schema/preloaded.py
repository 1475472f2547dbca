"""Importing this imports all of Schemathesis, so that a process forked afterwards need not."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import suppress

_USED_LATER = ("yaml", "pyrate_limiter", "rich.live", "rich.progress", "rich.table")

_schemathesis = importlib.import_module("schemathesis")

for _found in pkgutil.walk_packages(_schemathesis.__path__, "schemathesis."):
    if not _found.name.endswith("__main__"):
        with suppress(ImportError):  # what it has for packages that are not installed
            importlib.import_module(_found.name)
for _name in _USED_LATER:
    with suppress(ImportError):
        importlib.import_module(_name)
