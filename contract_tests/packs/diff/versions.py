"""Semantic versions: which one the changes ask for, and whether the document says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contract_tests.packs.diff.changes import Change, Weight

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?")
_Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the changes ask of the version, and whether it gives that.

    `level` is major, minor, patch or none; `right` the lowest version that says so, or None when
    the old version is not semantic; `is_kept` whether the new one is at least that. Below 1.0.0 a
    minor step may break (semver.org, 4).
    """

    level: str
    old: str
    new: str
    right: str | None
    is_kept: bool

    @property
    def lacks_major(self) -> bool:
        """Whether something breaks and the version does not say so."""
        return self.level == "major" and not self.is_kept

    @property
    def sentence(self) -> str:
        """The verdict for people."""
        if self.level == "none":
            return f"Nothing changed; the document says {self.new or 'no version'}."
        if self.right is None:
            return (
                f"A {self.level} change; the versions {self.old!r} and {self.new!r} are not "
                "semantic, so they do not say it."
            )
        if self.is_kept:
            return f"A {self.level} change, and the document says {self.new} after {self.old}."
        return f"A {self.level} change: {self.right} would be right, the document says {self.new}."


def verdict_of(old: str, new: str, changes: Sequence[Change], is_other: bool) -> Verdict:
    """The verdict on the step from one version to the next."""
    level = _level(changes, is_other)
    before, after = _parsed(old), _parsed(new)
    if before is None:
        return Verdict(level, old, new, None, level == "none")
    right = _next(before, level)
    is_kept = after is not None and after >= right
    return Verdict(level, old, new, ".".join(map(str, right)), is_kept)


def _level(changes: Sequence[Change], is_other: bool) -> str:
    if any(change.weight is Weight.BREAKING for change in changes):
        return "major"
    if changes:
        return "minor"
    return "patch" if is_other else "none"


def _next(version: _Version, level: str) -> _Version:
    major, minor, patch = version
    if level == "none":
        return version
    if level == "patch" or (level == "minor" and major == 0):
        return (major, minor, patch + 1)
    if level == "minor" or major == 0:
        return (major, minor + 1, 0)
    return (major + 1, 0, 0)


def _parsed(version: str) -> _Version | None:
    found = _VERSION.fullmatch(version.strip())
    if found is None or int(found[1]) > 1000:  # a date is no version
        return None
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)
