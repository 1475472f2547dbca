"""The store: relational tables in memory, one connection, one transaction per request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row
_TABLES = Path(__file__).with_name("tables.sql")
_WIDTHS = {"cust": 10, "addr": 10, "sub": 10, "inv": 10, "bk": 14}


class Database:
    """SQL in, rows out; ids are counted, each kind on its own."""

    def __init__(self) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.create_function("fold", 1, _fold, deterministic=True)
        connection.create_function("digits", 1, digits, deterministic=True)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(_TABLES.read_text(encoding="utf-8"))
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing when it ends in an exception."""
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """Every row of a query."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query."""
        found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row; None without a row."""
        found = self.row(sql, *values)
        return found[0] if found else None

    def run(self, sql: str, *values: Any) -> None:
        """A statement that answers nothing."""
        self._connection.execute(sql, values)

    def insert(self, table: str, members: Mapping[str, Any]) -> int:
        """Add a row; its number."""
        names, marks = ", ".join(members), ", ".join("?" * len(members))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return int(self._connection.execute(sql, tuple(members.values())).lastrowid or 0)

    def update(self, table: str, seq: int, members: Mapping[str, Any]) -> None:
        """Change some members of the row with this number."""
        changes = ", ".join(f"{name} = ?" for name in members)
        self.run(f"UPDATE {table} SET {changes} WHERE seq = ?", *members.values(), seq)

    def count_up(self, name: str) -> int:
        """The next number of a counter, from 1."""
        sql = (
            "INSERT INTO counters VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"
        )
        return int(self._connection.execute(sql, (name,)).fetchone()[0])

    def new_id(self, prefix: str) -> str:
        """An id never given before, such as `cust_0000000017`."""
        return f"{prefix}_{self.count_up(prefix):0{_WIDTHS[prefix]}}"


def digits(text: str | None) -> str:
    """The digits 0 to 9 of a text."""
    return "".join(character for character in text or "" if "0" <= character <= "9")


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()
