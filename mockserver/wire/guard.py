"""Who may steer the server: this machine, or whoever holds the token."""

from __future__ import annotations

import hmac
import ipaddress

from starlette.types import Scope

from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import NotAllowed, Unauthenticated

# Whether it is ready: load balancers and probes ask from elsewhere, and hold no token.
_FOR_ALL = "getHealth"
_ONLY_HERE = "Only callers on this machine may; or start with --admin-token."
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Guard:
    """Lets a caller of the server's own API in, or raises.

    With a token, whoever sends it as bearer token is let in, from wherever; it is compared in
    constant time. Without one, callers on this machine are. A server that listens on loopback
    alone also wants to be called by a name of this machine: a page that rebinds its own name to
    127.0.0.1 still sends that name as `Host`. Whether the server is ready, anybody may ask.
    """

    def __init__(self, token: str, host: str) -> None:
        self._token = token.encode()
        self._names = _LOCAL_NAMES | {host, f"[{host}]"} if _is_loopback(host) else None

    def check(self, scope: Scope, exchange: Exchange) -> None:
        """Raise Unauthenticated for a missing or wrong token, NotAllowed for a stranger."""
        if exchange.operation is not None and exchange.operation.operation_id == _FOR_ALL:
            return
        self._demand_name(exchange.headers.get("host", ""))
        if self._token:
            self._demand_token(exchange.headers.get("authorization", ""))
        elif not _is_local(scope):
            raise NotAllowed(_ONLY_HERE)

    def check_page(self, scope: Scope, exchange: Exchange) -> None:
        """Raise NotAllowed for a stranger; the page holds no secret, and asks for the token."""
        self._demand_name(exchange.headers.get("host", ""))
        if not self._token and not _is_local(scope):
            raise NotAllowed(_ONLY_HERE)

    def _demand_name(self, host: str) -> None:
        if self._names is not None and _name(host) not in self._names:
            raise NotAllowed(f"The host {host[:80]!r} is not this server; call it as localhost.")

    def _demand_token(self, sent: str) -> None:
        kind, _, token = sent.partition(" ")
        if not sent:
            raise Unauthenticated("missing")
        given = token.strip().encode("latin-1", "replace")
        if kind.lower() != "bearer" or not hmac.compare_digest(given, self._token):
            raise Unauthenticated("invalid")


def _name(host: str) -> str:
    """The host without its port, in lower case."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.lower()


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and _is_loopback(client[0])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
