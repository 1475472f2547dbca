"""Ruling 8: whose documentation is followed, and who is not behind this."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_says_that_no_vendor_is_behind_it() -> None:
    """Ruling 8."""
    assert "not affiliated with the vendors" in " ".join(README.read_text().split())
