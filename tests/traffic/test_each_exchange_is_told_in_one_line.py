"""The log: one line for each exchange, soon, with no secrets, and nobody waits for its reader."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mockserver.traffic import Journal, Limits, Log, Recorded, json_line, text_line
from tests.traffic.recording import operation, record

Scheduled = list[Callable[[], None]]


class Pipe:
    """A pipe of one page, so that it is full soon."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        self.room = fcntl.fcntl(self.writing, fcntl.F_SETPIPE_SZ, 4096)
        os.set_blocking(self.reading, False)

    def read(self) -> list[str]:
        """The lines that are in it now."""
        try:
            return os.read(self.reading, 1 << 20).decode().splitlines()
        except BlockingIOError:
            return []


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    os.close(pipe.reading)
    os.close(pipe.writing)


@pytest.fixture
def scheduled() -> Scheduled:
    """What is to be called later."""
    return []


@pytest.fixture
def log(pipe: Pipe, scheduled: Scheduled) -> Log:
    return Log(text_line, pipe.writing, lambda _, call: scheduled.append(call))


def exchange(**changed: Any) -> Recorded:
    recorded = record(Journal(Limits()), operation=operation("listPets"), duration_us=1249)
    return recorded._replace(**changed)


def pass_time(scheduled: Scheduled) -> None:
    due = scheduled.copy()
    scheduled.clear()
    for call in due:
        call()


def test_a_line_has_method_path_operation_status_time_and_world() -> None:
    assert text_line(exchange()) == b"#1 GET /pets listPets 200 1.2 ms default\n"
    assert json.loads(json_line(exchange())) == {
        "number": 1, "method": "GET", "path": "/pets", "operation": "listPets",
        "status": 200, "ms": 1.249, "world": "default",
    }  # fmt: skip


def test_a_line_without_operation_or_answer_says_so() -> None:
    lost = exchange(operation_id=None, status=None)
    assert text_line(lost) == b"#1 GET /pets - reset 1.2 ms default\n"
    assert json.loads(json_line(lost))["status"] is None


@pytest.mark.parametrize("line", [text_line, json_line])
def test_what_may_be_secret_is_in_no_line(line: Callable[[Recorded], bytes]) -> None:
    sent = exchange(
        query="api_key=hush", request_headers={"Authorization": "Bearer hush"},
        request_body=b"hush", response_headers={"Set-Cookie": "hush"}, response_body=b"hush",
    )  # fmt: skip
    assert b"hush" not in line(sent)


@pytest.mark.parametrize("line", [text_line, json_line])
def test_a_path_is_bounded_and_commands_no_terminal(line: Callable[[Recorded], bytes]) -> None:
    written = line(exchange(path="/\x1b[2J\x9b31m\n" + "a" * 100_000))
    assert len(written) < 500
    assert written.count(b"\n") == 1
    assert not any(character in written.decode() for character in "\x1b\x9b")


def test_a_few_lines_are_written_at_once_and_soon(
    log: Log, pipe: Pipe, scheduled: Scheduled
) -> None:
    log.note(exchange())
    assert pipe.read() == []
    pass_time(scheduled)
    assert len(pipe.read()) == 1
    for _ in range(32):
        log.note(exchange())
    assert len(pipe.read()) == 32


def test_on_a_terminal_each_line_comes_at_once(pipe: Pipe, scheduled: Scheduled) -> None:
    log = Log(text_line, pipe.writing, lambda _, call: scheduled.append(call), at_once=True)
    log.note(exchange())
    assert len(pipe.read()) == 1


def test_a_reader_that_is_slow_gets_every_line_later(
    log: Log, pipe: Pipe, scheduled: Scheduled
) -> None:
    wanted = [f"/{number}" for number in range(500)]
    for path in wanted:
        log.note(exchange(path=path))
    got: list[str] = []
    while len(got) < len(wanted):
        lines = pipe.read()
        assert lines, f"nothing after {len(got)} lines"
        got += lines
        pass_time(scheduled)
    assert [line.split()[2] for line in got] == wanted


def test_what_nobody_reads_is_bounded_and_counted(
    log: Log, pipe: Pipe, scheduled: Scheduled
) -> None:
    line = exchange()
    for _ in range(11_000):
        log.note(line)
    got: list[str] = []
    while lines := pipe.read():
        got += lines
        pass_time(scheduled)
    written = len(got) - 1
    assert 10_000 <= written < 11_000
    assert got[-1] == f"mockserver: {11_000 - written} lines were dropped here"


def test_a_stream_that_breaks_is_left_alone(scheduled: Scheduled) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    log = Log(text_line, writing, lambda _, call: scheduled.append(call), at_once=True)
    log.note(exchange())
    log.note(exchange())
    os.close(writing)
    assert scheduled == []
