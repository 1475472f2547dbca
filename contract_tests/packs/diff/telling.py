"""A comparison as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from contract_tests.packs.diff.changes import Change, Weight
from contract_tests.packs.diff.comparing import Comparison

Json = Any
_LONGEST = 120


def as_json(comparison: Comparison) -> Json:
    """The machine form: verdict, counts and every change."""
    verdict = comparison.verdict
    return {
        "old": str(comparison.old.document.path),
        "new": str(comparison.new.document.path),
        "verdict": {
            **asdict(verdict),
            "lacks_major": verdict.lacks_major,
            "sentence": verdict.sentence,
        },
        "counts": {str(weight): len(comparison.of(weight)) for weight in Weight},
        "changes": [asdict(change) for change in comparison.changes],
    }


def as_text(comparison: Comparison) -> str:
    """The changes by operation, the worst first, and the verdict as the last line."""
    lines = []
    for operation, changes, repeated in _grouped(comparison):
        lines.append(operation)
        for change in changes:
            lines.append(
                f"  {change.weight:<10}  {change.sentence}  [{change.code}, {change.side}]"
            )
            lines += [f"              {place}" for place in _places(change)]
        if repeated:
            lines.append(f"  and {repeated} that are told above")
        lines.append("")
    return "\n".join([*lines, _counts(comparison), comparison.verdict.sentence])


def as_markdown(comparison: Comparison) -> str:
    """The same for a pull request."""
    lines = [f"**{comparison.verdict.sentence}** {_counts(comparison)}", ""]
    for operation, changes, repeated in _grouped(comparison):
        lines += [
            f"### `{operation}`",
            "",
            "| weight | change | old | new |",
            "| --- | --- | --- | --- |",
        ]
        for each in changes:
            sentence = each.sentence.replace("|", "\\|").replace("\n", " ")
            pointers = (
                f"`{pointer}`" if pointer else ""
                for pointer in (each.old_pointer, each.new_pointer)
            )
            lines.append(f"| {each.weight} | {sentence} | {' | '.join(pointers)} |")
        if repeated:
            lines.append(f"\nand {repeated} that are told above")
        lines.append("")
    return "\n".join(lines)


def _grouped(comparison: Comparison) -> Iterator[tuple[str, list[Change], int]]:
    """Operations with what is new of them; a schema that many share is told once."""
    told: set[tuple[str, str | None, str | None, str]] = set()
    groups: dict[str, list[Change]] = {}
    for change in comparison.changes:
        groups.setdefault(change.operation, []).append(change)
    for operation, changes in groups.items():
        fresh = []
        for change in sorted(changes, key=lambda each: each.weight.rank):
            said = change.sentence.rpartition(": ")[2]
            key = (change.code, change.old_pointer, change.new_pointer, said)
            if key not in told:
                fresh.append(change)
            told.add(key)
        yield operation, fresh, len(changes) - len(fresh)


def _places(change: Change) -> Iterator[str]:
    if change.old_pointer == change.new_pointer:
        yield f"at   {change.old_pointer}"
        return
    for name, pointer in (("old", change.old_pointer), ("new", change.new_pointer)):
        if pointer:
            yield f"{name}  {pointer}"


def _counts(comparison: Comparison) -> str:
    counts = [f"{len(comparison.of(weight))} {weight}" for weight in Weight]
    return f"{len(comparison.changes)} changes: {', '.join(counts)}."
