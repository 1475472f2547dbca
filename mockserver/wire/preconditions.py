"""Entity tags: the same representation is not sent twice, and nobody's change is overwritten.

Switched on by the contract: an operation whose 200 declares an `ETag` header gives one; one that
declares an `If-Match` parameter is held to it (RFC 9110, 8.8.3 and 13.1).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mockserver.wire.problems import PreconditionFailed

if TYPE_CHECKING:
    from mockserver.wire.replies import Answered

ETAG = "ETag"


def tag_of(body: bytes) -> str:
    """A strong entity tag: the same bytes, the same tag."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def _named(condition: str) -> list[str]:
    """The entity tags in a list of them."""
    return [each.strip() for each in condition.split(",")]


def is_unchanged(condition: str, tag: str) -> bool:
    """Whether `If-None-Match` names what is about to be sent."""
    wanted = [each.removeprefix("W/") for each in _named(condition)]  # weak marks do not matter
    return "*" in wanted or tag in wanted


def demand(condition: str, current: Answered) -> None:
    """Hold a change to `If-Match`; PreconditionFailed when the record is no longer that one."""
    if not condition or current.status != 200:
        return
    tag, wanted = tag_of(current.body), _named(condition)  # a weak tag promises nothing to a write
    if "*" not in wanted and tag not in wanted:
        raise PreconditionFailed(tag)
