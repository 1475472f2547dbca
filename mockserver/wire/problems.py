"""Everything the edge can refuse or fail at, before or around a handler.

    EdgeProblem (MockserverError)
      Unauthenticated     no credential, or one that is not accepted
      ScopeMissing        an accepted credential that may not do this
      NotAllowed          a caller who may not steer the server
      NotRouted           no such path in the contract
      WrongMethod         a path of the contract, a method it does not have
      BodyTooLarge        more bytes than the server reads
      WrongMediaType      a body of a type the operation does not take
      PreconditionFailed  the record is no longer the one that the caller means to change
      RateExceeded        more calls than the plan allows (only when switched on)
      Misbehaved          a fault asks for this status
      InternalFailure     our own mistake; the log has the details

What a request holds that the contract forbids is a `contract.ViolationError`; what the business
refuses is an `errors.Refusal`. Each dialect says all of these in its family's own words.
"""

from __future__ import annotations

from http import HTTPStatus

from mockserver.errors import MockserverError

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class EdgeProblem(MockserverError):
    """A request that is refused at the edge."""


class Unauthenticated(EdgeProblem):
    """`state` is `missing`, `malformed`, `invalid`, `expired`, `revoked` or `forbidden`."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(f"The credential is {state}.")


class ScopeMissing(EdgeProblem):
    """The credential is accepted but lacks `scope` (empty where the family has no scopes)."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"The credential lacks the scope '{scope}'.")


class NotAllowed(EdgeProblem):
    """The server's own API is not for this caller; the message says what would let them in."""


class NotRouted(EdgeProblem):
    """No operation of any contract has this path."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"There is no path {path}.")


class WrongMethod(EdgeProblem):
    """The path exists; `allow` lists the methods it answers."""

    def __init__(self, method: str, path: str, allow: str) -> None:
        self.method, self.path, self.allow = method, path, allow
        super().__init__(f"{method} is not possible on {path}; it answers {allow}.")


class BodyTooLarge(EdgeProblem):
    """The body has more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"The body is larger than {limit} bytes.")


class WrongMediaType(EdgeProblem):
    """`sent` is the Content-Type of the request, empty when it has none."""

    def __init__(self, sent: str, expected: tuple[str, ...]) -> None:
        self.sent, self.expected = sent, expected
        got = f"not '{sent}'" if sent else "which is missing"
        super().__init__(f"The Content-Type must be {' or '.join(expected)}, {got}.")


class PreconditionFailed(EdgeProblem):
    """`If-Match` names another version; `current` is the entity tag of the record as it is."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__(f"The record has changed: its ETag is {current} now. Read it again.")


class RateExceeded(EdgeProblem):
    """Too many calls; the window opens again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"Rate limit exceeded. Please retry after {retry_after} seconds.")


class Misbehaved(EdgeProblem):
    """A fault answers with `status`, whatever the contract says of it."""

    def __init__(self, status: int, retry_after: int | None = None) -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(f"{_PHRASES.get(status, 'Fault')}, as a fault of this world asks for.")


class InternalFailure(EdgeProblem):
    """Something of ours broke; says nothing of how to the client."""

    def __init__(self) -> None:
        super().__init__("The server met an unexpected condition; its log has the details.")
