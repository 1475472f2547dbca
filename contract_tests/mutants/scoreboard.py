"""The scoreboard: every tool set on every mutant, and the kit on servers that are right."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from contract_tests.contract.document import read_yaml
from contract_tests.mutants.catalogue import CATALOGUE, find
from contract_tests.mutants.mutant import KINDS
from contract_tests.mutants.scores import REFERENCE, Scores, as_markdown
from contract_tests.mutants.tools import (
    CREDENTIALS,
    PACKS,
    TOOLS,
    kit,
    mutant_command,
    served,
    verdict,
)
from contract_tests.plan import CHECKOUT

_DATA = CHECKOUT / "docs" / "mutants.json"
_NODE_PORT = CHECKOUT / "contract_tests" / "mutants" / "ports" / "node_port" / "server.mjs"
_NODE_OPERATIONS = (
    "listCustomers",
    "createCustomer",
    "getCustomer",
    "updateCustomer",
    "addCustomerAddress",
    "listCustomerBookings",
    "listBookings",
    "createBooking",
    "getBooking",
    "updateBooking",
    "cancelBooking",
)
_MEANING = ("lint", "protocol", "lifecycle", "collections", "rules", "access", "differential")


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--tools", default="kit,differential", show_default=True, help=", ".join([*PACKS, *TOOLS])
)
@click.option("--sample", type=click.IntRange(1), default=1, metavar="N",
              help="Every Nth mutant of each class: a slow tool takes hours for all.")  # fmt: skip
@click.option("--again", is_flag=True, help="Shoot again at what has a result.")
@click.option("--data", type=click.Path(path_type=Path), default=_DATA, help="Where results lie.")
def score(names: tuple[str, ...], tools: str, sample: int, again: bool, data: Path) -> None:
    """Set tools on the mutants NAMES (all without any), and write the page.

    Results are kept as they come: a run that is stopped is gone on with.
    """
    scores = Scores.read(data)
    of_kind = [[m.name for m in CATALOGUE if m.kind == kind] for kind in KINDS]
    sampled = {name for members in of_kind for name in members[::sample]}
    chosen = [m.name for m in CATALOGUE if m.name in (names or sampled)]
    unknown = set(names) - {*chosen, REFERENCE}
    if unknown:
        raise click.BadParameter(f"no such mutant: {', '.join(sorted(unknown))}")
    for tool in tools.split(","):
        if tool not in {**TOOLS, **PACKS}:
            known = ", ".join([*PACKS, *TOOLS])
            raise click.BadParameter(f"{tool!r} is none of {known}", param_hint="--tools")
        _shoot(scores, tool, [REFERENCE, *chosen], again=again)
    _page(scores)


@click.command()
@click.option("--seeds", default="1-20", show_default=True, help="From-to.")
@click.option("--packs", default=",".join(_MEANING), show_default=True, help="Packs of the kit.")
@click.option("--server", type=click.Choice(["reference", "python", "node", "all"]), default="all")
@click.option("--again", is_flag=True, help="Run again what has a result.")
@click.option("--data", type=click.Path(path_type=Path), default=_DATA, help="Where results lie.")
def correct(seeds: str, packs: str, server: str, again: bool, data: Path) -> None:
    """Judge servers that are right, and write the page; exit 1 when anything is found."""
    first, _, last = seeds.partition("-")
    scores = Scores.read(data)
    alarms = 0
    for name, command, only in _right_servers():
        if server == "all" or name.startswith(server):
            wanted = range(int(first), int(last or first) + 1)
            alarms += _judge(scores, name, command, only, packs, wanted, again=again)
    _page(scores)
    sys.exit(1 if alarms else 0)


def _shoot(scores: Scores, tool: str, names: Iterable[str], *, again: bool) -> None:
    done = scores.shots.get(tool, {})
    left = [name for name in names if again or name not in done]
    for number, name in enumerate(left, 1):
        with served(mutant_command(name)) as url:
            concerned = () if name == REFERENCE else find(name).operations
            shot = verdict(url, PACKS[tool], concerned) if tool in PACKS else TOOLS[tool](url)
        scores.tell(tool, name, shot.as_json())
        found = (shot.found[0] if shot.found else "nothing found")[:100]
        click.echo(f"{number}/{len(left)} {tool} {name}: {shot.seconds:.1f} s, {found}")


def _judge(
    scores: Scores,
    name: str,
    command: list[str],
    only: tuple[str, ...],
    packs: str,
    seeds: Iterable[int],
    *,
    again: bool,
) -> int:
    alarms = 0
    runs = scores.correct.setdefault(name, {})
    for seed in seeds:
        key = f"{packs} {seed}"
        if again or key not in runs:
            with served(command) as url:
                shot = kit(url, seed, tuple(packs.split(",")), only, most_s=None)
            runs[key] = {"packs": packs.replace(",", ", "), "seed": seed, **shot.as_json()}
            scores.write()
        found = runs[key]["found"]
        alarms += len(found)
        click.echo(f"{name}, seed {seed}: {'; '.join(found) or 'clean'}")
    return alarms


def _right_servers() -> list[tuple[str, list[str], tuple[str, ...]]]:
    """Name, command, and the operations it has (none named: all)."""
    port = [sys.executable, "-m", "contract_tests.mutants.ports.python_port"]
    # The same credentials, in the form that the port reads.
    credentials = Path(tempfile.mkdtemp()) / "credentials.json"
    credentials.write_text(json.dumps(read_yaml(CREDENTIALS, "--credentials")), "utf-8")
    node = ["node", str(_NODE_PORT), "--credentials", str(credentials)]
    return [
        ("reference", mutant_command(REFERENCE), ()),
        ("python port", [*port, "--credentials", str(CREDENTIALS)], ()),
        ("node port", node, _NODE_OPERATIONS),
    ]


def _page(scores: Scores) -> None:
    scores.write()
    page = scores.path.with_suffix(".md")
    page.write_text(as_markdown(scores), "utf-8")
    click.echo(f"Written: {page}")
