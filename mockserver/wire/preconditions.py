"""Entity tags: the same representation is not sent twice, and nobody's change is overwritten.

Switched on by the contract: an operation whose 200 declares an `ETag` header gives one; one that
declares an `If-Match` parameter is held to it (RFC 9110, 8.8.3 and 13.1).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mockserver.contract import Operation
from mockserver.wire.problems import PreconditionFailed

if TYPE_CHECKING:
    from mockserver.wire.replies import Answered

ETAG = "ETag"


def tag_of(body: bytes) -> str:
    """A strong entity tag: the same bytes, the same tag."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def gives_tag(operation: Operation | None, status: int) -> bool:
    """Whether the contract declares an entity tag for this answer."""
    if operation is None or status != 200:
        return False
    rule = operation.response_for(status)
    return rule is not None and ETAG in rule.headers


def names(condition: str, tag: str) -> bool:
    """Whether a list of entity tags, or `*`, names this one; weak marks do not matter."""
    wanted = [each.strip().removeprefix("W/") for each in condition.split(",")]
    return "*" in wanted or tag in wanted


def is_unchanged(condition: str, answered: Answered) -> bool:
    """Whether `If-None-Match` names what is about to be sent."""
    return bool(condition) and names(condition, answered.headers.get(ETAG, ""))


def demand(condition: str, current: Answered) -> None:
    """Hold a change to `If-Match`; PreconditionFailed when the record is no longer that one."""
    if condition and current.status == 200 and not names(condition, tag_of(current.body)):
        raise PreconditionFailed(tag_of(current.body))
