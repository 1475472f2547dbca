"""Idempotency keys: the same call sent again gets the same answer, and happens once.

Switched on by the contract: an operation that declares an `Idempotency-Key` header. What is kept
belongs to one world and is bounded, the oldest forgotten first.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import NamedTuple

from mockserver.contract import Reply
from mockserver.errors import Conflict

KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_MOST = 1000


class _Kept(NamedTuple):
    fingerprint: bytes
    reply: Reply


class Replays:
    """The answers of one world to calls that carried a key."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], _Kept] | None = None

    def find(self, call: str, key: str, content: bytes) -> Reply | None:
        """The earlier answer to the same call; Conflict when the key was used for another one."""
        kept = self._kept.get((call, key)) if self._kept else None
        if kept is None:
            return None
        if kept.fingerprint != _fingerprint(content):
            raise Conflict(
                "idempotency_key_reused",
                f"The Idempotency-Key {key[:64]!r} was used for another request: choose a new one.",
                KEY,
            )
        headers = {**kept.reply.headers, REPLAYED: "true"}
        return Reply(kept.reply.status, kept.reply.body, headers, kept.reply.media_type)

    def keep(self, call: str, key: str, content: bytes, reply: Reply) -> None:
        """Remember an answer under its key."""
        if self._kept is None:
            self._kept = OrderedDict()
        self._kept[(call, key)] = _Kept(_fingerprint(content), reply)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)


def _fingerprint(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
