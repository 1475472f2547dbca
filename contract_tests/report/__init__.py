"""Reports: a run of the judge as HTML, JUnit, JSON, Markdown, and as text for a terminal.

Everything here is made of a `RunResult` and of nothing else. What a server sent is hostile until it
is escaped: nothing of it may become markup, a request or a control character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from contract_tests.report.concealing import without_secrets
from contract_tests.report.json_report import json_report
from contract_tests.report.junit import junit
from contract_tests.report.markdown import markdown
from contract_tests.report.page import page
from contract_tests.report.terminal import Progress, explained, summary
from contract_tests.results import RunResult

__all__ = [
    "FILES",
    "SCHEMA",
    "Progress",
    "ReportError",
    "check_kinds",
    "explained",
    "json_text",
    "summary",
    "write_reports",
]

# The kinds of report, with the file that each is written to.
FILES = {
    "html": "report.html",
    "junit": "junit.xml",
    "json": "report.json",
    "markdown": "report.md",
}
# What `report.json` looks like, as JSON Schema 2020-12.
SCHEMA = Path(__file__).parent / "report.schema.json"
_MAKERS: dict[str, Callable[[RunResult], str | bytes]] = {
    "html": page,
    "junit": junit,
    "json": json_report,
    "markdown": markdown,
}


class ReportError(ValueError):
    """A report that cannot be written; the message says what to change."""


def json_text(result: RunResult) -> str:
    """The report `json` itself, for whoever reads standard output."""
    return json_report(without_secrets(result))


def write_reports(result: RunResult, kinds: Iterable[str], directory: Path) -> list[Path]:
    """Write the reports of these kinds into a directory, made when it is missing.

    The paths come in the order of `kinds`. ReportError for an unknown kind, before anything is
    written, and for a directory that cannot be written.
    """
    wanted = check_kinds(kinds)
    concealed = without_secrets(result)
    return [_write(directory / FILES[kind], _MAKERS[kind](concealed)) for kind in wanted]


def check_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds, each once; ReportError names one that is unknown."""
    wanted = tuple(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in FILES:
            raise ReportError(f"--report {kind!r} is unknown; choose from {', '.join(FILES)}.")
    return wanted


def _write(path: Path, content: str | bytes) -> Path:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ReportError(
            f"The report {path} cannot be written: {error.strerror or error}. "
            "Choose another directory with --report-dir."
        ) from error
    return path
