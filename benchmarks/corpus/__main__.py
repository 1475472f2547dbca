"""`python -m benchmarks.corpus`: every document of a directory, alone or beside other servers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import click

from benchmarks.corpus.examining import Course, Limits, Line, line_of
from benchmarks.corpus.rivals import RIVALS, Heat
from benchmarks.corpus.scores import Score
from benchmarks.corpus.tables import BEGIN, END, faults, heading, markdown, told
from benchmarks.page import put_between_marks

_SUFFIXES = (".json", ".yaml", ".yml")
_FILE = click.Path(path_type=Path, dir_okay=False)
_EPILOG = f"""\b
Peers: {", ".join(RIVALS)}. Those from npm are measured when they are installed:
  npm install --prefix benchmarks/peers
"""


@click.command(epilog=_EPILOG)
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--jobs", default=1, show_default=True, help="Documents at once.")
@click.option("--seed", default=1, show_default=True, help="Decides every value and every choice.")
@click.option("--writes", default=300, show_default=True, help="The most before the second pass.")
@click.option("--faults", "most", default=0, help="How many faults to tell of each document.")
@click.option("--only", default="", help="Only documents whose name has this in it.")
@click.option("--sample", default=0, help="Only so many documents, drawn by the seed.")
@click.option("--peers", default="", help="Servers to ask over HTTP, with commas, or 'all'.")
@click.option("--minutes", default=15.0, show_default=True, help="The most for one document.")
@click.option("--peer-seconds", default=120.0, show_default=True, help="The most for a peer on it.")
@click.option("--results", type=_FILE, help="Lines are added here, and not done again.")
@click.option("--write", "page", type=_FILE, help="Put the tables between the marks in this page.")
def main(
    directory: Path,
    *,
    jobs: int,
    seed: int,
    writes: int,
    most: int,
    only: str,
    sample: int,
    peers: str,
    minutes: float,
    peer_seconds: float,
    results: Path | None,
    page: Path | None,
) -> None:
    """Put mocks of all documents in a directory to the test."""
    found = [p for p in sorted(directory.iterdir()) if p.suffix in _SUFFIXES and only in p.name]
    if sample:
        found = sorted(Random(seed).sample(found, min(sample, len(found))))
    course = Course(seed, writes, _rivals(peers), Limits(60 * minutes, peer_seconds))
    known = _known(results)
    print(heading())
    lines: list[Line] = []
    with ThreadPoolExecutor(jobs) as pool:
        for line in pool.map(lambda p: line_of(p, course, known.get(p.name)), found):
            lines.append(line)
            print("\n".join([told(line), *faults(line, most)]), flush=True)
            if results is not None and line != known.get(line.name):
                with results.open("a") as file:
                    file.write(json.dumps(asdict(line)) + "\n")
    text = markdown(lines, _how(directory, seed, writes))
    print(text)
    if page is not None:
        written = put_between_marks(page.read_text(encoding="utf-8"), text, BEGIN, END)
        page.write_text(written, encoding="utf-8")


def _rivals(keys: str) -> tuple[str, ...]:
    """The servers that are asked for and installed; BadParameter for one that there is not."""
    wanted = list(RIVALS) if keys == "all" else [key for key in keys.split(",") if key]
    for key in wanted:
        if key not in RIVALS:
            known = ", ".join(RIVALS)
            raise click.BadParameter(f"There is no server {key!r}. Choose from {known}, or all.")
        if missing := RIVALS[key].missing():
            raise click.UsageError(f"{key} is {missing}")
    return tuple(wanted)


def _how(directory: Path, seed: int, writes: int) -> str:
    number = sum(path.suffix in _SUFFIXES for path in directory.iterdir())
    return f"Seed {seed}, {number} documents, at most {writes} random writes in each."


def _known(results: Path | None) -> dict[str, Line]:
    """The lines that an earlier run has left, by the name of their document."""
    if results is None or not results.exists():
        return {}
    return {line.name: line for line in _read(results)}


def _read(results: Path) -> Iterator[Line]:
    for text in results.read_text().splitlines():
        raw: dict[str, Any] = json.loads(text)
        for name in ("first", "later", "lives"):
            raw[name] = Score(**raw[name])
        raw["rivals"] = {key: _heat(**each) for key, each in raw["rivals"].items()}
        yield Line(**raw)


def _heat(score: dict[str, Any], **others: Any) -> Heat:
    return Heat(score=Score(**score), **others)


if __name__ == "__main__":
    main()
