"""Putting patches in place for one application, and taking them back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import wraps
from importlib import import_module
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from contract_tests.mutants.mutant import Patch, Verb

# The server imports this one when it is first asked; what it has by name must be found before.
_LATE = "mockserver.wire.framework"

_ACTIVE: ContextVar[object] = ContextVar("active_mutant", default=None)


class Faulty:
    """An ASGI application whose requests, and no others in this process, meet the patches."""

    def __init__(self, application: ASGIApp, mark: object) -> None:
        self._application = application
        self._mark = mark

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the patches in force."""
        token = _ACTIVE.set(self._mark)
        try:
            await self._application(scope, receive, send)
        finally:
            _ACTIVE.reset(token)


@contextmanager
def patched(patches: Iterable[Patch], mark: object) -> Iterator[None]:
    """The patches in place until the block ends; they act only where `mark` is active.

    Blocks may be nested, but must end in the opposite order.
    """
    with ExitStack() as stack:
        for patch in patches:
            stack.enter_context(_in_place(patch, mark))
        yield


def unharmed(original: Verb) -> Verb:
    """The function with no fault in force while it runs: worlds grow as they would without one."""

    @wraps(original)
    def calm(*given: Any, **named: Any) -> Any:
        token = _ACTIVE.set(None)
        try:
            return original(*given, **named)
        finally:
            _ACTIVE.reset(token)

    return calm


@contextmanager
def _in_place(patch: Patch, mark: object) -> Iterator[None]:
    import_module(_LATE)
    module_name, _, path = patch.target.partition(":")
    module = import_module(module_name)
    owner: Any = module
    *classes, name = path.split(".")
    for each in classes:
        owner = getattr(owner, each)
    original = vars(owner)[name]
    changed = _dispatching(original, patch, mark)
    here = [owner] if classes or patch.only_here else _importers(name, original)
    for place in here:
        setattr(place, name, changed)
    try:
        yield
    finally:
        for place in here:
            setattr(place, name, original)


def _importers(name: str, original: Any) -> list[Any]:
    """The modules of the server that have the function under its name."""
    modules = [module for key, module in sys.modules.items() if key.startswith("mockserver")]
    return [module for module in modules if vars(module).get(name) is original]


def _dispatching(original: Any, patch: Patch, mark: object) -> Any:
    if isinstance(original, property):
        assert original.fget is not None
        return property(_choosing(original.fget, patch.make(original.fget), mark))
    return _choosing(original, patch.make(original), mark)


def _choosing(original: Verb, changed: Verb, mark: object) -> Verb:
    @wraps(original)
    def choose(*given: Any, **named: Any) -> Any:
        return (changed if _ACTIVE.get() is mark else original)(*given, **named)

    return choose
