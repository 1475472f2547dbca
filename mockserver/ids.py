"""The only randomness: ids unique by construction, and named streams of chance, from one seed."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_SAMPLES = "HQ3K5M"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOW = (1 << 62) - 1


def unguessable(length: int) -> str:
    """So many bytes that nobody can guess, in hexadecimal: the one chance that no seed decides."""
    return secrets.token_hex(length)


class _Shuffle:
    """A seeded one-to-one map of the numbers of ``bits`` bits onto themselves.

    Each step (add, multiply by an odd number, fold the upper half onto the lower) can be undone,
    hence counting through it never gives the same number twice.
    """

    __slots__ = ("_add", "_fold", "_mask", "_times", "first")

    def __init__(self, key: str, bits: int) -> None:
        digest = hashlib.shake_256(key.encode()).digest(64)
        self._mask = (1 << bits) - 1
        self._fold = (bits + 1) // 2
        self._add = int.from_bytes(digest[:32], "big") & self._mask
        self._times = (int.from_bytes(digest[32:], "big") & self._mask) | 1
        self.first = self(0)

    def __call__(self, number: int) -> int:
        mask, fold, times = self._mask, self._fold, self._times
        mixed = ((number + self._add) * times) & mask
        mixed ^= mixed >> fold
        mixed = (mixed * times) & mask
        return mixed ^ (mixed >> fold)


class _Late:
    """A stream of chance that is opened at its first use."""

    def __init__(self, ids: Ids, name: str) -> None:
        self._ids, self._name = ids, name
        self._stream: random.Random | None = None

    def __getattr__(self, wanted: str) -> Any:
        """What the stream has; found here from then on."""
        if self._stream is None:
            self._stream = self._ids.stream(self._name)
        found = getattr(self._stream, wanted)
        setattr(self, wanted, found)
        return found


class Ids:
    """Ids and streams grown from one seed: same seed and same calls, same ids."""

    __slots__ = ("_counts", "_shuffles", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._counts: dict[str, int] = {}
        self._shuffles: dict[str, _Shuffle] = {}

    @classmethod
    def resumed(cls, seed: int, counts: Mapping[str, int]) -> Ids:
        """Ids that go on where others of the same seed stood, by their `counts`."""
        ids = cls(seed)
        ids._counts = dict(counts)
        return ids

    @property
    def counts(self) -> dict[str, int]:
        """How many ids of each kind were drawn: all that decides what comes next."""
        return self._counts.copy()

    def stream(self, name: str) -> random.Random:
        """A fresh stream of chance that depends on the seed and ``name`` alone.

        Asking twice for one name gives two streams that say the same; other calls do not matter.
        """
        digest = hashlib.sha256(f"{self.seed}/{name}".encode()).digest()
        return random.Random(int.from_bytes(digest, "big"))

    def late_stream(self, name: str) -> random.Random:
        """The same, opened when something is first drawn from it: for what seldom needs chance."""
        return cast("random.Random", _Late(self, name))

    def prefixed(self, prefix: str, length: int) -> str:
        """An id such as ``cust_01HQ3K5M7N``: ``length`` characters (even, from 4) after the prefix.

        The characters look like a shortened ULID: upper-case Crockford base 32 starting ``01``.
        No two calls with one prefix and length give the same id, and none gives one that starts
        like the documented samples.
        """
        kind, bits, start, shifts = _form(prefix, length)
        number, pairs = self._next(kind, bits), _PAIRS
        text = "".join([pairs[number >> shift & 1023] for shift in shifts])
        return self.prefixed(prefix, length) if text.startswith(_SAMPLES) else start + text

    def uuid7(self, at: datetime) -> str:
        """A version 7 UUID of the instant ``at``; those of one instant sort in the order drawn.

        A running number from a seeded start follows the time, chance fills the rest. An instant
        before 1970, which the format cannot hold, counts as 1970.
        """
        since = at - _EPOCH
        milliseconds = max(
            0, (since.days * 86400 + since.seconds) * 1000 + since.microseconds // 1000
        )
        noise = self._next("uuid7", 40)
        running = self._counts["uuid7"] + self._shuffle("uuid7 start", 32).first
        return _uuid_text(
            milliseconds << 16 | 7 << 12 | running >> 22, running << 40 & _LOW | noise
        )

    def uuid4(self) -> str:
        """A UUID of version 4."""
        number = self._next("uuid4", 122)
        upper = number >> 74 << 16 | 4 << 12 | (number >> 62) & 4095
        return _uuid_text(upper, number & _LOW)

    def fork(self) -> Ids:
        """An independent copy that goes on exactly as this one would."""
        copy = Ids(self.seed)
        copy._counts = self._counts.copy()
        copy._shuffles = self._shuffles.copy()
        return copy

    def _next(self, kind: str, bits: int) -> int:
        counts = self._counts
        count = counts.get(kind, 0)
        counts[kind] = count + 1
        return (self._shuffles.get(kind) or self._shuffle(kind, bits))(count)

    def _shuffle(self, kind: str, bits: int) -> _Shuffle:
        shuffle = self._shuffles.get(kind)
        if shuffle is None:
            shuffle = self._shuffles[kind] = _Shuffle(f"{self.seed}/{kind}", bits)
        return shuffle


@cache
def _form(prefix: str, length: int) -> tuple[str, int, str, tuple[int, ...]]:
    """What an id of a prefix is counted by, its bits, how it starts, where in them pairs stand."""
    shifts = tuple(range(5 * (length - 4), -1, -10))
    return f"{prefix}/{length}", 5 * (length - 2), f"{prefix}_01", shifts


def _uuid_text(upper: int, low: int) -> str:
    """The text of a UUID: its upper 64 bits, and the 62 below the two of the variant."""
    return (
        f"{upper >> 32:08x}-{upper >> 16 & 65535:04x}-{upper & 65535:04x}"
        f"-{2 << 14 | low >> 48:04x}-{low & 0xFFFFFFFFFFFF:012x}"
    )
