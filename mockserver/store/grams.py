"""Pairs of neighbouring characters and common passages: what narrows a search in texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import add

from mockserver.store import bits
from mockserver.store.postings import Postings

_FEW = 64  # so few candidates are read sooner than narrowed further
_SAMPLE = 128
_COMMON = 16  # of the sampled texts, one in eight
_SHORTEST, _LONGEST = 3, 20
_PASSAGES = 48


class Grams:
    """The positions of every character and every pair of neighbours in many texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Read all texts once: about 10 µs per text of 70 characters."""
        pairs: defaultdict[str, list[int]] = defaultdict(list)
        for position, text in enumerate(texts):
            # a text's last character stands alone, so every character begins an entry
            for pair in {*map(add, text, text[1:]), text[-1:]}:
                pairs[pair].append(position)
        self._width = len(texts)
        self._sizes = {pair: len(positions) for pair, positions in pairs.items()}
        self._postings = Postings(self._width, pairs)
        self._index_characters(pairs)

    def candidates(self, needle: str) -> int:
        """Give positions among which are all that contain the needle: exact up to 2 characters."""
        if len(needle) == 1:
            return self._postings.bits(needle)
        pairs = sorted(set(map(add, needle, needle[1:])), key=lambda pair: self._sizes.get(pair, 0))
        found = self._postings.bits(pairs[0])
        for pair in pairs[1:]:
            if found.bit_count() <= _FEW:
                break
            found &= self._postings.bits(pair)
        return found

    def _index_characters(self, pairs: Iterable[str]) -> None:
        begun: defaultdict[str, list[str]] = defaultdict(list)
        for pair in pairs:
            begun[pair[:1]].append(pair)
        for character, group in begun.items():
            self._postings.adopt(character, self._union(group))

    def _union(self, pairs: Iterable[str]) -> int:
        flags = bytearray(self._width)
        found = 0
        for pair in pairs:
            bits.flagged(self._postings.few(pair), flags)
            found |= self._postings.many(pair)
        return found | bits.pack(flags)


def common_passages(texts: Sequence[str]) -> list[str]:
    """Give passages that many texts share, longest first, judged by an even sample.

    A passage is left out when a longer one is nearly as common.
    """
    counts: Counter[str] = Counter()
    for text in texts[:: max(1, len(texts) // _SAMPLE)]:
        counts.update(_passages(text))
    common = {passage: count for passage, count in counts.items() if count >= _COMMON}
    inner: set[str] = set()
    for passage, count in common.items():
        for part in (passage[1:], passage[:-1]):
            if count * 4 >= common.get(part, count * 5) * 3:
                inner.add(part)
    kept = sorted(common.keys() - inner, key=lambda passage: (-common[passage], passage))
    return sorted(kept[:_PASSAGES], key=lambda passage: (-len(passage), passage))


def _passages(text: str) -> set[str]:
    return {
        text[start : start + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(text) - size + 1)
    }
