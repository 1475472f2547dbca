"""Which credentials a server takes: by form, unless a file lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mockserver.contract import load_document, read_document
from mockserver.errors import SetupError

STATES = ("valid", "invalid", "expired", "revoked", "forbidden")
FAMILIES = ("otesse", "merchant", "leads", "document")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a listed credential may do: its state, and its scopes (None: all of them)."""

    state: str = "valid"
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """The credentials of one server.

    Without a list every credential of the documented form is taken, with all scopes, unless it
    contains one of `refused_words`: a client that wants to see its 401 sends a key with `expired`
    in it. `only_listed` names the families that take nothing but what `listed` holds.
    """

    listed: Mapping[str, Grant] = field(default_factory=lambda: MappingProxyType({}))
    only_listed: frozenset[str] = frozenset()
    refused_words: tuple[str, ...] = ("invalid", "expired", "revoked")

    def grant(self, value: str, family: str, form: str) -> Grant | None:
        """What the credential may do; None when it does not have the documented form."""
        if value in self.listed:
            return self.listed[value]
        if family in self.only_listed:
            return Grant("invalid")
        if form and not re.fullmatch(form, value):
            return None
        lowered = value.lower()
        return Grant(next((word for word in self.refused_words if word in lowered), "valid"))


def load_credentials(path: Path) -> Credentials:
    """Read a credentials file.

    Its form: `credentials`, a mapping from credential to `{state, scopes}` (state one of valid,
    invalid, expired, revoked, forbidden), `only_listed`, a list of families (otesse, merchant,
    leads; document for those that are served in their place), and `refused_words`. SetupError
    says what is wrong with it.
    """
    document = load_document(read_document(path), str(path))
    unknown = set(document) - {"credentials", "only_listed", "refused_words"}
    if unknown:
        raise SetupError(f"{path}: unknown entry '{sorted(unknown)[0]}'.")
    listed = {str(k): _grant(path, str(k), v) for k, v in _mapping(path, document).items()}
    families = frozenset(document.get("only_listed") or ())
    if families - set(FAMILIES):
        name = sorted(families - set(FAMILIES))[0]
        raise SetupError(f"{path}: '{name}' in only_listed is none of {', '.join(FAMILIES)}.")
    words = document.get("refused_words", Credentials().refused_words)
    return Credentials(MappingProxyType(listed), families, tuple(str(word) for word in words))


def _mapping(path: Path, document: dict[str, Any]) -> dict[str, Any]:
    found = document.get("credentials") or {}
    if not isinstance(found, dict):
        raise SetupError(f"{path}: 'credentials' must map each credential to its state and scopes.")
    return found


def _grant(path: Path, value: str, entry: Any) -> Grant:
    entry = entry or {}
    if not isinstance(entry, dict) or set(entry) - {"state", "scopes"}:
        raise SetupError(f"{path}: the credential {value} may only have 'state' and 'scopes'.")
    state = entry.get("state", "valid")
    if state not in STATES:
        raise SetupError(f"{path}: the state '{state}' of {value} is none of {', '.join(STATES)}.")
    scopes = entry.get("scopes")
    return Grant(state, None if scopes is None else frozenset(map(str, scopes)))
