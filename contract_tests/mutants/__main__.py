"""`python -m contract_tests.mutants`: what mutants there are, and that each of them is one."""

from __future__ import annotations

import json
import sys

import click

from contract_tests.mutants.catalogue import CATALOGUE, HELD_OUT, find
from contract_tests.mutants.mutant import KINDS, Mutant
from contract_tests.mutants.proofs import prover
from contract_tests.mutants.scoreboard import correct, score
from contract_tests.mutants.server import REFERENCE, faulty, mutated, usual_settings


@click.group()
def main() -> None:
    """Servers that are wrong in one way each."""


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON instead of a table.")
def list_mutants(as_json: bool) -> None:
    """What mutants there are, by class."""
    if as_json:
        click.echo(json.dumps([_in_json(mutant) for mutant in CATALOGUE], indent=2))
        return
    width = max(len(mutant.name) for mutant in CATALOGUE)
    for kind in KINDS:
        members = [mutant for mutant in CATALOGUE if mutant.kind == kind]
        click.echo(f"\n{kind} ({len(members)})")
        for mutant in members:
            mark = f" (held out, set {mutant.held_out})" if mutant.held_out else ""
            click.echo(f"  {mutant.name:{width}}  {mutant.fault}{mark}")
    click.echo(f"\n{len(CATALOGUE)} mutants, {len(HELD_OUT)} of them held out")


@main.command()
@click.argument("names", nargs=-1)
def prove(names: tuple[str, ...]) -> None:
    """Run the proofs of the mutants NAMES (all without any); exit 1 when one does not hold."""
    try:
        chosen = [find(name) for name in names] or list(CATALOGUE)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0])) from error
    with mutated(REFERENCE, usual_settings()) as application:
        failed = 0
        for mutant in chosen:
            with prover(application) as right:
                on_reference = right.holds(mutant.proof)
            with faulty(mutant.name, application) as wrong, prover(wrong) as other:
                on_mutant = other.holds(mutant.proof)
            holds = on_reference and not on_mutant
            failed += not holds
            click.echo(f"{'ok ' if holds else 'NOT'} {mutant.name}")
    sys.exit(1 if failed else 0)


for command in (score, correct):
    main.add_command(command)


def _in_json(mutant: Mutant) -> dict[str, object]:
    return {
        "name": mutant.name,
        "kind": mutant.kind,
        "held_out": mutant.held_out,
        "fault": mutant.fault,
        "visible": mutant.visible,
        "operations": list(mutant.operations),
        "proof": mutant.proof.splitlines(),
    }


if __name__ == "__main__":
    main()
