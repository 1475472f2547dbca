"""A small project around a document: handlers to grow, a first test, and what to do with them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import yaml

from mockserver.contract import Contract, Operation
from mockserver.contract.foreign import Loaded, foreign_contract, load_foreign
from mockserver.contract.naming import function_name, module_name
from mockserver.contract.recipes import sample_request
from mockserver.errors import SetupError

_README = """\
# {title}

A mock of `openapi.yaml`, with state, for everybody who needs this API before it is there.

```console
mockserver serve openapi.yaml --handlers handlers   # what changes is read anew
pytest                                              # a world for each test
mockserver doctor openapi.yaml --meaning            # what each operation does, and why
```

Answers come from the document. Where they should come from you, write a function in `handlers/`.
"""
_HANDLERS = '''\
"""Answers of our own, found by name: the operation `createPet` of the tag `pets` is answered by
`create_pet` in `pets.py` beside this file; one without a tag by a function in this file.

    def {name}(world, call, engine):  # {summary}
        answer = engine(call)  # what the mock would say: a Reply with status, body and headers
        return answer

`call` has `path`, `query`, `headers` and `body`, all checked; `world` has `now()` and
`collections`. Give a `mockserver.contract.Reply`, or a body for the declared success; raise
`NotFound`, `Conflict` or `RuleBroken` of `mockserver.errors` to refuse in the document's words.
"""
'''
_TEST = '''\
"""The mock answers; every test has a world of its own."""


def test_{name}_answers(mock_world):
    answer = mock_world.client.{method}("{path}"{more})
    assert answer.is_success, answer.text


def test_a_world_begins_as_it_always_does(mock_world):
    before = mock_world.state()
    mock_world.reset()
    assert mock_world.state() == before
'''
_UNQUOTED = str.maketrans("", "", '"\\\n')
_PYTEST = """\
[pytest]
mock_server_documents = openapi.yaml
mock_server_handlers = handlers
"""


def write_project(directory: Path, location: str) -> list[Path]:
    """Write the files of a project around the document at a location; their paths, sorted.

    SetupError when the document cannot be served, or when the directory is there and not empty.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise SetupError(f"{directory} is there and not empty: choose a directory that is not.")
    loaded = load_foreign(location)
    files = dict(_files(loaded, foreign_contract(loaded)))
    try:
        for name, text in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"Cannot write {error.filename}: {error.strerror}.") from error
    return sorted(directory / name for name in files)


def _files(loaded: Loaded, contract: Contract) -> Iterator[tuple[str, str]]:
    yield "openapi.yaml", yaml.safe_dump(loaded.document, sort_keys=False, allow_unicode=True)
    yield "README.md", _README.format(title=contract.title or "A mock API")
    yield "pytest.ini", _PYTEST
    first = min(contract.operations, key=_difficulty)
    yield (
        "handlers/__init__.py",
        _HANDLERS.format(
            name=function_name(first.operation_id),
            summary=f"{first.method} {first.path}".translate(_UNQUOTED)[:60],
        ),
    )
    for module in sorted({module_name(operation.tag) for operation in contract.operations} - {""}):
        own = [o.operation_id for o in contract.operations if module_name(o.tag) == module]
        yield f"handlers/{module}.py", _module(own)
    yield "test_mock.py", _test(contract, first)


def _module(operations: list[str]) -> str:
    """A module whose docstring names what may be answered in it."""
    names = ", ".join(function_name(each) for each in operations)
    told = textwrap.fill(f"Answers of our own to: {names}.", 96)
    return f'"""{told}"""\n'


def _test(contract: Contract, operation: Operation) -> str:
    request = sample_request(contract, operation)
    headers = f", headers={request.headers!r}" if request.headers else ""
    body = f", json={request.body!r}" if request.body is not None else ""
    return _TEST.format(
        name=function_name(operation.operation_id),
        method=operation.method.lower(),
        path=request.path,
        more=body + headers,
    )


def _difficulty(operation: Operation) -> tuple[bool, int, int]:
    """Lists first: they need nothing, and always succeed."""
    needed = sum(parameter.required for parameter in operation.parameters)
    return operation.method != "GET", needed, len(operation.path)
