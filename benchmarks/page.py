"""Results as Markdown, and how they get into a page between two marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.contenders import BASELINE
from benchmarks.load import CONNECTIONS
from benchmarks.operations import LISTED
from benchmarks.results import Entry, Results, Spread, cpu_us, requests_s

BEGIN = "<!-- benchmarks: begin (python -m benchmarks compare --write writes what follows) -->"
END = "<!-- benchmarks: end -->"


def markdown(results: Results) -> str:
    """Everything that was found, as tables."""
    ratio = _cells(results, results.ratio)
    parts = [
        _how(results),
        "What each one does, as seen by this run:",
        _facts(results),
        "**CPU of the server a request, times bare uvicorn** (less is better):",
        _table(results, lambda entry, name: ratio(entry, name, cpu_us)),
        "**CPU of the server a request, µs:**",
        _table(results, lambda entry, name: _plain(results.spread(entry.key, name, cpu_us), 0)),
        "**Requests a second** (more is better):",
        _table(results, lambda entry, name: _plain(results.spread(entry.key, name, requests_s), 0)),
        "**Requests a second, times bare uvicorn:**",
        _table(results, lambda entry, name: ratio(entry, name, requests_s)),
        "**Milliseconds until the answer, p50 / p99:**",
        _table(results, lambda entry, name: _latency(results, entry, name)),
    ]
    if results.inside:
        parts += ["**Without a socket, µs of CPU a request:**", _inside(results)]
    notes = _notes(results)
    return "\n\n".join([*parts, *([notes] if notes else [])]) + "\n"


def _how(results: Results) -> str:
    return (
        f"{results.machine}.\nRequests by {results.tool} over {CONNECTIONS} connections; "
        f"rounds: {results.rounds}, each of {results.seconds} s for each contender and operation.\n"
        "Medians, quartiles in brackets."
    )


def put_between_marks(page: str, text: str, first: str = BEGIN, last: str = END) -> str:
    """A page with what stood between the marks replaced; ValueError when a mark is missing."""
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"The page needs two lines for the tables to go between:\n{first}\n{last}")
    return f"{before}{first}\n\n{text.strip()}\n\n{last}{after}"


def write_page(path: Path, results: Results) -> None:
    """Put the tables into a page; see :func:`put_between_marks`."""
    page = put_between_marks(path.read_text(encoding="utf-8"), markdown(results))
    path.write_text(page, encoding="utf-8")


def shown(spread: Spread | None, digits: int = 1) -> str:
    """A median with its quartiles, where they differ in the digits shown."""
    if spread is None:
        return "–"
    middle, low, high = (_number(each, digits) for each in (spread.median, spread.low, spread.high))
    return middle if low == high else f"{middle} ({low}–{high})"


def rows(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    rule = ["---"] * len(header)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *lines))


def _number(value: float, digits: int) -> str:
    return f"{value:,.{0 if value >= 20 else digits}f}"


def _plain(spread: Spread | None, digits: int) -> str:
    return "–" if spread is None else f"{spread.median:,.{digits}f}"


def _cells(
    results: Results, figure: Callable[..., Spread | None]
) -> Callable[[Entry, str, Callable[..., float]], str]:
    def cell(entry: Entry, name: str, what: Callable[..., float]) -> str:
        text = shown(figure(entry.key, name, what), 2 if what is requests_s else 1)
        return text + _mark(results, entry, name)

    return cell


def _mark(results: Results, entry: Entry, name: str) -> str:
    return " !" if any(sample.unexpected for sample in results.of(entry.key, name)) else ""


def _latency(results: Results, entry: Entry, name: str) -> str:
    p50 = results.spread(entry.key, name, lambda sample: sample.p50_ms)
    p99 = results.spread(entry.key, name, lambda sample: sample.p99_ms)
    return f"{_plain(p50, 2)} / {_plain(p99, 1)}" if p50 else "–"


def _measured(results: Results) -> list[Entry]:
    return [entry for entry in results.entries if not entry.missing]


def _table(results: Results, cell: Callable[[Entry, str], str]) -> str:
    lines = [
        [entry.title, *(cell(entry, name) for name in results.operations)]
        for entry in _measured(results)
    ]
    return rows(["", *results.operations], lines)


def _facts(results: Results) -> str:
    header = [
        *("", "version", "keeps state", "checks request", "checks answer"),
        *("start, s", "start, CPU s", "MiB idle", "MiB after load"),
    ]
    return rows(header, [_line(entry) for entry in results.entries])


def _line(entry: Entry) -> list[str]:
    if entry.missing:
        return [entry.title, entry.version or "–", *["–"] * 7]
    facts = entry.facts
    return [
        *(entry.title, entry.version),
        *(facts.keeps_state, facts.checks_request, facts.checks_answer),
        shown(Spread.of(entry.start_s), 2),
        f"{median(entry.start_cpu_s):.2f}",
        *(f"{entry.idle_mib:.0f}", f"{entry.loaded_mib:.0f}"),
    ]


def _inside(results: Results) -> str:
    titles = {entry.key: entry.title for entry in results.entries}
    lines = [
        [titles.get(key, key), *(f"{found[name]:.0f}" for name in results.operations)]
        for key, found in results.inside.items()
    ]
    return rows(["", *results.operations], lines)


def _notes(results: Results) -> str:
    return "\n".join(f"- {entry.title}: {note}." for entry, note in _remarks(results))


def _remarks(results: Results) -> Iterator[tuple[Entry, str]]:
    for entry in results.entries:
        if entry.note:
            yield entry, entry.note
        if entry.missing:
            yield entry, f"was skipped, {entry.missing.rstrip('.')}"
            continue
        if entry.key == BASELINE:
            continue
        if not entry.facts.refuses:
            yield entry, "checks nothing: `refused` is accepted with a row added or an example"
        if entry.facts.listed != LISTED:
            yield entry, f"its list has {entry.facts.listed} rows instead of {LISTED}"
        for name in results.operations:
            wrong = sum(sample.unexpected for sample in results.of(entry.key, name))
            if wrong:
                yield entry, f"! {wrong} requests of `{name}` were not answered as they should be"
