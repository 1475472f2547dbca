"""What was found, as Markdown: totals, beside others, and what is wrong where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.corpus.examining import Line
from benchmarks.corpus.rivals import RIVALS
from benchmarks.corpus.scores import Score, summed
from benchmarks.page import rows

BEGIN = "<!-- corpus: begin (python -m benchmarks.corpus DIRECTORY --write writes what follows) -->"
END = "<!-- corpus: end -->"
_LONGEST = 160
_HEAD = ("document", "ops", "valid %", "after writes %", "lives %", "start s", "all s", "MB")
_COLUMNS = "{:<46}{:>6}{:>9}{:>16}{:>14}{:>9}{:>8}{:>7}"


def heading() -> str:
    """The head of the lines on the terminal."""
    return _COLUMNS.format(*_HEAD)


def told(line: Line) -> str:
    """One document on the terminal."""
    if line.trouble:
        return f"{line.name:<46}{line.trouble}"
    scores = (_short(line.first), _short(line.later), _short(line.lives))
    figures = (f"{line.start_s:.2f}", f"{line.took_s:.1f}", f"{line.megabytes:.0f}")
    own = _COLUMNS.format(line.name[:45], line.first.tried, *scores, *figures)
    beside = [f"    {k}: {h.trouble or _short(h.score)}" for k, h in line.rivals.items()]
    return "\n".join([own, *beside])


def faults(line: Line, most: int) -> Iterator[str]:
    """The first faults of each kind, of the rivals' as well."""
    rivals = [(key, each.score) for key, each in line.rivals.items()]
    kinds = (("", line.first), ("later ", line.later), ("life ", line.lives), *rivals)
    for kind, score in kinds:
        for fault in [*score.faults, *(f"(impossible) {f}" for f in score.impossible)][:most]:
            yield f"    {kind} {fault[:_LONGEST]}"


def markdown(lines: Sequence[Line], how: str) -> str:
    """The tables of the page."""
    running = [line for line in lines if not line.trouble]
    compared = [line for line in lines if line.rivals]
    parts = [how, _totals(lines), *_beside(compared), *_misses(running)]
    return "\n\n".join(parts) + "\n"


def _totals(lines: Sequence[Line]) -> str:
    running = [line for line in lines if not line.trouble]
    empty = sum(line.is_empty for line in lines)
    served = len(lines) - empty
    kinds: tuple[tuple[str, Callable[[Line], Score]], ...] = (
        ("operations with a valid documented success", lambda line: line.first),
        ("the same after random writes", lambda line: line.later),
        ("whole lives of a record", lambda line: line.lives),
    )
    scores = [(what, summed(map(score, running))) for what, score in kinds]
    started = [str(served), str(len(running)), "–", _percent(len(running), served), "–"]
    table = [["documents that start", *started], *([what, *_cells(s)] for what, s in scores)]
    head = ["", "of", "right", "impossible", "right, of all", "right, of what is possible"]
    megabytes = max((line.megabytes for line in running), default=0.0)
    start_s = max((line.start_s for line in running), default=0.0)
    rest = (
        f"{empty} more documents have no operation to serve, and say so. The slowest document took "
        f"{start_s:.1f} s of CPU to start; the most memory was {megabytes:.0f} MB."
    )
    return f"{rows(head, table)}\n\n{rest}"


def _cells(score: Score) -> list[str]:
    counts = [f"{score.tried:,}", f"{score.good:,}", str(len(score.impossible))]
    return [*counts, f"{score.percent:.2f} %", f"{score.percent_of_possible:.2f} %"]


def _beside(compared: Sequence[Line]) -> Iterator[str]:
    """The table beside other mock servers, over HTTP."""
    keys = list(dict.fromkeys(key for line in compared for key in line.rivals))
    if not keys:
        return
    yield "**Beside others**, over HTTP, the same requests to each:"
    table = [_rival(key, [line for line in compared if key in line.rivals]) for key in keys]
    head = ["", "version", "documents", "started", "operations", "right", "right, of all",
            "right, of documents that start", "minutes"]  # fmt: skip
    yield rows(head, table)


def _rival(key: str, lines: Sequence[Line]) -> list[str]:
    heats = [line.rivals[key] for line in lines]
    whole = summed(each.score for each in heats)
    started = summed(each.score for each in heats if not each.trouble)
    rival, versions = RIVALS[key], ", ".join(sorted({each.version for each in heats} - {""}))
    return [
        *(rival.title, versions or "–", str(len(heats))),
        str(sum(not each.trouble for each in heats)),
        *(f"{whole.tried:,}", f"{whole.good:,}"),
        *(f"{whole.percent:.1f} %", f"{started.percent:.1f} %"),
        f"{sum(each.took_s for each in heats) / 60:.0f}",
    ]


def _misses(running: Sequence[Line]) -> Iterator[str]:
    """Where something is wrong: by document, with the first that is."""
    table = [
        [line.name, *(_missed(s) for s in (line.first, line.later, line.lives)), _first(line)]
        for line in running
        if any(score.good < score.tried for score in (line.first, line.later, line.lives))
    ]
    if table:
        yield "**What misses**, of how many (in brackets those that are impossible):"
        yield rows(["document", "operations", "after writes", "lives", "for example"], table)


def _missed(score: Score) -> str:
    proved = f" ({len(score.impossible)})" if score.impossible else ""
    return f"{score.tried - score.good}{proved} of {score.tried}" if score.tried else "–"


def _first(line: Line) -> str:
    """One fault of ours where there is any, else one that is impossible."""
    scores = (line.first, line.later, line.lives)
    faults = [f for score in scores for f in score.faults]
    faults += [f"impossible: {f}" for score in scores for f in score.impossible]
    return "`" + faults[0][:_LONGEST].replace("|", "\\|").replace("`", "'") + "`"


def _short(score: Score) -> str:
    return f"{score.percent:.1f}" if score.tried else "-"


def _percent(good: int, tried: int) -> str:
    return f"{100 * good / tried:.2f} %" if tried else "–"
