"""Schemathesis by its command line: what to run, how it ended, and every exchange it recorded."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract_tests.exchanges import Answer, Exchange, Sent
from contract_tests.packs.schema.launching import run_command
from contract_tests.semantics import Credentials

Json = Any
_BESIDE = "schemathesis.toml"
_DEFAULT = """\
cache.enabled = false
suppress-health-check = ["too_slow"]
[generation]
database = "none"
[output]
sanitization.enabled = false
"""


class EngineError(RuntimeError):
    """The engine could not run at all; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One failed check: which, what it says, and the exchanges that led there."""

    check: str
    code: str
    severity: str
    label: str
    title: str
    message: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class EngineRun:
    """A finished run; `seen` lists label and status of every answer."""

    exit_code: int
    output: str
    failures: tuple[Failed, ...]
    seen: tuple[tuple[str, int], ...]


def run_engine(
    contract: Path,
    url: str,
    configuration: Path,
    folder: Path,
    options: Sequence[str],
    most_s: float,
) -> EngineRun:
    """Run `st run`; TimeoutExpired when it takes longer than `most_s` seconds.

    The same seed draws the same requests: neither a database nor a cache is kept from one run to
    the next.
    """
    events = folder / "events.ndjson"
    command = ["--config-file", str(configuration), "run", str(contract), "--url", url]
    command += ["--checks", "all", "--no-color", *options]
    command += ["--report", "ndjson", "--report-ndjson-path", str(events)]
    exit_code, output = run_command(command, folder, most_s)
    if not events.exists():
        raise EngineError(f"Schemathesis ended with {exit_code}:\n{output[-2000:]}")
    recorders = list(_recorders(events))
    failures = tuple(each for recorder in recorders for each in _failures(recorder, url))
    seen = tuple(each for recorder in recorders for each in _seen(recorder))
    return EngineRun(exit_code, output, failures, seen)


def configured(contract: Path, credentials: Credentials, folder: Path) -> Path:
    """The configuration of a contract: the one beside it or a plain one, with our credentials."""
    beside = contract.with_name(_BESIDE)
    text = beside.read_text("utf-8") if beside.exists() else _DEFAULT
    for credential in credentials.all:
        if credential.state == "valid":
            text = _with_credential(text, credential.scheme, credential.text)
    path = folder / _BESIDE
    path.write_text(text, "utf-8")
    return path


def _with_credential(text: str, scheme: str, credential: str) -> str:
    """The credential of a scheme put where the configuration names that scheme."""
    table = re.compile(rf"(?m)^(\[auth\.openapi\.{re.escape(scheme)}\]\n(?:bearer|api_key) = ).*$")
    return table.sub(lambda match: match[1] + json.dumps(credential), text)


def _recorders(events: Path) -> Iterator[Json]:
    with events.open(encoding="utf-8") as lines:
        for line in lines:
            recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder")
            if recorder:
                yield recorder


def _seen(recorder: Json) -> Iterator[tuple[str, int]]:
    for case_id, interaction in recorder.get("interactions", {}).items():
        case = recorder.get("cases", {}).get(case_id)
        if case and interaction.get("response"):
            sent = case["value"]
            yield f"{sent['method']} {sent['path']}", interaction["response"]["status_code"]


def _failures(recorder: Json, url: str) -> Iterator[Failed]:
    for case_id, checks in recorder.get("checks", {}).items():
        for check in checks:
            if check.get("status") == "failure":
                failure = check["failure_info"]["failure"]
                yield Failed(
                    check["name"],
                    failure.get("code") or "ST901",
                    failure.get("severity", "medium"),
                    failure.get("operation", ""),
                    failure.get("title", check["name"]),
                    failure.get("message", ""),
                    tuple(_chain(recorder, case_id, url)),
                )


def _chain(recorder: Json, case_id: str | None, url: str) -> list[Exchange]:
    """The exchanges that led to a case, itself last."""
    chain: list[Exchange] = []
    while case_id is not None:
        interaction = recorder["interactions"].get(case_id)
        case = recorder["cases"].get(case_id, {})
        if interaction and interaction.get("response"):
            chain.insert(0, _exchange(interaction, url))
        case_id = case.get("parent_id")
    return chain


def _exchange(interaction: Json, url: str) -> Exchange:
    request, response = interaction["request"], interaction["response"]
    body = request.get("body")
    sent = Sent(
        request["method"],
        request["uri"].removeprefix(url),
        _pairs(request["headers"]),
        _bytes(body) if body else None,
    )
    content = _bytes(response.get("content") or {})
    elapsed_ms = 1000 * float(response.get("elapsed", 0))
    answer = Answer(response["status_code"], _pairs(response["headers"]), content, elapsed_ms)
    return Exchange("", url, sent, answer)


def _pairs(headers: Json) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in headers.items() for value in values)


def _bytes(value: Json) -> bytes:
    if isinstance(value, dict):
        return base64.b64decode(value.get("$base64", ""))
    return str(value).encode()
