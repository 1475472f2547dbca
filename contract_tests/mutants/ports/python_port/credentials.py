"""Who may call: credentials by their form, or as a list says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from contract_tests.mutants.ports.python_port.contract import Operation
from contract_tests.mutants.ports.python_port.refusing import Refused

_KEY = re.compile(r"otesse_(live|test)_sk_([A-Za-z0-9]+|\.\.\.)")
_COOKIES = ("session_token", "jwt-access")


@dataclass(frozen=True, slots=True)
class Listed:
    """What is said of one credential; `scopes` None means all."""

    state: str = "valid"
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is known of credentials; without a list their form decides."""

    listed: Mapping[str, Listed] = field(default_factory=dict)
    only_listed: frozenset[str] = frozenset()
    refused_words: tuple[str, ...] = ("invalid", "expired", "revoked")

    def admit(self, headers: Mapping[str, str], operation: Operation) -> str:
        """The credential a request comes with; Refused when it may not make the call."""
        sent = _sent(headers, operation.family)
        if sent is None:
            raise _unauthorized(operation.family, "Nobody is logged in: send a credential.")
        known = self.listed.get(sent)
        if known is None:
            known = self._by_form(sent, operation.family)
        may_not = known.state == "forbidden"
        if known.state not in ("valid", "forbidden") or (may_not and operation.family == "leads"):
            told = f"This credential is not good: it is {known.state}."
            raise _unauthorized(operation.family, told, 'error="invalid_token"')
        if may_not or not _covers(known, operation.scope):
            wanted = f"the scope '{operation.scope}'" if operation.scope else "another role"
            text = f"This needs {wanted}, which the credential has not."
            raise Refused(403, "insufficient_scope", text)
        return sent

    def _by_form(self, sent: str, family: str) -> Listed:
        for word in self.refused_words:
            if word.casefold() in sent.casefold():
                return Listed(word)
        is_formed = bool(_KEY.fullmatch(sent)) if family == "otesse" else bool(sent)
        return Listed("valid" if is_formed and family not in self.only_listed else "unknown")


def read_credentials(path: Path) -> Credentials:
    """The list a YAML file holds."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    listed = {
        name: Listed(
            said.get("state", "valid"),
            frozenset(said["scopes"]) if "scopes" in said else None,
        )
        for name, said in ((name, said or {}) for name, said in document["credentials"].items())
    }
    usual = Credentials()
    return Credentials(
        listed,
        frozenset(document.get("only_listed", ())),
        tuple(document.get("refused_words", usual.refused_words)),
    )


def _sent(headers: Mapping[str, str], family: str) -> str | None:
    """The credential of a request: `Authorization` first, then what else the family takes."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    if scheme:
        return token.strip() if scheme.lower() == "bearer" else ""
    if family == "otesse":
        return headers.get("x-api-key") or None
    if family == "merchant":
        pairs = (pair.strip().partition("=") for pair in headers.get("cookie", "").split(";"))
        cookies = {name: value.strip('"') for name, _, value in pairs}
        return next((cookies[name] for name in _COOKIES if cookies.get(name)), None)
    return None


def _covers(known: Listed, scope: str | None) -> bool:
    return scope is None or known.scopes is None or scope in known.scopes


def _unauthorized(family: str, text: str, *more: str) -> Refused:
    if family == "merchant":
        text = "authentication required"
    challenge = ", ".join([f'Bearer realm="{family} port"', *more])
    return Refused(401, "invalid_api_key", text, headers={"WWW-Authenticate": challenge})
