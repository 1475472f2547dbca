"""Answers that read: one record, or a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from mockserver.contract import Derived, Listed, Operation, Reply
from mockserver.contract.derived import Passing, plain
from mockserver.engine.arranging import Arrangements
from mockserver.engine.data import UnfillableError
from mockserver.engine.data.judging import identity
from mockserver.engine.envelopes import Facts, header_of, placed, without_unknown
from mockserver.engine.inference import Kind, Listing, Resource
from mockserver.engine.inference.identities import inside
from mockserver.engine.listing import Question, Window, page_of, question_of
from mockserver.engine.replies import Form, Printer, Source
from mockserver.engine.seeding import Nursery
from mockserver.engine.tasks import Task, filled
from mockserver.engine.world import Row, World, text_of
from mockserver.errors import NotFound

Json = Any
_MOST_SHOWN = 1000
_MOST_PAGES = 500
_LONGEST_ASKED = 1000
_BURDEN = 4  # how many times the length of its JSON text a row takes in memory


class Found(NamedTuple):
    """What a call for a list found; `told` are the headers that tell of it."""

    window: Window
    told: dict[str, str]


class Reader:
    """Finds records and shows them."""

    def __init__(self, nursery: Nursery, printer: Printer, base_url: str) -> None:
        self._nursery, self._printer, self._base_url = nursery, printer, base_url
        self._shown: dict[tuple[int, Any], tuple[Row, Json]] = {}
        self._pages: dict[tuple[object, str, str], Found] = {}
        self._arrangements = Arrangements()

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
        form = self._printer.form(task.operation, statuses)
        value = row["value"]
        if form.is_json:
            values = (form, *lineage(task.world))
            make = explaining(task.operation, partial(self._whole, task, form, row))
            value = Derived(Reader.shown, (row,), values, make, _BURDEN)
            if not form.headers:
                return Reply(form.status, value, media_type=form.media_type)
        source = source_of(task.world, task.resource, row)
        return self._printer.written(form, value, source, headers or {})

    def _whole(self, task: Task, form: Form, row: Row) -> Json:
        """The body that shows a record."""
        source = source_of(task.world, task.resource, row)
        schema = inside(self._printer.shapes, form.content.schema, task.role.wrapper)
        value = self._fitted(schema, row, source)
        if schema is not None and not task.role.wrapper:
            return value
        for member in reversed(task.role.wrapper):
            value = {member: value}
        return self._printer.held(form, value, source)

    def _fitted(self, schema: Json, row: Row, source: Source) -> Json:
        """A record in the form of a schema, made once as long as the row is the same."""
        if schema is None:
            return row["value"]
        key = (id(row), identity(schema))
        known = self._shown.get(key)
        if known is not None:
            return known[1]
        value = self._printer.fitted(schema, row["value"], source)
        if len(self._shown) >= _MOST_SHOWN:
            self._shown.clear()
        # The row is kept with what was made of it, so that its identity stays its own.
        self._shown[key] = (row, value)
        return value

    def listed(self, task: Task) -> Reply:
        """The page of records that is asked for."""
        self.demand_owners(task)
        self._nursery.settle(task.world, task.resource, task.place, task.under)
        form, asked = self._printer.form(task.operation, (200,)), _asked(task)
        page = None if form.validator is None else self._derived(task, form, asked)
        told = self._searched(task, form, asked).told if form.headers else {}
        if page is not None and form.required <= told.keys():
            return Reply(form.status, page, told, form.media_type)
        return self._printer.written(form, page, task.source, told)

    def _derived(self, task: Task, form: Form, asked: str) -> Derived:
        """A page by what it follows from; what was asked at length is not kept."""
        make = explaining(task.operation, partial(self._page, task, form, asked))
        if len(asked) > _LONGEST_ASKED:
            return Derived(Reader.listed, (), (), lambda: Passing(plain(make())))
        version = task.world.collections[task.resource.name].version
        return Derived(Reader.listed, (version,), (form, *lineage(task.world), asked), make)

    def _page(self, task: Task, form: Form, asked: str) -> Json:
        """The body of a page: derived items where the document judges each apart."""
        printer, listing, schema = self._printer, _listing(task), form.content.schema
        window = self._searched(task, form, asked).window
        url = self._base_url + filled_path(task)
        facts = Facts(printer.shapes, listing, window, url, task.call.query).of(schema)
        around = partial(placed, listing, without_unknown(printer.shapes, schema, facts))
        if form.items_at(listing.place) is not None and printer.takes(form, around([])):
            return Listed(listing.place, self._items(task, form, window.rows), around)
        whole = around([item.made() for item in self._items(task, form, window.rows)])
        if printer.takes(form, whole):
            return whole
        return Passing(printer.held(form, whole, task.source))

    def _items(self, task: Task, form: Form, rows: tuple[Row, ...]) -> Iterator[Derived]:
        """The records as the list shows them, without those that its schema has no form for."""
        schema = _listing(task).item
        for row in rows:
            try:
                self._fitted(schema, row, source_of(task.world, task.resource, row))
            except UnfillableError:
                continue
            yield self._item(task, form, row)

    def _item(self, task: Task, form: Form, row: Row) -> Derived:
        """A record as an item of a list."""

        def make() -> Json:
            source = source_of(task.world, task.resource, row)
            return self._fitted(_listing(task).item, row, source)

        return Derived(Reader._item, (row,), (form, *lineage(task.world)), make, _BURDEN)

    def _searched(self, task: Task, form: Form, asked: str) -> Found:
        """The rows that a call asks for, looked for once as long as the collection is the same."""
        version = task.world.collections[task.resource.name].version
        key = (version, task.operation.uid, asked)
        found = self._pages.get(key)
        if found is None:
            listing, query = _listing(task), {**_sent(task), **task.call.query}
            window = page_of(listing.paging, self._arranged(task, listing, query), query)
            names = [header.name for header in form.headers]
            told = {name: header_of(listing.paging, window, name) for name in names}
            found = Found(
                window, {name: value for name, value in told.items() if value is not None}
            )
            if len(self._pages) >= _MOST_PAGES:
                self._pages.clear()
            if len(asked) <= _LONGEST_ASKED:
                self._pages[key] = found
        return found

    def _arranged(self, task: Task, listing: Listing, query: Mapping[str, Json]) -> list[Row]:
        """All rows that a call asks for, in its order."""
        rows = self._nursery.rows(task.world, task.resource, task.place, task.under)
        asked = question_of(listing, query)
        if len(asked) > _LONGEST_ASKED:
            return Question(listing, query).answered(rows)
        key = (task.world.identity, task.operation.uid, task.place, task.under, asked)
        return self._arrangements.rows(key, rows, partial(Question, listing, query))


def explaining(operation: Operation, make: Callable[[], Json]) -> Callable[[], Json]:
    """The same, with an UnfillableError that says which operation it keeps from being answered."""

    def made() -> Json:
        try:
            return make()
        except UnfillableError as error:
            raise unanswerable(operation, error) from error

    return made


def unanswerable(operation: Operation, error: UnfillableError) -> UnfillableError:
    """Which operation nothing can answer, why, and what to do."""
    return UnfillableError(
        f"{operation.method} {operation.path} cannot be answered. {error.message} "
        "'mockserver doctor' looks for contradictions."
    )


def lineage(world: World) -> tuple[int, datetime]:
    """What decides, beside a row, how the row is shown; a world and its forks have it in common."""
    return world.ids.seed, world.started_at


def _listing(task: Task) -> Listing:
    assert task.role.listing is not None, "the role of a list knows how it is written"
    return task.role.listing


def _sent(task: Task) -> Mapping[str, Json]:
    """The members of the body of a call that asks by one."""
    return task.call.body if isinstance(task.call.body, dict) else {}


def _asked(task: Task) -> str:
    """Everything that a call for a list says."""
    return f"{task.call.path!r}{task.call.query!r}{_sent(task)!r}"


def source_of(world: World, resource: Resource, row: Row) -> Source:
    """What fills the parts that a record does not say: the same each time it is shown."""
    return Source(
        partial(world.ids.late_stream, f"{resource.path}={row['key']}~"), world.started_at
    )


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
