"""Mock servers on one document, each asked the same over HTTP and held to the same validators."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.contenders import (
    PEERS,
    module_version,
    run_module,
    said_port,
    without_module,
)
from benchmarks.corpus.asking import Request, request_of
from benchmarks.corpus.calls import NOW, TRIES, Caller, guarded, has_success, operations_of
from benchmarks.corpus.scores import Score
from benchmarks.material import ROOT
from benchmarks.processes import StartError, free_port, started
from mockserver.contract import Arguments, Contract, Operation
from mockserver.contract.foreign import Loaded
from mockserver.contract.media import bare
from mockserver.contract.model import METHODS
from mockserver.contract.payloads import read_payload
from mockserver.contract.shapes import Shape
from mockserver.contract.violations import ViolationError
from mockserver.errors import Conflict, MockserverError
from mockserver.version import VERSION

Json = Any
_ANSWER_S = 10.0
_MOST_STARTS = 4
_ANY = range(100, 600)


@dataclass(frozen=True, slots=True)
class Rival:
    """A mock server: its command for a port and a document, and a path whose POST resets it."""

    key: str
    title: str
    command: Callable[[int, Path], list[str]]
    version: Callable[[], str]
    missing: Callable[[], str] = lambda: ""
    reset: str = ""
    says_port: bool = False


@dataclass(slots=True)
class Heat:
    """How one server of a version did on one document; `trouble` says why it did not start."""

    trouble: str = ""
    score: Score = field(default_factory=Score)
    took_s: float = 0.0
    version: str = ""


def _ours(port: int, document: Path) -> list[str]:
    now = NOW.isoformat().replace("+00:00", "Z")
    return [
        *(sys.executable, "-m", "mockserver", "serve", str(document), "--port", str(port)),
        *("--seed", "{seed}", "--now", now, "--quiet"),
    ]


def _prism(*flags: str) -> Callable[[int, Path], list[str]]:
    return lambda port, document: [
        *(run_module("prism"), "mock", "-p", str(port), "-h", "127.0.0.1", "-v", "silent"),
        *(*flags, str(document)),
    ]


def _scalar(port: int, document: Path) -> list[str]:
    return ["node", str(PEERS / "scalar_mock.mjs"), str(port), str(document)]


_PRISM = "@stoplight/prism-cli"
_SCALAR = "@scalar/mock-server"
RIVALS = {
    each.key: each
    for each in (
        Rival("ours", "**mockserver**", _ours, lambda: VERSION, reset="/__admin/reset",
              says_port=True),
        Rival("prism", "Prism, examples", _prism(), module_version(_PRISM),
              without_module(_PRISM)),
        Rival("prism-dynamic", "Prism, dynamic", _prism("-d"), module_version(_PRISM),
              without_module(_PRISM)),
        Rival("scalar", "Scalar", _scalar, module_version(_SCALAR), without_module(_SCALAR)),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """An operation and a request of it; `fault` says why there is none."""

    operation: Operation
    request: Request | None
    fault: str = ""
    is_impossible: bool = False


def questions(caller: Caller, pinned: Mapping[str, str]) -> Iterator[Question]:
    """A request of every operation that declares a success; `pinned` queries belong to its path."""
    for operation in filter(has_success, operations_of(caller.contract)):
        is_impossible = caller.is_impossible(operation)
        try:
            call = _call_in_order(caller, operation)
            request = request_of(caller, operation, call, pinned.get(operation.uid, ""))
        except Exception as error:
            fault = f"no request: {type(error).__name__}: {error}"
            yield Question(operation, None, fault, is_impossible)
        else:
            yield Question(operation, request, is_impossible=is_impossible)


def _call_in_order(caller: Caller, operation: Operation) -> Arguments:
    """A call that names no new record by an id that is taken."""
    for _ in range(TRIES):
        world = caller.world.fork("one")
        call = caller.arguments(operation, world)
        try:
            caller.engine.answer_in(operation, world, call)
        except Conflict:
            continue
        except MockserverError:
            return call
        return call
    return call


def pinned_queries(loaded: Loaded, contract: Contract) -> dict[str, str]:
    """The queries that the document has in its paths where they are served without, by uid."""
    served = {operation.uid for operation in contract.operations}
    variants = [each.pointer for each in loaded.warnings if each.code == "path-variant"]
    found: dict[str, str] = {}
    for pointer in variants:
        key = pointer.removeprefix("/paths/").replace("~1", "/").replace("~0", "~")
        plain, _, query = key.partition("?")
        for method in METHODS:
            if query and f"{method} {plain}" in served and f"{method} {key}" not in served:
                found[f"{method} {plain}"] = query
    return found


def heat(
    rival: Rival, document: Path, caller: Caller, asked: Iterable[Question], seconds: float
) -> Heat:
    """One server put to all questions; what is not answered in time is wrong.

    A server that does not answer a question within ten seconds, or dies of one, is started anew,
    three times at most.
    """
    found, waiting, began = Heat(version=rival.version()), deque(asked), time.monotonic()
    with TemporaryDirectory(prefix="mockserver-corpus-") as folder:
        for _ in range(_MOST_STARTS):
            if not waiting or time.monotonic() > began + seconds:
                break
            try:
                _sit(rival, document, caller, waiting, found.score, began + seconds, Path(folder))
            except StartError as error:
                found.trouble = str(error)[:300]
                break
    found.took_s = time.monotonic() - began
    for question in waiting:
        told = found.trouble or f"not asked within {seconds:g} s"
        found.score.note(question.operation.uid, told, is_impossible=question.is_impossible)
    return found


def _sit(
    rival: Rival,
    document: Path,
    caller: Caller,
    waiting: deque[Question],
    score: Score,
    until: float,
    folder: Path,
) -> None:
    """Put questions to a fresh server until it fails to answer one, or time is over."""
    port = 0 if rival.says_port else free_port()
    words = [word.replace("{seed}", str(caller.seed)) for word in rival.command(port, document)]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    port_in = said_port if rival.says_port else lambda _: port
    log = folder / "log"
    with started(words, log, port_in, "/", {"PYTHONPATH": path}, ready=_ANY) as running:
        while waiting and time.monotonic() < until:
            question = waiting.popleft()
            fault, is_alive = _put(rival, running.port, caller, question)
            score.note(question.operation.uid, fault, is_impossible=question.is_impossible)
            if not is_alive:
                return


def _put(rival: Rival, port: int, caller: Caller, question: Question) -> tuple[str, bool]:
    """What is wrong with the answer to a question, and whether the server can go on."""
    request = question.request
    if request is None:
        return question.fault, True
    try:
        answer = _exchange(port, request)
        if rival.reset and request.method != "GET":
            _exchange(port, Request("POST", rival.reset, {}, b""))
    except (OSError, HTTPException) as error:
        return f"no answer: {type(error).__name__} {error}", False
    return guarded(_judged, caller, question.operation, answer), True


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back; the names of the headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def _exchange(port: int, request: Request) -> _Answer:
    with closing(HTTPConnection("127.0.0.1", port, timeout=_ANSWER_S)) as connection:
        connection.request(request.method, request.target, request.body, dict(request.headers))
        response = connection.getresponse()
        headers = {name.lower(): text for name, text in response.getheaders()}
        return _Answer(response.status, headers, response.read())


def _judged(caller: Caller, operation: Operation, answer: _Answer) -> str:
    """What breaks the document in an answer; empty when nothing does."""
    rule = operation.response_for(answer.status)
    if rule is None or not 200 <= answer.status < 300:
        return f"{answer.status} is no declared success: {answer.body[:120]!r}"
    missing = [name for name in rule.required_headers if name.lower() not in answer.headers]
    if missing:
        return f"lacks the header {missing[0]}"
    if not rule.media_types:
        return ""
    said = answer.headers.get("content-type", "")
    name = rule.media_types.name_of(bare(said))
    if not answer.body or name is None:
        return f"has no content of {', '.join(rule.media_types)} but {said or 'none'}"
    validator = rule.media_types[name]
    shape = Shape(caller.contract.document, rule.schemas[name])
    try:
        _, problems = read_payload(answer.body, said, validator, shape)
    except ViolationError as error:
        problems = list(error.violations)
    return problems[0].sentence if problems else ""
