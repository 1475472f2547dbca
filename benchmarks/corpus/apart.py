"""Work in a process of its own, with a limit of time and of memory. Linux only."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.processes import tree

_GIB = 1 << 30


class NotDoneError(Exception):
    """The work came to no end: it took too long, needed too much memory, or its process died."""


def apart(act: Callable[..., Any], *given: Any, seconds: float, gibibytes: int) -> Any:
    """What the work gives; NotDoneError says why it gives nothing.

    Its process is ended with all that it started. `act` and what it is given can be pickled.
    """
    context = get_context("forkserver")
    # What every work needs is imported once.
    context.set_forkserver_preload([act.__module__])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(act, given, there, gibibytes))
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise NotDoneError(f"not done after {seconds:g} s")
        result, trouble = here.recv()
    except EOFError as error:
        raise NotDoneError("its process died") from error
    finally:
        assert process.pid is not None, "it was started"
        _end(process.pid)
        process.join()
    if trouble:
        raise NotDoneError(trouble)
    return result


def _work(
    act: Callable[..., Any], given: tuple[Any, ...], there: Connection, gibibytes: int
) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (gibibytes * _GIB, gibibytes * _GIB))
    try:
        there.send((act(*given), ""))
    except Exception as error:
        there.send((None, f"crashed: {type(error).__name__}: {error}"))


def _end(pid: int) -> None:
    for each in tree(pid):
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue
