"""The errors this project raises by name; no HTTP here, only ``wire/`` picks a status.

::

    MockserverError
    ├── SetupError         a flag, scenario or contract cannot be used; the CLI prints it, exit 2
    └── Refusal            the business says no; nothing was changed
        ├── NotFound       the record named does not exist
        ├── Forbidden      the credential lacks the right
        ├── Conflict       the state of a record, or uniqueness, forbids it
        ├── RuleBroken     a well-formed value breaks a rule
        └── BadRequest     the request contradicts itself
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one field.

    ``field`` is the name the family documents (``coupon_code``, ``configuration.bedrooms``,
    ``phoneNumber``), ``code`` a machine code in that family's spelling, ``message`` a sentence.
    """

    field: str
    code: str
    message: str


class MockserverError(Exception):
    """Anything this project raises on purpose; ``message`` is a sentence for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SetupError(MockserverError):
    """The server cannot start with what it was given; the message says what to change."""


class Refusal(MockserverError):
    """The business refuses a call, and nothing was changed.

    ``code`` is a snake_case machine code, ``field`` the name of the offending member as its family
    documents it (``None`` when no single member is to blame), ``problems`` every failing field
    when more than one can be told at once.
    """

    def __init__(
        self,
        code: str,
        message: str,
        field: str | None = None,
        problems: tuple[FieldProblem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.problems = problems


class NotFound(Refusal):
    """The record named does not exist."""


class Forbidden(Refusal):
    """The credential is known but lacks the right."""


class Conflict(Refusal):
    """The present state of a record, or the uniqueness of a value, forbids the call."""


class RuleBroken(Refusal):
    """A well-formed value breaks a rule of the business."""


class BadRequest(Refusal):
    """The request contradicts itself, whatever the state of the world."""
