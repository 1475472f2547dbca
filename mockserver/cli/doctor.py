"""`mockserver doctor`: what a document is, what is wrong with it, and what it costs to start."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import click

from mockserver.cli.table import cell, table
from mockserver.contract import Contract
from mockserver.contract.foreign import (
    DocumentWarning,
    Loaded,
    examine,
    foreign_contract,
    load_foreign,
)

_EPILOG = """\b
Examples:
  mockserver doctor petstore.yaml
  mockserver doctor petstore.yaml --meaning     what a mock of it will do, and why
  mockserver doctor https://example.com/openapi.json --strict
  mockserver doctor api.yaml --json | jq '.warnings[].pointer'

\b
Exit codes:
  0  the document can be served
  1  with --strict: it can be served, and has warnings
  2  it cannot be served: the message says why
"""
_SHOWN = 3
_COLUMNS = ("operation", "does", "to", "because")


@dataclass(frozen=True, slots=True)
class _Report:
    """What is told of a document; `warnings` are those of loading and of a closer look."""

    loaded: Loaded
    contract: Contract
    warnings: tuple[DocumentWarning, ...]
    cpu_s: float

    def to_json(self) -> dict[str, Any]:
        """The report as data."""
        return {
            "origin": self.loaded.origin,
            "version": self.loaded.version,
            "dialect": self.loaded.dialect,
            "title": self.contract.title,
            "operations": len(self.contract.operations),
            "paths": len(self.loaded.document["paths"]),
            "schemas": self.schemas,
            "cpu_s": round(self.cpu_s, 3),
            "warnings": [asdict(warning) for warning in self.warnings],
        }

    @property
    def schemas(self) -> int:
        """How many schemas the document names."""
        return len(self.loaded.document["components"].get("schemas", {}))


@click.command(epilog=_EPILOG)
@click.argument("document", metavar="FILE|URL")
@click.option("--strict", is_flag=True, help="Exit code 1 when there are warnings.")
@click.option("--meaning", is_flag=True, help="What each operation is taken to do, and why.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was found, as JSON.")
def doctor(document: str, strict: bool, meaning: bool, as_json: bool) -> None:
    """What an OpenAPI document is, and what is wrong with it.

    FILE|URL is a document in YAML or JSON: Swagger 2.0, or OpenAPI 3.0, 3.1 or 3.2.
    """
    report = _look_at(document)
    if as_json:
        click.echo(json.dumps(report.to_json() | _meant(report, meaning), indent=2))
    else:
        click.echo(_told(report))
        if meaning:
            click.echo(
                "\n"
                + table(list(_COLUMNS), [[cell(each) for each in row] for row in _rows(report)], "")
            )
    if strict and report.warnings:
        raise click.exceptions.Exit(1)


def _look_at(location: str) -> _Report:
    began = time.process_time()
    loaded = load_foreign(location)
    contract = foreign_contract(loaded)
    cpu_s = time.process_time() - began
    return _Report(loaded, contract, examine(loaded, contract), cpu_s)


def _told(report: _Report) -> str:
    loaded, contract = report.loaded, report.contract
    kind = "Swagger" if loaded.version.startswith("2") else "OpenAPI"
    title = f" – {cell(contract.title)}" if contract.title else ""
    counts = (
        f"{len(contract.operations)} operations on {len(loaded.document['paths'])} paths, "
        f"{report.schemas} named schemas; ready in {report.cpu_s:.2f} s of CPU."
    )
    return "\n".join(
        [f"{loaded.origin}: {kind} {loaded.version}{title}", counts, "", *_warnings(report)]
    )


def _warnings(report: _Report) -> list[str]:
    """The warnings by kind, the most frequent first, with the first places of each."""
    if not report.warnings:
        return ["No warnings."]
    kinds: dict[str, list[DocumentWarning]] = defaultdict(list)
    for warning in report.warnings:
        kinds[warning.code].append(warning)
    ranked = sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    lines = [table(["warnings", "number"], [[code, len(found)] for code, found in ranked], "")]
    for code, found in ranked:
        lines += ["", f"{code}:", *(f"  {warning.sentence}" for warning in found[:_SHOWN])]
        if len(found) > _SHOWN:
            lines.append(f"  … and {len(found) - _SHOWN} more (--json has all of them)")
    return lines


def _rows(report: _Report) -> list[tuple[str, ...]]:
    from mockserver.engine import Engine  # noqa: PLC0415 - half a second, for --meaning alone

    return [tuple(row) for row in Engine(report.contract).inference.rows()]


def _meant(report: _Report, is_asked: bool) -> dict[str, Any]:
    if not is_asked:
        return {}
    return {"meaning": [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(report)]}
