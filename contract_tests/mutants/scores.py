"""The score: what each tool made of each mutant, kept so that a run can be gone on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from contract_tests.mutants.catalogue import CATALOGUE, HELD_OUT_SETS, KNOWN
from contract_tests.mutants.mutant import KINDS, Mutant

Json = Any
REFERENCE = "reference"
FIRST_CONTACT = "first contact"
"""The kit as it was when it met a held-out set for the first time; never shot again."""


@dataclass
class Scores:
    """Shots by tool and mutant, and the findings of correct servers by server and seed."""

    path: Path
    shots: dict[str, dict[str, Json]] = field(default_factory=dict)
    correct: dict[str, dict[str, Json]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Scores:
        """The scores in a file; none when it is not there."""
        if not path.exists():
            return cls(path)
        raw = json.loads(path.read_text("utf-8"))
        return cls(path, raw["shots"], raw["correct"])

    def write(self) -> None:
        """Write the file; the same scores give the same bytes."""
        raw = {"shots": self.shots, "correct": self.correct}
        self.path.write_text(json.dumps(raw, indent=1, sort_keys=True) + "\n", "utf-8")

    def tell(self, tool: str, mutant: str, shot: Json) -> None:
        """Put a shot down."""
        self.shots.setdefault(tool, {})[mutant] = shot
        self.write()

    def is_killed(self, tool: str, mutant: str) -> bool:
        """Whether a tool found something on a mutant that it does not find on the reference."""
        shot = self.shots.get(tool, {}).get(mutant)
        right = self.shots.get(tool, {}).get(REFERENCE, {"found": []})
        return bool(shot and shot["killed"] and set(shot["found"]) - set(right["found"]))


def as_markdown(scores: Scores) -> str:
    """The page docs/mutants.md."""
    tools = [
        tool
        for tool in ("kit", FIRST_CONTACT, "differential", "schemathesis", "dredd")
        if tool in scores.shots
    ]
    parts = [
        _HEAD,
        _table(scores, tools),
        _HOW,
        _survivors(scores),
        _correct(scores),
        _all(scores, tools),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


_HEAD = """
# Mutants: what the judge catches

Each mutant is our own server with exactly one seeded fault. The table says how many of them each
tool notices. `python -m contract_tests.mutants list` names them all, each with what is wrong and
how a client can see it; `prove` shows that each really differs from the reference. They were
written without regard to the packs; who wrote them had not read those.

The packs have been improved since, by people who knew the first of these mutants. The rows *held
out 1*, *2* and *3* are about others, of other kinds, each set written later by somebody who had
read neither the packs nor what is declared for them. What the kit killed on **first contact** is
what to expect of a fault that nobody thought of: 29 of the 36 of the first set (80 %; the runs on
the other seven found nothing until they were ended), 43 of the 48 of the second (89 %; of the five
runs that found nothing, two were complete, three were ended before their last items), 21 of the 24
of the third (87 %; the three runs that found nothing were complete). After each set the packs were
improved by general oracles for what it had shown, so that none is held out in the strict sense any
longer, and others must take their place. Who wrote the third set had read the list of all earlier
faults, and kept clear of them.

What survived the second set at first: changes that get lost when they come at once, empty texts
that become null, a `Location` on a host that nobody can reach, a rate limit that never counts, and
404 in place of 403 for whoever lacks the scope. Requests sent at once, records alike, records
beside and empty texts are judged for every resource now, whatever its contract.

What survived the third at first: the link of an error that leads to its category instead of its
code, a filter that looks at one of several addresses of a customer, and ids that are found in any
case of letters. Others fell late, to a random sequence: whoever is blacklisted can no longer
cancel, the e-mail address that a customer gave up stays taken. Texts that nearly are an id, values
that were given up, and parts of values that must be equal, are tried for every resource and every
filter now; what the documents say of links, zones, rates of tax, and of what a blacklist or an
unpaid invoice leaves possible is declared.
"""
_HOW = """
*kit* is `mockserver check` in its standard profile, *differential* that pack of it alone,
*Schemathesis* is `st run --checks all` with the committed `schemathesis.toml` (all phases, links,
credentials, documented dictionaries), *Dredd* its version 14 over the documented examples. Every
run is against a fresh server, with seed 1. A finding that a tool has on the reference as well is no
kill. Where fewer mutants are named than the class has, the tool was set on each Nth of the class.

For kit and differential, the verdict is that of a run in which the operations that a fault concerns
are judged first: each item has a world of its own, so that the order changes nothing but the time.
Seconds and requests are those of *timed runs*, which know nothing of the fault: one process, from
the start of the run to the first finding, on a machine that was busy with other work as well.
Correct servers are judged for as long as it takes; the rows "held out" and what they led to came
after most of those runs.

