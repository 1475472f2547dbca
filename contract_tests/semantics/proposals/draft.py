"""A proposal in the making: the data of the file, its comments, and what a person must look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = Any
Path = tuple[str, ...]


@dataclass(slots=True)
class Draft:
    """`notes` are lines put above a member, by its path; `below` follow after it, as comments.

    `todo` holds what cannot be told from a contract, one sentence each.
    """

    raw: dict[str, Json]
    notes: dict[Path, list[str]] = field(default_factory=dict)
    below: dict[Path, list[str]] = field(default_factory=dict)
    todo: list[str] = field(default_factory=list)

    def note(self, path: Path, text: str) -> None:
        """Say something above a member."""
        self.notes.setdefault(path, []).append(text)

    def ask(self, path: Path, text: str) -> None:
        """Say above a member what a person must look at, and keep it for the summary."""
        self.note(path, f"TODO {text}")
        self.todo.append(f"{'/'.join(path)}: {text}")

    def offer(self, path: Path, lines: list[str]) -> None:
        """Offer something after a member, commented out."""
        self.below.setdefault(path, []).extend(lines)
