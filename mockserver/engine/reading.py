"""Answers that read: one record, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from mockserver.contract import Reply
from mockserver.engine.data import UnfillableError
from mockserver.engine.envelopes import Facts, header_of, placed, without_unknown
from mockserver.engine.inference import Kind, Listing, Resource
from mockserver.engine.inference.identities import inside
from mockserver.engine.listing import Window, window_of
from mockserver.engine.replies import Fitted, Printer, Source
from mockserver.engine.seeding import Nursery
from mockserver.engine.tasks import Task, filled
from mockserver.engine.world import Row, World, text_of
from mockserver.errors import NotFound

Json = Any
_MOST_SHOWN = 20_000


class Reader:
    """Finds records and shows them."""

    def __init__(self, nursery: Nursery, printer: Printer, base_url: str) -> None:
        self._nursery, self._printer, self._base_url = nursery, printer, base_url
        self._shown: dict[tuple[int, int], tuple[Row, Json]] = {}

    # --- finding

    def demand_owners(self, task: Task) -> None:
        """The records around must exist, where the document says what else is answered."""
        if not task.role.owners or task.operation.response_for(404) is None:
            return
        values = [task.call.path.get(name, "") for name in task.role.scope]
        for owner, number in task.role.owners:
            if number > len(values):
                continue
            place = tuple(values[: number - 1])
            if self._nursery.find(task.world, owner, place, values[number - 1]) is None:
                raise absent(owner, values[number - 1])

    def demand(self, task: Task) -> Row:
        """The record that a call names, else NotFound ``not_found``."""
        self.demand_owners(task)
        row = self.found(task)
        if row is None:
            raise absent(task.resource, task.key)
        return row

    def found(self, task: Task) -> Row | None:
        """The record that a call names, if it exists."""
        if task.role.is_first or (task.key is None and task.role.kind is Kind.READ):
            return next(iter(self._nursery.rows(task.world, task.resource, task.place)), None)
        value = "" if task.resource.is_single else task.key
        if value is None:
            return None
        row = self._nursery.find(task.world, task.resource, task.place, value)
        if row is None and task.resource.is_single and task.operation.response_for(404) is None:
            # What can never be missing is as it was at the beginning once it is deleted.
            return self._nursery.put(task.world, task.resource, task.place, "")
        return row

    # --- showing

    def read(self, task: Task) -> Reply:
        """The record as it is."""
        row = self.demand(task)
        return self.shown(task, (200,), row)

    def shown(
        self, task: Task, statuses: tuple[int, ...], row: Row, headers: dict[str, str] | None = None
    ) -> Reply:
        """A reply with one record in its wrapper."""
        _, name = self._printer.status(task.operation, statuses)
        content = self._printer.content(task.operation, name)
        source = source_of(task.world, task.resource, row)
        if not content.is_json:
            return self._printer.reply(task.operation, statuses, row["value"], source, headers)
        schema = inside(self._printer.shapes, content.schema, task.role.wrapper)
        value = self._fitted(schema, row, source)
        for member in reversed(task.role.wrapper):
            value = {member: value}
        return self._printer.reply(task.operation, statuses, Fitted(value), source, headers)

    def _fitted(self, schema: Json, row: Row, source: Source) -> Json:
        """A record in the form of a schema, made once as long as the row is the same."""
        if schema is None:
            return row["value"]
        key = (id(row), id(schema))
        known = self._shown.get(key)
        if known is not None and known[0] is row:
            return known[1]
        value = self._printer.fitted(schema, row["value"], source)
        if len(self._shown) >= _MOST_SHOWN:
            self._shown.clear()
        # The row is kept with what was made of it, so that its identity stays its own.
        self._shown[key] = (row, value)
        return value

    def listed(self, task: Task) -> Reply:
        """The page of records that is asked for."""
        listing = task.role.listing
        assert listing is not None, "the role of a list knows how it is written"
        self.demand_owners(task)
        rows = self._nursery.rows(task.world, task.resource, task.place, task.under)
        sent = task.call.body if isinstance(task.call.body, dict) else {}
        window = window_of(listing, rows, {**sent, **task.call.query})
        return self._page(task, listing, window)

    def _page(self, task: Task, listing: Listing, window: Window) -> Reply:
        printer = self._printer
        _, name = printer.status(task.operation, (200,))
        content = printer.content(task.operation, name)
        url = self._base_url + filled_path(task)
        facts = Facts(printer.shapes, listing, window, url, task.call.query).of(content.schema)
        items = list(self._items(task, listing, window.rows))
        body = placed(listing, items, without_unknown(printer.shapes, content.schema, facts))
        headers = {
            header: value
            for header in task.operation.responses[name].headers
            if (value := header_of(listing.paging, window, header)) is not None
        }
        return printer.reply(task.operation, (200,), Fitted(body), task.source, headers)

    def _items(self, task: Task, listing: Listing, rows: tuple[Row, ...]) -> Iterator[Json]:
        """The records as the list shows them, without those that its schema has no form for."""
        for row in rows:
            try:
                yield self._fitted(listing.item, row, source_of(task.world, task.resource, row))
            except UnfillableError:
                continue


def source_of(world: World, resource: Resource, row: Row) -> Source:
    """What fills the parts that a record does not say: the same each time it is shown."""
    return Source(partial(world.ids.stream, f"{resource.path}={row['key']}~"), world.started_at)


def absent(resource: Resource, value: Json) -> NotFound:
    """What is said of a record that does not exist."""
    noun = resource.singular.replace("_", " ")
    which = f" '{text_of(value)}'" if value not in (None, "") else ""
    return NotFound("not_found", f"There is no {noun}{which}.", resource.identity.member)


def filled_path(task: Task) -> str:
    """The path that was called."""
    path = task.operation.path
    for name, value in task.call.path.items():
        path = path.replace("{" + name + "}", filled("{}", [value]))
    return path
