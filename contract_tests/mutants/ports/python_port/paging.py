"""Lists of the Otesse families: filters that combine, and pages of what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import read_bound
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply


class Filters:
    """Conditions in SQL that all have to hold, with the values they compare to."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self._values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self._conditions.append(condition)
        self._values += values

    def add_given(self, values: Mapping[str, Any], **conditions: str) -> None:
        """A condition for each parameter that is given, which it is compared to."""
        for name, condition in conditions.items():
            if name in values:
                self.add(condition, values[name])

    def add_range(self, values: Mapping[str, Any], column: str) -> None:
        """The moments from `date_from` to `date_to`, both ends included."""
        start = read_bound(values["date_from"]) if "date_from" in values else None
        end = read_bound(values["date_to"], whole_day=True) if "date_to" in values else None
        if start is not None and end is not None and start > end:
            raise reversed_range("date_from", "date_to")
        if start is not None:
            self.add(f"{column} >= ?", start)
        if end is not None:
            self.add(f"{column} <= ?", end)

    def page(
        self,
        database: Database,
        source: str,
        order: str,
        values: Mapping[str, Any],
        shown: Callable[[Row], Any],
    ) -> Reply:
        """The page that is asked for, of what meets all conditions."""
        where = " AND ".join(self._conditions) or "TRUE"
        total = database.value(f"SELECT count(*) FROM {source} WHERE {where}", *self._values)
        size, number = values["per_page"], values["page"]
        sql = f"SELECT * FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
        rows = database.rows(sql, *self._values, size, (number - 1) * size)
        pages = {
            "page": number,
            "per_page": size,
            "total": total,
            "total_pages": (total + size - 1) // size,
        }
        return Reply(200, {"pagination": pages, "data": [shown(row) for row in rows]})


def reversed_range(start: str, end: str) -> Refused:
    """The refusal of a range that ends before it starts."""
    return Refused(400, "invalid_parameter", f"{start} may not be beyond {end}.", start)
