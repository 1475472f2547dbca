"""Security schemes and requirements of a foreign document: those that can be asked for."""

from __future__ import annotations

from typing import Any

from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.references import follow

_PLACES = frozenset({"query", "header", "cookie"})
_TYPES = frozenset({"apiKey", "http", "oauth2", "openIdConnect"})


class SecurityMender:
    """Keeps the schemes that a request can satisfy, and the requirements that name them."""

    def __init__(self, document: dict[str, Any], notes: Notes) -> None:
        self._document = document
        self._notes = notes
        self._schemes: dict[str, Any] = {}

    def mend(self) -> None:
        """Mend the schemes and the requirements of the whole document."""
        components = self._document["components"]
        raw = components.get("securitySchemes")
        for name, node in raw.items() if isinstance(raw, dict) else ():
            scheme = follow(self._document, node)
            where = Where() / "components" / "securitySchemes" / name
            if self._is_usable(scheme, where):
                self._schemes[name] = scheme
        components["securitySchemes"] = self._schemes
        self.requirements(self._document, Where())

    def _is_usable(self, scheme: Any, where: Where) -> bool:
        kind = scheme.get("type") if isinstance(scheme, dict) else None
        if not isinstance(kind, str) or kind not in _TYPES:
            what = f"the type {kind}" if kind else "a scheme without type"
            self._notes.add("bad-scheme", where, f"{what} cannot be asked for", "ignored")
            return False
        if kind == "apiKey" and not _is_placed(scheme):
            problem = "an apiKey says by 'in' and 'name' where it is sent"
            self._notes.add("bad-scheme", where, problem, "ignored")
            return False
        return True

    def requirements(self, owner: dict[str, Any], where: Where) -> None:
        """The alternatives of `security`, without schemes that are not there."""
        raw = owner.get("security")
        if raw is None:
            owner.pop("security", None)
            return
        if isinstance(raw, dict):
            raw = [raw]
        if not isinstance(raw, list):
            self._notes.wrong(where / "security", owner.pop("security"), "a list")
            return
        owner["security"] = [
            self._alternative(way, where / "security" / at)
            for at, way in enumerate(raw)
            if isinstance(way, dict)
        ]

    def _alternative(self, way: dict[str, Any], where: Where) -> dict[str, list[str]]:
        kept: dict[str, list[str]] = {}
        for name, scopes in way.items():
            if name in self._schemes:
                listed = scopes if isinstance(scopes, list) else []
                kept[name] = [scope for scope in listed if isinstance(scope, str)]
            else:
                problem = f"the security scheme {name} is not declared"
                self._notes.add("undefined-scheme", where, problem, "not asked for")
        return kept


def _is_placed(scheme: dict[str, Any]) -> bool:
    name = scheme.get("name")
    return str(scheme.get("in")) in _PLACES and isinstance(name, str) and bool(name)
