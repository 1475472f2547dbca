"""The engine: answers every operation of a document that nobody wrote handlers for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from mockserver.clock import Clock
from mockserver.contract import Arguments, Contract, Operation, Reply, Violation, plain
from mockserver.contract.foreign import ForeignCompiler
from mockserver.engine.changing import Changer
from mockserver.engine.data import Maker, UnfillableError
from mockserver.engine.data.scalars import copied
from mockserver.engine.estate import Estate
from mockserver.engine.inference import Kind, Resource, infer
from mockserver.engine.reading import Reader, unanswerable
from mockserver.engine.refusing import Refuser
from mockserver.engine.replies import Printer
from mockserver.engine.seeding import Nursery
from mockserver.engine.sheet import Sheet
from mockserver.engine.tasks import Task
from mockserver.engine.world import Row, World
from mockserver.store import StoredWorld
from mockserver.worlds import ServedWorld

Json = Any


class Engine:
    """Answers the operations of one contract out of worlds that it makes.

    `base_path` is where the contract is mounted (empty for the root), `part` what its worlds are
    called in the estates of several documents, `locale` and `examples` are
    those of the made-up data: `first` takes examples of the document where they are valid, `only`
    whole ones wherever there are any, `never` none. `inference` is what the document was taken to
    mean, `maker` makes values for its schemas.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        base_path: str = "",
        part: str = "",
        locale: str = "en_US",
        examples: Literal["first", "only", "never"] = "first",
    ) -> None:
        self._part = part
        document, dialect = contract.document, contract.dialect
        self._compile = contract.compile_later or ForeignCompiler(document, dialect).deferred
        self.maker = maker = Maker(
            document,
            dialect=dialect,
            locale=locale,
            examples=examples,
            compile_later=self._compile,
        )
        self.sheet = sheet = Sheet(contract)
        self.inference = infer(contract, sheet)
        printer = Printer(sheet, maker)
        self._nursery = nursery = Nursery(self.inference, sheet.shapes, maker)
        reader = Reader(nursery, printer, _origin(document) + base_path)
        self._changer = changer = Changer(
            sheet, self.inference, nursery, reader, printer, base_path
        )
        self._refuser = Refuser(printer, maker)
        self._answers: Mapping[Kind, Callable[[Task], Reply]] = {
            Kind.LIST: reader.listed,
            Kind.READ: reader.read,
            Kind.CREATE: changer.create,
            Kind.REPLACE: changer.replace,
            Kind.UPDATE: changer.update,
            Kind.DELETE: changer.delete,
            Kind.ACTION: changer.act,
            Kind.BULK_WRITE: changer.bulk_write,
            Kind.BULK_DELETE: changer.bulk_delete,
            Kind.OTHER: changer.other,
        }

    def world(self, name: str = "default", *, seed: int = 0, clock: Clock | None = None) -> World:
        """A world of this document; its records are made when they are first looked at."""
        return World.empty(self.inference.resources, name=name, seed=seed, clock=clock)

    def world_in(self, world: StoredWorld) -> World:
        """The world of this document in a world that is served."""
        return world.parts[self._part] if isinstance(world, Estate) else of_document(world)

    def grow(self, world: World) -> None:
        """Make the records that every collection begins with, but for those below others."""
        for resource in self.inference.resources.values():
            if resource.depth == 0:
                self._nursery.settle(world, resource, ())

    def problems(self, collection: str, value: Any) -> list[Violation]:
        """Why a value is no record of a collection; empty when the document takes it."""
        schema = self.inference.resources[collection].schema
        if schema is None:
            return []
        return self._compile(schema, "response").problems(value, "body")

    def remove(self, world: World, collection: str, key: str) -> None:
        """Remove a row as a call would that deletes the record, with all that lies below it.

        A row of a collection that the document does not know goes alone.
        """
        rows = world.collections[collection]
        resource, row = self.inference.resources.get(collection), rows.get(key)
        if resource is None or row is None:
            rows.remove(key)
        else:
            self._changer.remove(world, resource, row)

    def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The answer to a checked call.

        Raises NotFound for a record that does not exist, Conflict for an id that is taken and
        BadRequest for a patch that cannot be applied; nothing has changed then. UnfillableError
        where no value that the declared answer takes was found.
        """
        return self.derived_in(operation, self.world_in(served.world), call)

    def answer_in(self, operation: Operation, world: World, call: Arguments) -> Reply:
        """The same in a world that nobody serves, its body as JSON data that may be changed."""
        reply = self.derived_in(operation, world, call)
        return reply._replace(body=copied(plain(reply.body)), headers=dict(reply.headers))

    def derived_in(self, operation: Operation, world: World, call: Arguments) -> Reply:
        """The same; where it can, the body says what it follows from (`contract.Derived`)."""
        role = self.inference.roles[operation.uid]
        try:
            return self._answers[role.kind](Task(operation, role, world, call))
        except UnfillableError as error:
            raise unanswerable(operation, error) from error

    def records(self, world: World, resource: Resource, *place: Json) -> tuple[Row, ...]:
        """The rows of a resource in a place, which the path values around it name."""
        return self._nursery.rows(world, resource, place)

    def refusal(
        self,
        operation: Operation,
        served: ServedWorld,
        status: int,
        code: str,
        message: str,
        violations: list[dict[str, str]],
    ) -> Reply | None:
        """A refusal in the error schema that the document declares for the status.

        None when it declares no answer there, or one that cannot be written.
        """
        world = self.world_in(served.world)
        return self._refuser.refusal(operation, world, status, code, message, violations)


def of_document(world: Any) -> World:
    """The world, known to be one of a document; TypeError for one of another kind."""
    if not isinstance(world, World):
        raise TypeError(f"The world {world.name!r} was not grown from a document.")
    return world


def _origin(document: dict[str, Any]) -> str:
    """The absolute origin that the document names for itself; without one, localhost."""
    servers = document.get("servers")
    first = servers[0] if isinstance(servers, list) and servers else {}
    url = str(first.get("url", "")) if isinstance(first, dict) else ""
    parts = urlsplit(url)
    is_whole = parts.scheme in ("http", "https") and parts.netloc and "{" not in url
    return url.rstrip("/") if is_whole else "http://localhost"
