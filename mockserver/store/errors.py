"""What a collection refuses.

- ValueError: DuplicateKey, another row already holds the value
- LookupError: MissingKey, no row has the key
- LookupError: UnknownIndex, the table was never told about the name
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class DuplicateKey(ValueError):
    """A unique value belongs to another row; nothing was changed."""

    def __init__(self, table: str, name: str, value: Hashable) -> None:
        """Keep the table, the unique name (`key` for the primary key) and the value."""
        super().__init__(
            f"{table}: another row already has {name} {value!r}; "
            "choose another value or replace that row by its own key"
        )
        self.table = table
        self.name = name
        self.value = value


class MissingKey(LookupError):
    """No row has the key; nothing was changed."""

    def __init__(self, table: str, key: str) -> None:
        """Keep the table and the key asked for."""
        super().__init__(f"{table}: no row has the key {key!r}; look with get() first")
        self.table = table
        self.key = key


class UnknownIndex(LookupError):
    """A query or look-up names something that the table does not declare."""

    def __init__(self, table: str, kind: str, name: str, known: Iterable[str]) -> None:
        """Keep the table, the kind of name (such as `range`), the name and the declared names."""
        self.known = tuple(known)
        choice = ", ".join(self.known) or "none"
        super().__init__(
            f"{table}: no {kind} is called {name!r} (declared: {choice}); "
            "use a declared name or add it to the Table"
        )
        self.table = table
        self.kind = kind
        self.name = name
