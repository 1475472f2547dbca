"""The enum values that a schema offers to a client, by where they stand in the value."""

from __future__ import annotations

from typing import Any

from mockserver.contract.references import follow

EACH = "*"
"""Stands in a place for each item of a list, or each member that is not declared by name."""

Place = tuple[str, ...]
_MOST = 1000  # places of one schema
_MOST_STEPS = 20_000


def enums_of(document: dict[str, Any], schema: Any) -> dict[Place, tuple[Any, ...]]:
    """Place to values, in the order of the document; within bounds.

    What only some branches of `oneOf` and `anyOf` allow counts where no other schema declares the
    member; where one does, the branch is a condition on it (`opt_in` must be false without an
    address) and offers nothing new. Members that a request may not carry (readOnly) are left out.
    """
    walk = _Walk(document)
    walk.take(schema, (), frozenset(), is_firm=True)
    return {at: tuple(values) for at, values in walk.offered().items()}


class _Walk:
    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._steps = 0
        self._declared: set[Place] = set()
        self._firm: dict[Place, list[Any]] = {}
        self._loose: dict[Place, list[Any]] = {}

    def offered(self) -> dict[Place, list[Any]]:
        loose = {at: values for at, values in self._loose.items() if at not in self._declared}
        return {**self._firm, **loose}

    def take(self, schema: Any, at: Place, passed: frozenset[str], is_firm: bool) -> None:
        """Take a schema in; `passed` are the references on the way here, none is taken twice."""
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        schema = follow(self._document, schema)
        self._steps += 1
        full = len(self._firm) + len(self._loose) >= _MOST or self._steps > _MOST_STEPS
        if not isinstance(schema, dict) or schema.get("readOnly") or reference in passed or full:
            return
        passed = passed | {reference} if reference else passed
        if is_firm and at:
            self._declared.add(at)
        if isinstance(schema.get("enum"), list):
            self._offer(schema["enum"], at, is_firm)
        for branch in schema.get("allOf", []):
            self.take(branch, at, passed, is_firm)
        for branch in [*schema.get("oneOf", []), *schema.get("anyOf", [])]:
            self.take(branch, at, passed, is_firm=False)
        for name, member in (schema.get("properties") or {}).items():
            self.take(member, (*at, name), passed, is_firm)
        for key in ("items", "additionalProperties"):
            self.take(schema.get(key), (*at, EACH), passed, is_firm)

    def _offer(self, values: list[Any], at: Place, is_firm: bool) -> None:
        offered = (self._firm if is_firm else self._loose).setdefault(at, [])
        for value in values:
            if not any(type(value) is type(known) and value == known for known in offered):
                offered.append(value)
