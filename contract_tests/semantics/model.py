"""The semantics of a contract as values; `schema.json` beside this says what each member means.

A *template* is JSON in which a text that begins with `= ` is an expression. An *expression* is CEL
(https://cel.dev) over names that each place lists. A *pointer* is a JSON pointer (RFC 6901).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.semantics.rules import Invariant, Journey, Refusal

Json = Any
Template = Any
Expression = str
Pointer = str


@dataclass(frozen=True, slots=True)
class Create:
    """How a record is made.

    `needs` names records that are made first, by the name under which `body` may use them. `id` is
    a pointer into the answer's body, or `header:Location` (its last segment). `record` points at
    the record in the answer's body; None when the answer does not hold it. `echo` says where what
    was sent is found in the record: a pointer, an expression over `sent` and `record`, or None for
    nowhere; what it does not name is found under its own pointer, and what lies below a named one
    below its place. `starts` are members of a new record that were not sent, `left_out` those of a
    record for which a member of the body was not sent. `fixed` are members of the body that must
    stay as the template has them. `refused` are changes of the body, by pointer, each of which
    makes it one that must be refused. `unique` are members of the body that no two records may have
    alike, so that of several creates at once one is taken.
    """

    operation: str
    body: Template
    needs: dict[str, str]
    path: dict[str, Template]
    id: str
    record: Pointer | None
    echo: dict[Pointer, Pointer | Expression | None]
    starts: dict[Pointer, Json]
    left_out: dict[Pointer, dict[Pointer, Template]]
    fixed: tuple[Pointer, ...]
    refused: tuple[dict[Pointer, Template], ...]
    unique: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """How one record is read: `parameter` is the path parameter that takes its id.

    `path` fills the others of a nested path, over `made` and the names of the create's `needs`.
    `absent` is the status for an unknown id; None for that of the resource.
    """

    operation: str
    parameter: str
    record: Pointer
    path: dict[str, Template] = field(default_factory=dict)
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Where a record without a read of its own is found: in a list of what it was made for.

    `moves` are members of its neighbours there that may move when it is made. `is_change`: it
    changes what holds it, so that the time of its last change moves.
    """

    need: str
    at: Pointer
    moves: tuple[Pointer, ...]
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """How a record is changed.

    `body` is a template that every change is put into (for an id that must be repeated). `values`
    holds, for each pointer into the request, what may be written; `clears` what null removes;
    `follows` pointers into the record that may move when a member is changed (`*` for any member).
    `refused` are bodies, each with one good member and one bad one, that must change nothing.
    `unchanging` are bodies that are taken and change nothing, not even the time of the last change.
    `cleared` says what the record holds after null where that is not null.
    """

    operation: str
    parameter: str
    body: Template
    values: dict[Pointer, tuple[Template, ...]]
    clears: tuple[Pointer, ...]
    follows: dict[Pointer, tuple[Pointer, ...]]
    refused: tuple[Template, ...]
    echo: dict[Pointer, Pointer | Expression | None]
    record: Pointer | None
    path: dict[str, Template] = field(default_factory=dict)
    absent: int | None = None
    unchanging: tuple[Template, ...] = ()
    cleared: dict[Pointer, dict[Pointer, Template]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """What is done to a record besides changing its members; the expressions see what it needs.

    `needs` are records made for it, `faces` names for things as other resources show them: the
    name of what is looked for, and the resource. `after` are actions that come first. `changes`
    says what members hold afterwards, `moves` which others may move (`*` any name, `**` any way):
    of the record, its faces, and records of other kinds that were made for the same. `hands` says
    which of the records that it was made for is another one then (a new owner).
    `forbids` says which operations on the record are refused afterwards, and with what status; an
    action that does not forbid itself can be repeated, and `repeats` says that nothing moves then.
    """

    name: str
    operation: str
    parameter: str
    body: Template
    has_body: bool
    needs: dict[str, str]
    faces: dict[str, tuple[str, str]]
    after: tuple[str, ...]
    changes: dict[Pointer, Template]
    moves: tuple[Pointer, ...]
    record: Pointer | None
    refused: tuple[Template, ...]
    forbids: dict[str, int]
    repeats: bool
    absent: int | None
    hands: dict[str, str]
    path: dict[str, Template] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Face:
    """The same thing as another resource shows it: the item of a list for which `where` holds.

    `where` is an expression over `item`, `record`, `sent` and `made`. `same` says which members
    are the same there: their pointer there, and the pointer here or an expression over `record`.
    """

    resource: str
    operation: str
    query: dict[str, Template]
    items: Pointer
    where: Expression
    same: dict[Pointer, Pointer | Expression]


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of record as one part of the API shows it; `unknown` is a well-formed id of nothing.

    `created` and `updated` point at its times. `absent` is the status for an unknown id. `views`
    are further operations that show one record by its id; `inside` where it is found when there is
    no read. `reflects` says which members are those of what it was made for, `goes_with` which of
    these take it along when they are removed. `any_case`: whether ids are compared without regard
    to case; None when that is not said.
    """

    name: str
    title: str
    id: Pointer
    unknown: str
    create: Create | None
    read: Read | None
    update: Update | None
    delete: Read | None
    faces: dict[str, Face]
    created: Pointer | None
    updated: Pointer | None
    absent: int
    views: tuple[Read, ...]
    inside: Inside | None
    actions: dict[str, Action]
    reflects: dict[Pointer, Expression]
    goes_with: tuple[str, ...]
    any_case: bool | None


@dataclass(frozen=True, slots=True)
class Paging:
    """Paging: names of the parameters, and pointers to what the answer says of the page.

    With `counts_rows`, `page` takes how many rows come before the page, and not its number.
    """

    page: str
    size: str
    default: int
    maximum: int
    number: Pointer | None
    length: Pointer | None
    total: Pointer | None
    pages: Pointer | None
    counts_rows: bool = False

    def asks(self, number: int, size: int) -> dict[str, int]:
        """The query for a page, by its number from 1."""
        place = (number - 1) * size if self.counts_rows else number
        return {self.page: place, self.size: size}


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter that narrows a list.

    `keeps` is an expression over `item`, `value` (the text sent) and `now`; None when only the
    server can know, and then the answer must still be a part of the whole list. `values` are tried
    always, `draws` are expressions over an `item` whose values are tried. `cuts`: any part of what
    is drawn finds it too, in any case of letters; a longer one finds no more than a shorter one.
    `kind` is `moment` or `number` when the values next to a drawn one, and other ways to write it,
    are tried as well. `nobody` are values that nothing has.
    """

    keeps: Expression | None
    values: tuple[Template, ...]
    draws: tuple[Expression, ...]
    cuts: bool
    kind: str
    nobody: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """What a collection is filled with so that a run knows a part of it completely.

    `narrow` is the query that leaves only what the run made (over `group`, the beginning of every
    `mark`, and what `needs` names); each entry of `records` overrides members of the create's body,
    and names the actions that are then done to the record.
    """

    needs: dict[str, str]
    narrow: dict[str, Template]
    records: tuple[tuple[dict[Pointer, Template], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another list that holds the same: the rows of `operation` for which `where` holds."""

    operation: str
    path: dict[str, Template]
    query: dict[str, Template]
    where: Expression | None
    says: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A list operation; `order` are expressions over neighbours `a` and `b`.

    `any_of` says that a row needs to meet one filter only. `needs_filter`: without one nothing is
    found. `empty` is the status of an empty answer, `unfiltered` that of an answer to no filter.
    `where` (over `item`) holds for every row of a list that shows only some records. `find` is the
    query that leaves few rows with a given `record` among them. `in_order_made`: rows stand in the
    order in which they were made. `blank_is_absent`: an empty value is as none. `refused` are
    queries that must be refused. `differs` are members of a row that are not those of the same name
    in the record.
    """

    operation: str
    resource: str
    items: Pointer
    path: dict[str, Template]
    paging: Paging | None
    order: tuple[Expression, ...]
    filters: dict[str, Filter]
    any_of: bool
    needs_filter: bool
    empty: int
    where: Expression | None
    population: Population | None
    differs: tuple[Pointer, ...]
    find: dict[str, Template]
    twins: tuple[Twin, ...]
    unfiltered: int | None
    in_order_made: bool
    blank_is_absent: bool
    refused: tuple[dict[str, Template], ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential: its scheme, its text, and what is known of it.

    `state` is `valid`, `expired`, `revoked`, `malformed`, `forbidden` (a role that may not), or
    `limited` (it carries exactly `scopes`).
    """

    scheme: str
    text: str
    state: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The credentials of a run; those in `shown` are made up and may be printed."""

    all: tuple[Credential, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Access:
    """How refusals of access look: statuses without and with an identity that may not.

    `outranks`: by security scheme, those that do not count where its credential is sent too.
    """

    unauthenticated: int
    forbidden: int
    outranks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A declared answer that no client can provoke; `operation` is `*` for all."""

    operation: str
    status: int
    why: str


@dataclass(frozen=True, slots=True)
class Mask:
    """A member of answers in which two right servers may differ, and why.

    `twins_agree`: two servers of one make that hold the same rows do not differ in it.
    """

    pointer: Pointer
    why: str
    twins_agree: bool = False


@dataclass(frozen=True, slots=True)
class Differential:
    """What helps to draw telling requests when two servers are compared.

    `ids` are members of answers that name a record, beside those called `id` or `…_id`. `values`
    are tried for a member or parameter of a request, by pointer pattern, beside what its schema
    allows. `bodies` are members that a body of an operation may have together, merged over what is
    sent otherwise. `lengths` are durations that time is moved by.
    """

    ids: tuple[Pointer, ...] = ()
    values: dict[Pointer, tuple[Template, ...]] = field(default_factory=dict)
    bodies: dict[str, tuple[Template, ...]] = field(default_factory=dict)
    lengths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Semantics:
    """All that is declared; an empty one for a contract without."""

    path: str = ""
    credentials: Credentials = Credentials((), shown=True)
    body_bytes: int | None = None
    clock: tuple[str, Pointer] | None = None
    access: Access = Access(401, 403)
    resources: dict[str, Resource] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    invariants: tuple[Invariant, ...] = ()
    journeys: tuple[Journey, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    masks: tuple[Mask, ...] = ()
    differential: Differential = Differential()