*first contact* is the kit as it was before anybody had seen the results of the second set, or of
the third. In the second, every pack but Schemathesis judged the operations that a fault concerns,
then, where nothing was found, Schemathesis those and the other packs all the others; in the third,
every pack judged all operations, as in the column *kit*.

`python -m contract_tests.mutants score` makes the figures and keeps every shot in
`docs/mutants.json`.
"""


def _table(scores: Scores, tools: Sequence[str]) -> str:
    heads = ["class", "mutants", *(f"{tool}: killed" for tool in tools)]
    heads += ["runs timed", "kit: seconds, median / p95", "kit: requests, median"]
    rows = [
        *_rows(scores, tools, "{}", "**all**", KNOWN),
        *(
            row
            for number, mutants in enumerate(HELD_OUT_SETS, 1)
            for row in _held_out_rows(scores, tools, number, mutants)
        ),
    ]
    lines = ["| " + " | ".join(cells) + " |" for cells in [heads, ["---"] * len(heads), *rows]]
    return "\n".join(lines)


def _held_out_rows(
    scores: Scores, tools: Sequence[str], number: int, mutants: Sequence[Mutant]
) -> list[list[str]]:
    name = f"held out {number}"
    return _rows(scores, tools, f"{name}: {{}}", f"**{name}**", mutants)


def _rows(
    scores: Scores, tools: Sequence[str], name: str, together: str, mutants: Sequence[Mutant]
) -> list[list[str]]:
    """A row for each class of a set of mutants, and one for all of them."""
    by_kind = {kind: [m for m in mutants if m.kind == kind] for kind in KINDS}
    rows = [_row(scores, tools, name.format(kind), found) for kind, found in by_kind.items()]
    return [*rows, _row(scores, tools, together, list(mutants))]


def _row(scores: Scores, tools: Sequence[str], name: str, mutants: list[Mutant]) -> list[str]:
    counts = [_killed(scores, tool, mutants) for tool in tools]
    killed = [m.name for m in mutants if scores.is_killed("pace", m.name)]
    shots = [scores.shots["pace"][name] for name in killed]
    seconds = [shot["seconds"] for shot in shots]
    requests = [shot["requests"] for shot in shots]
    times = f"{median(seconds):.1f} / {_p95(seconds):.1f}" if seconds else "–"
    middle = f"{median(requests):.0f}" if requests else "–"
    return [name, str(len(mutants)), *counts, str(len(shots)), times, middle]


def _killed(scores: Scores, tool: str, mutants: list[Mutant]) -> str:
    shot_at = [m for m in mutants if m.name in scores.shots[tool]]
    killed = sum(scores.is_killed(tool, m.name) for m in shot_at)
    return f"{killed} of {len(shot_at)} ({100 * killed // len(shot_at)} %)" if shot_at else "–"


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def _survivors(scores: Scores) -> str:
    left = [
        f"- `{m.name}` ({_class(m)}): {m.fault}"
        for m in CATALOGUE
        if m.name in scores.shots.get("kit", {}) and not scores.is_killed("kit", m.name)
    ]
    return "## What the kit misses\n\n" + ("\n".join(left) or "None of these mutants.")


def _correct(scores: Scores) -> str:
    lines = [
        "## Servers that are right",
        "",
        "Implementations of the same contract that share no code with each other. Every finding on",
        "them is a false alarm.",
        "",
        "| server | packs | seeds | requests a run | findings |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, runs in sorted(scores.correct.items()):
        by_packs: dict[str, list[Json]] = {}
        for each in runs.values():
            by_packs.setdefault(each["packs"], []).append(each)
        for packs, group in sorted(by_packs.items()):
            requests = median(each["requests"] for each in group)
            found = sum(len(each["found"]) for each in group)
            lines.append(f"| {name} | {packs} | {len(group)} | {requests:.0f} | {found} |")
    return "\n".join(lines)


def _all(scores: Scores, tools: Sequence[str]) -> str:
    lines = ["## Every mutant", "", "| mutant | class | fault | " + " | ".join(tools) + " |"]
    lines.append("| --- " * (3 + len(tools)) + "|")
    for mutant in sorted(CATALOGUE, key=lambda m: (KINDS.index(m.kind), m.name)):
        marks = [_mark(scores, tool, mutant.name) for tool in tools]
        fault = mutant.fault.replace("|", "\\|")
        lines.append(f"| `{mutant.name}` | {_class(mutant)} | {fault} | {' | '.join(marks)} |")
    return "\n".join(lines)


def _class(mutant: Mutant) -> str:
    return f"{mutant.kind}, held out {mutant.held_out}" if mutant.held_out else mutant.kind


def _mark(scores: Scores, tool: str, mutant: str) -> str:
    shot = scores.shots[tool].get(mutant)
    if shot is None:
        return "–"
    return "killed" if scores.is_killed(tool, mutant) else "missed"
