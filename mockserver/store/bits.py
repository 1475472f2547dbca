"""Sets of positions kept as Python integers: bit p is set when position p belongs to the set.

And, or, and counting run over 100 000 positions in a few microseconds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import compress

_FEW = 2500  # below this many positions, single bytes are set faster than a flag per position
_WORD = 64


def full(width: int) -> int:
    """Give the set of all positions below `width`."""
    return (1 << width) - 1


def pack(flags: bytes | bytearray) -> int:
    """Give the set of the positions whose flag byte is 1; the other flags must be 0."""
    bits = 0
    for lane in range(8):
        bits |= int.from_bytes(flags[lane::8], "little") << lane
    return bits


def unpack(bits: int, width: int) -> bytearray:
    """Give one flag byte (0 or 1) per position below `width`, padded with 0 to a multiple of 8."""
    size = (width + 7) // 8
    flags = bytearray(size * 8)
    lowest = int.from_bytes(b"\x01" * size, "little")
    for lane in range(8):
        flags[lane::8] = ((bits >> lane) & lowest).to_bytes(size, "little")
    return flags


def of(positions: Sequence[int], width: int) -> int:
    """Give the set of the given positions, each below `width`."""
    if len(positions) > _FEW:
        return pack(flagged(positions, bytearray(width)))
    octets = bytearray(width // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def flagged(positions: Iterable[int], flags: bytearray) -> bytearray:
    """Set the flag of every position in `flags` and give `flags` back."""
    for position in positions:
        flags[position] = 1
    return flags


def positions(bits: int) -> list[int]:
    """Give the positions of a set in ascending order."""
    width = bits.bit_length()
    if bits.bit_count() * 16 > width:
        return list(compress(range(width), unpack(bits, width)))
    count = (width + _WORD - 1) // _WORD
    words = struct.unpack(f"<{count}Q", bits.to_bytes(count * 8, "little"))
    found = []
    for index, word in enumerate(words):
        left = word
        while left:
            found.append(index * _WORD + (left & -left).bit_length() - 1)
            left &= left - 1
    return found


def nth(bits: int, rank: int) -> int:
    """Give the position of the member with `rank` smaller members; the rank must exist."""
    width = bits.bit_length()
    start = 0
    while width > _WORD:
        half = width >> 1
        low = bits & full(half)
        count = low.bit_count()
        if rank < count:
            bits, width = low, half
        else:
            bits, width, start, rank = bits >> half, width - half, start + half, rank - count
    for _ in range(rank):
        bits &= bits - 1
    return start + (bits & -bits).bit_length() - 1


def below(bits: int, position: int) -> int:
    """Count the members smaller than `position`."""
    return (bits & full(position)).bit_count()


def ranked(bits: int, low: int, high: int) -> list[int]:
    """Give the members with ranks [low, high), without walking the others."""
    if low >= high:
        return []
    if low == 0 and high == bits.bit_count():
        return positions(bits)
    first = nth(bits, low)
    last = nth(bits, high - 1)
    window = (bits >> first) & full(last - first + 1)
    return [first + offset for offset in positions(window)]
