"""E-mail addresses as RFC 5321 writes a mailbox."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_QUOTED = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*|{_QUOTED}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST_LOCAL, _LONGEST_HOST = 64, 253


def is_email(text: str) -> bool:
    """Whether a text is one mailbox, without a name or brackets around it."""
    local, at, host = text.rpartition("@")
    return bool(
        at and len(local) <= _LONGEST_LOCAL and _LOCAL.fullmatch(local) and _is_domain(host)
    )


def _is_domain(host: str) -> bool:
    if not (host.startswith("[") and host.endswith("]")):
        return len(host) <= _LONGEST_HOST and _HOST.fullmatch(host) is not None
    literal = host[1:-1]
    try:
        if literal.startswith("IPv6:"):
            IPv6Address(literal.removeprefix("IPv6:"))
        else:
            IPv4Address(literal)
    except ValueError:
        return False
    return True
