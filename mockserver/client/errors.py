"""What can go wrong between a client and the server.

::

    ClientError
    ├── Unreachable    nobody answers at the address, or somebody else does
    └── Refused        the server says no, and why
"""

from __future__ import annotations

from typing import Any


class ClientError(Exception):
    """A call did not do what it was to do; ``message`` is a sentence for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unreachable(ClientError):
    """No mockserver answers at this address."""


class Refused(ClientError):
    """The server refused a call.

    ``status`` is the HTTP status, ``code`` the machine code of the refusal (empty when it has
    none), ``violations`` what of the request breaks the admin contract, as the server said it.
    """

    def __init__(
        self, status: int, code: str, detail: str, violations: tuple[dict[str, Any], ...] = ()
    ) -> None:
        said = dict.fromkeys(f"'{each['name']}' {each['message']}" for each in violations)
        super().__init__("; ".join(said) + "." if said else detail)
        self.status = status
        self.code = code
        self.violations = violations
