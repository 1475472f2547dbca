"""Which positions have a text that contains another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from mockserver.store import bits
from mockserver.store.grams import Grams, common_passages

_SCANNED = 512  # up to this many texts are simply read through
_READ = 2048  # up to this many candidates are read for this answer only
_MANY = 16384  # from so many texts on, reading them all for a frequent needle takes too long
_REMEMBERED = 128
_EXACT = 2  # up to this many characters the gram index knows the answer


class TextIndex:
    """Substring search over casefolded texts, one per position.

    The gram index narrows to candidates. Of these, texts that contain a common passage around
    the needle are known to match; only the others are read.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the text of each position."""
        self._texts = texts
        self._answers: dict[str, int] = {}

    def prepare(self) -> None:
        """Build now what the first search would build."""
        if len(self._texts) > _SCANNED:
            _ = self._grams, self._passages

    def matching(self, needle: str, among: int) -> int:
        """Give the positions of the set `among` whose text contains the casefolded needle."""
        if len(self._texts) <= _SCANNED:
            return self._read(needle, among)
        if len(needle) <= _EXACT:
            return self._grams.candidates(needle) & among
        answer = self._passages.get(needle, self._answers.get(needle))
        return self._search(needle, among) if answer is None else answer & among

    @cached_property
    def _grams(self) -> Grams:
        return Grams(self._texts)

    @cached_property
    def _passages(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        if len(self._texts) < _MANY:
            return found
        for passage in common_passages(self._texts):
            certain, possible = self._bounds(passage, found)
            found[passage] = certain | self._read(passage, possible & ~certain)
        return found

    def _search(self, needle: str, among: int) -> int:
        certain, possible = self._bounds(needle, {**self._passages, **self._answers})
        doubtful = possible & ~certain
        if (doubtful & among).bit_count() <= _READ:
            return (certain & among) | self._read(needle, doubtful & among)
        answer = certain | self._read(needle, doubtful)
        if len(self._answers) >= _REMEMBERED:
            del self._answers[next(iter(self._answers))]
        self._answers[needle] = answer
        return answer & among

    def _bounds(self, needle: str, answers: Mapping[str, int]) -> tuple[int, int]:
        """Give the positions that surely contain the needle and those that may."""
        certain, possible = 0, self._grams.candidates(needle)
        for known, answer in answers.items():
            if needle in known:
                certain |= answer
            elif known in needle:
                possible &= answer
        return certain, possible

    def _read(self, needle: str, among: int) -> int:
        texts = self._texts
        found = [position for position in bits.positions(among) if needle in texts[position]]
        return bits.of(found, len(texts))
