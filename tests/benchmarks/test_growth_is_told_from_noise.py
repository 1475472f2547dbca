"""The verdict of the soak on memory."""

from __future__ import annotations

import pytest

from benchmarks.soak import Growth, growth


def test_medians_of_windows_are_compared_not_single_samples() -> None:
    samples = [(float(at), 500.0 if at in (70, 195) else 100.0) for at in range(0, 200)]
    assert growth(samples, warm_s=60) == Growth(100, 100)
    assert growth(samples, warm_s=60).part == 0


def test_what_is_added_while_warming_up_does_not_count() -> None:
    samples = [(float(at), min(100.0, at)) for at in range(0, 300)]
    assert growth(samples, warm_s=120).part == 0


def test_steady_growth_is_found() -> None:
    samples = [(float(at), 100 + at / 10) for at in range(0, 700)]
    assert growth(samples, warm_s=60).part == pytest.approx(0.52, abs=0.02)


def test_too_short_a_run_is_not_judged() -> None:
    with pytest.raises(ValueError, match="--minutes"):
        growth([(0.0, 1.0), (70.0, 1.0)], warm_s=60)
    with pytest.raises(ValueError, match="--minutes"):
        growth([], warm_s=60)
