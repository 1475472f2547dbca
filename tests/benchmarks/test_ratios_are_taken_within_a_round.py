"""Spreads, ratios, and what counts as worse than it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.regression import Verdict, judge, lower_of, ratios_of, read, table, write
from benchmarks.results import Entry, Results, Sample, Spread, cpu_us, requests_s


def sample(contender: str, round_: int, cpu: float, operation: str = "get one") -> Sample:
    return Sample(contender, operation, round_, 1000 / cpu, cpu, 1.0, 2.0, 0)


def results(*samples: Sample) -> Results:
    found = Results("wrk", 3, 1, ("get one",), samples=list(samples))
    found.entries = [Entry("bare", "bare"), Entry("ours", "ours")]
    return found


def spread(middle: float, low: float | None = None, high: float | None = None) -> Spread:
    return Spread(middle, middle if low is None else low, middle if high is None else high)


def test_a_spread_is_the_median_with_the_quartiles() -> None:
    assert Spread.of([5, 1, 3, 2, 4]) == Spread(3, 2, 4)
    assert Spread.of([7.0]) == Spread(7, 7, 7)
    assert Spread.of([5, 1, 3, 2, 4]).relative == pytest.approx(2 / 3)


def test_each_round_is_compared_with_the_bare_server_of_that_round() -> None:
    bare = [sample("bare", n, cpu) for n, cpu in enumerate((10, 20, 40))]
    ours = [sample("ours", n, cpu) for n, cpu in enumerate((30, 40, 40))]
    found = results(*reversed(bare), *ours)
    assert found.ratio("ours", "get one", cpu_us) == Spread(2, 1.5, 2.5)
    slower = found.ratio("ours", "get one", requests_s)
    assert slower is not None
    assert slower.median == pytest.approx(1 / 2)
    assert found.spread("ours", "get one", cpu_us) == Spread(40, 35, 40)
    assert found.ratio("ours", "patch", cpu_us) is None


@pytest.mark.parametrize(
    ("before", "now", "is_worse"),
    [
        (spread(2), spread(2.69), False),
        (spread(2), spread(2.71), True),
        (spread(2, 1.5, 2.5), spread(2.95), False),
        (spread(2), spread(3, 2.5, 4), False),
        (spread(2, 1, 4), spread(4.1, 2, 8), True),
        (spread(2), spread(0.5), False),
        (spread(2), None, True),
        (None, spread(2), False),
    ],
)
def test_worse_is_more_than_the_margin_which_grows_with_the_noise_up_to_twice(
    before: Spread | None, now: Spread | None, is_worse: bool
) -> None:
    assert Verdict("ours", "get one", before, now).is_worse is is_worse


def test_what_was_committed_and_is_not_measured_any_more_is_told() -> None:
    verdicts = judge({"ours": {"patch": spread(3)}}, {"ours": {"get one": spread(2)}})
    assert [(each.operation, each.text) for each in verdicts] == [
        ("get one", "new"),
        ("patch", "NOT MEASURED"),
    ]
    assert "| ours | patch | 3.0 | – | 35% | NOT MEASURED |" in table(verdicts)


def test_of_two_measurements_the_lower_one_counts() -> None:
    one = {"ours": {"get one": spread(3), "patch": spread(4)}, "plain": {"get one": spread(1)}}
    other = {"ours": {"get one": spread(2), "patch": spread(5)}}
    assert lower_of(one, other) == {
        "ours": {"get one": spread(2), "patch": spread(4)},
        "plain": {"get one": spread(1)},
    }


def test_ratios_come_back_as_they_were_written(tmp_path: Path) -> None:
    fresh = ratios_of(results(sample("bare", 0, 10), sample("ours", 0, 34)))
    write(fresh, "a machine", tmp_path / "ratios.json")
    assert read(tmp_path / "ratios.json") == fresh
    assert fresh["ours"] == {"get one": Spread(3.4, 3.4, 3.4)}


def test_without_committed_ratios_it_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="--update"):
        read(tmp_path / "ratios.json")


def test_the_committed_ratios_can_be_read() -> None:
    committed = read()
    assert set(committed) >= {"ours", "connexion"}
    assert all(each.low <= each.median <= each.high for each in committed["ours"].values())
