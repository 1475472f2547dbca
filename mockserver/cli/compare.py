"""`mockserver compare`: two versions of a contract, and what breaks whom."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mockserver.cli.judge import open_kit
from mockserver.errors import SetupError

_EPILOG = """\b
Examples:
  mockserver compare released.yaml openapi.yaml
  mockserver compare released.yaml openapi.yaml --markdown >> "$GITHUB_STEP_SUMMARY"
Exit codes: 0 nothing breaks, or the version says so; 1 a breaking change without a major
version; 2 a document cannot be read.
"""


@click.command(epilog=_EPILOG, short_help="What breaks between two versions of a contract.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="as_json", help="Print JSON, for scripts.")
@click.option("--markdown", "form", flag_value="as_markdown", help="Print Markdown.")
def compare(old: Path, new: Path, form: str | None) -> None:
    """What changed from the contract OLD to NEW: breaking, maybe, or compatible."""
    open_kit()
    pack = import_module("contract_tests.packs.diff")
    comparison = _compared(pack, old, new)
    told = getattr(pack, form or "as_text")(comparison)
    click.echo(told if isinstance(told, str) else json.dumps(told, indent=2, default=str))
    click.get_current_context().exit(1 if comparison.verdict.lacks_major else 0)


def _compared(pack: Any, old: Path, new: Path) -> Any:
    reader = import_module("contract_tests.contract")
    try:
        versions = [reader.load_contract(path) for path in (old, new)]
        return pack.compare_contracts(*versions)
    except reader.ContractError as error:
        raise SetupError(str(error).replace("--spec ", "")) from error
