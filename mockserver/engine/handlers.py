"""Own handlers that answer single operations in place of the engine, found by name.

The operation `createPet` of the tag `pets` is answered by `create_pet` in `<package>/pets.py`; one
without a tag by a function in `<package>/__init__.py`. A handler is called as
`create_pet(world, call, engine)`: `engine(call)` is the answer that the engine would give.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.naming import function_name, module_name
from mockserver.engine.answering import Engine
from mockserver.engine.world import World
from mockserver.errors import SetupError

Handler = Callable[[World, Arguments, Callable[[Arguments], Reply]], Any]
_MARK = "__mockserver_handlers__"
_TAKEN = ("world", "call", "engine")


class Handlers:
    """The handlers of a package, which is imported for that, by the uid of their operation."""

    def __init__(self, package: str, contract: Contract, others: Iterable[Contract] = ()) -> None:
        """SetupError says which module cannot be imported, or which function has no operation.

        `others` are the contracts served beside this one, which the package may answer for too.
        """
        self.package = package
        modules = dict(_modules(_imported(package)))
        wanted = {_place(operation): operation for operation in contract.operations}
        written = {(m, name): function for m, module in modules.items()
                   for name, function in _own_functions(module)}  # fmt: skip
        known = {*wanted, *(_place(each) for other in others for each in other.operations)}
        for place in sorted(written.keys() - known):
            raise SetupError(_without_operation(package, place, sorted(known)))
        for place, function in written.items():
            _refuse_other_signature(package, place, function)
        self.files = tuple(Path(str(module.__file__)) for module in modules.values())
        self._by_uid: Mapping[str, Handler] = {
            wanted[place].uid: function for place, function in written.items() if place in wanted
        }

    def __len__(self) -> int:
        """How many operations are answered here."""
        return len(self._by_uid)

    def __contains__(self, operation: Operation) -> bool:
        """Whether the operation is answered here."""
        return operation.uid in self._by_uid

    def answer(self, engine: Engine, operation: Operation, world: World, call: Arguments) -> Reply:
        """The reply of the operation's handler, or of the engine where there is none.

        A handler gives a `Reply`, or the body of the first success that the document declares.
        """
        handler = self._by_uid.get(operation.uid)
        if handler is None:
            return engine.derived_in(operation, world, call)
        given = handler(world, call, lambda asked: engine.answer_in(operation, world, asked))
        return given if isinstance(given, Reply) else Reply(_success(operation), given)


def _imported(package: str) -> ModuleType:
    """The package, read anew with all its modules, from a folder or by its name."""
    folder = Path(package)
    name = folder.name if folder.is_dir() else package
    parent = str(folder.resolve().parent if folder.is_dir() else Path.cwd())
    if parent not in sys.path:
        sys.path.insert(0, parent)
    importlib.invalidate_caches()
    _refuse_taken(name, Path(parent, *name.split(".")).resolve())
    for known in [each for each in sys.modules if each == name or each.startswith(name + ".")]:
        del sys.modules[known]
    module = _module(name)
    setattr(module, _MARK, True)
    return module


def _refuse_taken(name: str, folder: Path) -> None:
    """Leave alone what is imported under the name from elsewhere: it is no package of handlers."""
    known = sys.modules.get(name)
    if known is None or hasattr(known, _MARK):
        return
    is_own = name.partition(".")[0] == __name__.partition(".")[0]
    if is_own or folder not in [Path(each).resolve() for each in getattr(known, "__path__", ())]:
        raise SetupError(f"The name {name} of the handlers is taken by Python: give them another.")


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise _not_imported(name, error) from error
        where = f"no package and no folder of that name in {Path.cwd()}"
        raise SetupError(f"The handlers in {name} cannot be imported: {where}.") from error
    except Exception as error:  # whatever the author's code raises
        raise _not_imported(name, error) from error


def _not_imported(name: str, error: Exception) -> SetupError:
    reason = f"{type(error).__name__}: {error}"
    return SetupError(f"The handlers in {name} cannot be imported: {reason}.")


def _modules(package: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    yield "", package
    for folder in map(Path, getattr(package, "__path__", ())):
        for path in sorted(folder.glob("[!_]*.py")):
            yield path.stem, _module(f"{package.__name__}.{path.stem}")


def _own_functions(module: ModuleType) -> Iterator[tuple[str, Handler]]:
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__ and name[0] != "_":
            yield name, value


def _place(operation: Operation) -> tuple[str, str]:
    """The module and the function of an operation."""
    return module_name(operation.tag), function_name(operation.operation_id)


def _without_operation(package: str, place: tuple[str, str], known: list[tuple[str, str]]) -> str:
    texts = [_spelled(package, each) for each in known]
    near = difflib.get_close_matches(_spelled(package, place), texts, n=3, cutoff=0.5)
    hint = f"near are: {', '.join(near)}" if near else "begin its name with _ if it is a helper"
    return f"No operation of the document is answered by {_spelled(package, place)}; {hint}."


def _spelled(package: str, place: tuple[str, str]) -> str:
    return ".".join(part for part in (Path(package).name, *place) if part)


def _refuse_other_signature(package: str, place: tuple[str, str], function: Handler) -> None:
    try:
        inspect.signature(function).bind(*_TAKEN)
    except TypeError as error:
        raise SetupError(
            f"{_spelled(package, place)}{inspect.signature(function)} cannot be called: a handler "
            f"takes ({', '.join(_TAKEN)})."
        ) from error


def _success(operation: Operation) -> int:
    successes = [int(name) for name in operation.responses if name.isdecimal() and name[0] == "2"]
    return min(successes, default=200)
