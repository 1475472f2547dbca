"""`mockserver traffic`: what was said between clients and a server, held against the contract."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mockserver.bundle import contract_path
from mockserver.cli.connection import NobodyAnswers
from mockserver.cli.judge import open_kit
from mockserver.errors import SetupError

KINDS = ("html", "junit", "json", "markdown")
_EPILOG = """\b
Examples:
  mockserver traffic browser.har --spec openapi.yaml
  mockserver traffic recording.har.gz --base-path /api --report html
  mockserver traffic http://127.0.0.1:4010    the journal of a running mockserver
Exit codes: 0 the contract was kept, 1 findings, 2 nothing could be judged, 3 no server answers.
"""


class _Kinds(click.ParamType[tuple[str, ...]]):
    name = "kinds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Read `html,junit`."""
        if isinstance(value, tuple):
            return value
        kinds = tuple(part.strip() for part in str(value).split(",") if part.strip())
        unknown = [kind for kind in kinds if kind not in KINDS]
        if unknown:
            self.fail(f"{', '.join(unknown)}: there are {', '.join(KINDS)}.", param, ctx)
        return kinds


@dataclass(frozen=True, slots=True)
class Standard:
    """What traffic is held to, and how the result is told."""

    spec: Path | None
    base_paths: tuple[str, ...]
    strict_query: bool
    kinds: tuple[str, ...]
    report_dir: Path

    def contract(self) -> Any:
        """The contract in the file, or ours; SetupError when it cannot be used."""
        reader = import_module("contract_tests.contract")
        try:
            return reader.load_contract(self.spec or contract_path())
        except reader.ContractError as error:
            raise SetupError(str(error)) from error

    def tell(self, result: Any) -> None:
        """Print the summary of a run and write its reports."""
        click.echo(import_module("contract_tests.packs.traffic").summary(result))
        if not self.kinds:
            return
        write = import_module("contract_tests.report").write_reports
        try:
            for path in write(result, self.kinds, self.report_dir):
                click.echo(f"report: {path}")
        except (OSError, ValueError) as error:
            raise SetupError(
                f"--report-dir {self.report_dir} cannot be written: {error}"
            ) from error


def judged(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command --spec, --base-path, --strict-query, --report, --report-dir: a Standard."""

    @functools.wraps(function)
    def command(**given: Any) -> None:
        names = [field.name for field in fields(Standard)]
        standard = Standard(**{name: given.pop(name) for name in names})
        function(standard=standard, **given)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--spec", type=click.Path(path_type=Path), help="The contract (OpenAPI 3); "
                 "without it, that of mockserver."),
    click.option("--base-path", "base_paths", multiple=True, metavar="PATH",
                 help="Where the API is mounted, such as /api; found out without it."),
    click.option("--strict-query", is_flag=True, help="A query name that is not declared is a "
                 "finding."),
    click.option("--report", "kinds", type=_Kinds(), default=(), metavar="KIND,KIND",
                 help="Reports to write: html, junit, json, markdown."),
    click.option("--report-dir", type=click.Path(path_type=Path, file_okay=False),
                 default=Path("contract-report"), show_default=True, help="Where to."),
)  # fmt: skip


@click.command(epilog=_EPILOG, short_help="Check a recording against a contract.")
@click.argument("source", metavar="FILE|URL")
@click.option("--token", default="", envvar="MOCKSERVER_ADMIN_TOKEN", show_envvar=True,
              help="Admin token of the server, if it has one.")  # fmt: skip
@click.option("--world", default="", help="World whose journal is read.")
@judged
def traffic(standard: Standard, source: str, token: str, world: str) -> None:
    """Check a recording (HAR, or a journal of mockserver) against the contract, sending nothing."""
    open_kit()
    pack = import_module("contract_tests.packs.traffic")
    contract = standard.contract()
    try:
        read = pack.read_traffic(source, token, world)
    except pack.NoServerError as error:
        raise NobodyAnswers(str(error)) from error
    except pack.TrafficError as error:
        raise SetupError(str(error)) from error
    result = pack.judge_traffic(
        contract, read, standard.base_paths, strict_query=standard.strict_query
    )
    standard.tell(result)
    click.get_current_context().exit(int(result.exit))
