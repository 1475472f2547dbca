"""Two versions of a contract: what breaks whom, and which version number says so.

Nothing enters that needs a server.
"""

from __future__ import annotations

from contract_tests.packs.diff.changes import Change, Side, Weight
from contract_tests.packs.diff.comparing import Comparison, compare_contracts
from contract_tests.packs.diff.telling import as_json, as_markdown, as_text
from contract_tests.packs.diff.versions import Verdict

__all__ = [
    "Change",
    "Comparison",
    "Side",
    "Verdict",
    "Weight",
    "as_json",
    "as_markdown",
    "as_text",
    "compare_contracts",
]
