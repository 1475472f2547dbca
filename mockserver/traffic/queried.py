"""What the path and the query of a request exercise of the contract."""

from __future__ import annotations

from typing import NamedTuple


class Queried(NamedTuple):
    """Masks of parameters and enum values, and names that nobody declared."""

    parameters: int
    values: int
    undocumented: tuple[str, ...]
