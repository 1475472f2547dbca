"""Schemas with their references followed and their branches joined, as far as names need it."""

from __future__ import annotations

import json
import re
from typing import Any

from contract_tests.contract import Contract

Json = Any
_MOST_DEPTH = 12


class Shapes:
    """Reads the schemas of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def flat(self, schema: Json, depth: int = 0) -> dict[str, Json]:
        """One object schema: `allOf` joined, the first branch of `oneOf` or `anyOf` taken."""
        found = self.contract.document.resolve(schema)
        if not isinstance(found, dict) or depth > _MOST_DEPTH:
            return {}
        joined = {name: value for name, value in found.items() if name not in _JOINS}
        branches = list(found.get("allOf", ()))
        for name in ("oneOf", "anyOf"):
            choices = [each for each in found.get(name, ()) if not self._is_null(each)]
            branches += choices[:1]
        for branch in branches:
            part = self.flat(branch, depth + 1)
            properties = {**part.get("properties", {}), **joined.get("properties", {})}
            required = [*joined.get("required", ()), *part.get("required", ())]
            joined = {**part, **joined}
            if properties:
                joined["properties"] = properties
            if required:
                joined["required"] = required
        return joined

    def members(self, schema: Json) -> dict[str, Json]:
        """The members of an object schema, by name."""
        members = self.flat(schema).get("properties", {})
        return members if isinstance(members, dict) else {}

    def kind(self, schema: Json) -> str:
        """Its type without null, or what its keywords say instead; empty for any."""
        flat = self.flat(schema)
        kinds = flat.get("type", [])
        named = [each for each in ([kinds] if isinstance(kinds, str) else kinds) if each != "null"]
        if named:
            return str(named[0])
        if "properties" in flat:
            return "object"
        return "array" if "items" in flat else ""

    def is_nullable(self, schema: Json) -> bool:
        """Whether null keeps the schema, in the way of 3.0 or of 3.1."""
        found = self.contract.document.resolve(schema)
        if not isinstance(found, dict):
            return False
        kinds = found.get("type")
        choices = [*found.get("oneOf", ()), *found.get("anyOf", ())]
        return (
            found.get("nullable") is True
            or (isinstance(kinds, list) and "null" in kinds)
            or any(self._is_null(each) for each in choices)
        )

    def at(self, schema: Json, parts: list[str]) -> Json:
        """The schema of what lies below, or None."""
        for part in parts:
            if part.isdigit() and self.kind(schema) == "array":
                schema = self.flat(schema).get("items", {})
                continue
            members = self.members(schema)
            if part not in members:
                return None
            schema = members[part]
        return schema

    def _is_null(self, schema: Json) -> bool:
        found = self.contract.document.resolve(schema)
        return isinstance(found, dict) and found.get("type") == "null"


_RESERVED = {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for",
             "function", "if", "import", "let", "loop", "package", "namespace", "return", "var",
             "void", "while"}  # fmt: skip
_JOINS = ("allOf", "oneOf", "anyOf", "$ref")


def accessor(base: str, name: str) -> str:
    """A member of something in CEL."""
    is_plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and name not in _RESERVED
    return f"{base}.{name}" if is_plain else f"{base}[{json.dumps(name)}]"


def words(name: str) -> list[str]:
    """The words of a name in small letters: `firstName`, `first-name` and `first_name` are two."""
    parted = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3_\2\4", name)
    return [word for word in re.split(r"[^a-z0-9]+", parted.lower()) if word]


def snake(name: str) -> str:
    """A name as words joined by underscores."""
    return "_".join(words(name))


def singular(word: str) -> str:
    """An English plural as its singular, as far as the usual endings go."""
    for plural, single in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"),
                           ("shes", "sh"), ("uses", "us")):  # fmt: skip
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + single
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
