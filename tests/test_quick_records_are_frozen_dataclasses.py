"""A record that is quick to make is the frozen dataclass it was, in everything else."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import dataclass, field
from typing import Any

import pytest

from mockserver.frozen import quick, replace


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    """A record, quick to make."""

    key: str
    size: int
    tags: tuple[str, ...] = ()
    note: str | None = None

    @property
    def label(self) -> str:
        """What is reckoned from the members."""
        return f"{self.key}/{self.size}"


ONE = Quick("a", 1, note="n")


def test_it_takes_its_members_by_place_by_name_and_by_default() -> None:
    assert Quick(key="a", size=1, tags=(), note="n") == ONE
    assert dataclasses.astuple(ONE) == ("a", 1, (), "n")
    assert repr(ONE) == "Quick(key='a', size=1, tags=(), note='n')"
    assert ONE.label == "a/1"
    assert type(ONE) is Quick


@pytest.mark.parametrize("given", [{}, {"key": "a"}, {"key": "a", "size": 1, "colour": 2}])
def test_it_refuses_what_python_refuses(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Quick(**given)


def test_equal_ones_are_equal_and_hash_alike() -> None:
    assert ONE == Quick("a", 1, (), "n") != Quick("a", 2)
    assert len({ONE, Quick("a", 1, (), "n"), Quick("a", 2)}) == 2


@pytest.mark.parametrize("record", [ONE, replace(ONE, size=2)], ids=["made", "made anew"])
def test_nobody_changes_it(record: Quick) -> None:
    before = dataclasses.astuple(record)
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.size = 5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del record.size
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
        record.colour = 5  # type: ignore[attr-defined]
    assert dataclasses.astuple(record) == before


def test_another_is_made_with_some_members_changed() -> None:
    other = replace(ONE, size=2, note=None)
    assert other == Quick("a", 2)
    assert type(other) is Quick
    assert Quick("a", 1, note="n") == ONE == replace(ONE)
    assert dataclasses.replace(ONE, size=2) == Quick("a", 2, note="n")
    with pytest.raises(AttributeError, match="colour"):
        replace(ONE, colour=2)  # type: ignore[call-arg]


def test_it_is_copied_and_pickled() -> None:
    assert ONE == copy.copy(ONE) == copy.deepcopy(ONE) == pickle.loads(pickle.dumps(ONE))


def test_a_class_that_would_lose_something_is_refused() -> None:
    @dataclass(frozen=True)
    class Loose:
        key: str

    @dataclass(frozen=True, slots=True)
    class Made:
        tags: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        key: str

        def __post_init__(self) -> None:
            """Look at the key."""

    for cls in (
        Loose,
        Made,
        Checked,
        dataclass(frozen=True, slots=True)(type("Sub", (Quick,), {})),
    ):
        with pytest.raises(TypeError, match="no dataclass of plain members"):
            quick(cls)
