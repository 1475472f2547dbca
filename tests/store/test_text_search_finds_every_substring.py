from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.store import bits, text
from mockserver.store.text import TextIndex

LETTERS = "abé1@"
TEXTS = st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=60)
NEEDLES = st.text(LETTERS, min_size=1, max_size=6)


def naive(texts: list[str], needle: str, among: int) -> list[int]:
    return [p for p, each in enumerate(texts) if needle in each and among >> p & 1]


@pytest.mark.parametrize("limits", [(512, 2048, 16384), (0, 2048, 0), (0, 0, 0), (0, 3, 10)])
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(texts=TEXTS, needles=st.lists(NEEDLES, min_size=1, max_size=6), chosen=st.integers(0))
def test_every_needle_is_found_whatever_way_it_is_searched(
    limits: tuple[int, int, int], texts: list[str], needles: list[str], chosen: int
) -> None:
    among = ~chosen & bits.full(len(texts))
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in zip(("_SCANNED", "_READ", "_MANY"), limits, strict=True):
            patch.setattr(text, name, limit)
        index = TextIndex(texts)
        for needle in [*needles, *needles]:
            assert bits.positions(index.matching(needle, among)) == naive(texts, needle, among)


def test_common_passages_do_not_hide_rows_without_them() -> None:
    chance = random.Random(1)
    texts = [
        "".join(chance.choices("abcd", k=5)) + chance.choice(("@example.com", "@example.org", ""))
        for _ in range(20_000)
    ]
    index = TextIndex(texts)
    among = bits.pack(bytes([1, 0, 1, 1]) * (len(texts) // 4))
    for needle in ("example", "@example.com", "a@ex", "abc", "dcba@example.org", "mple.c", "abca"):
        found = bits.positions(index.matching(needle, among))
        assert found == naive(texts, needle, among)


def test_more_needles_than_are_remembered_stay_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_READ", 0)
    monkeypatch.setattr(text, "_REMEMBERED", 2)
    chance = random.Random(2)
    texts = ["".join(chance.choices("ab", k=9)) for _ in range(600)]
    index = TextIndex(texts)
    everyone = bits.full(len(texts))
    for needle in ("aba", "abab", "bbb", "aaaa", "aba", "babab"):
        assert bits.positions(index.matching(needle, everyone)) == naive(texts, needle, everyone)
