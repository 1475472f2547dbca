"""What was inferred: resources, and what each operation does to one, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = Any
Names = tuple[str, ...]


class Kind(StrEnum):
    """What an operation does."""

    LIST = "list"
    CREATE = "create"
    READ = "read"
    REPLACE = "replace"
    UPDATE = "update"
    DELETE = "delete"
    ACTION = "action"
    BULK_WRITE = "bulk write"
    BULK_DELETE = "bulk delete"
    OTHER = "other"


CHANGING = frozenset({Kind.REPLACE, Kind.UPDATE})


@dataclass(frozen=True, slots=True)
class Identity:
    """How the records of a resource are told apart.

    `member` is the member of a record that holds its id, None where none does: then the id of the
    path is kept beside the record. `schemas` are the nodes that an id keeps to, the member's own
    before that of the path parameter; `examples` are ids that the document shows.
    """

    member: str | None
    schemas: tuple[Json, ...]
    reason: str
    examples: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One kind of record.

    `path` is where its records lie (`/owners/{}/pets`), `schema` the node of one record, `owners`
    the resources around it, each with the number of path values that name one of their records;
    `is_single` where there is one record in each place. `count` is how many there are in every
    place at the beginning, None for the usual number.
    """

    name: str
    path: str
    singular: str
    identity: Identity
    schema: Json = None
    is_single: bool = False
    owners: tuple[tuple[Resource, int], ...] = ()
    count: int | None = None

    @property
    def depth(self) -> int:
        """How many path values name the place in which its records lie."""
        return self.path.count("{}")


@dataclass(frozen=True, slots=True)
class Paging:
    """The query parameters of pages, by their declared names, empty where there is none.

    `first` is the number of the first page; `default` the size of a page that does not name one.
    """

    page: str = ""
    size: str = ""
    offset: str = ""
    after: str = ""
    before: str = ""
    first: int = 1
    default: int | None = None

    @property
    def is_any(self) -> bool:
        """Whether pages can be asked for at all."""
        return bool(self.page or self.size or self.offset or self.after or self.before)


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter that narrows a list: the member it names, and how they compare."""

    parameter: str
    member: Names
    test: str = "eq"


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is asked for and written.

    `place` leads to the list within the answer, empty for a bare array; `sort` and `direction`
    are parameters that name an order, `search` those that look for a text in any member.
    """

    place: Names
    item: Json
    reason: str
    paging: Paging = Paging()
    filters: tuple[Filter, ...] = ()
    search: Names = ()
    sort: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What one operation does to which resource.

    `scope` are the path parameters that name the place of the records, `key` the one that names
    the record itself (or the member of the body or query that does, for a remote procedure call).
    `owners` are the resources whose records the path names, each with the number of its values.
    `wrapper` leads to the record within the answer, `body_wrapper` within the body. `under` is
    the place that a view of a resource narrows to: `/projects/{}` for `/projects/{id}/tasks`.
    `verb` is what an action is called (`{action}` when a parameter says it), `effect` what it sets
    by the document's own word; `is_first` stands for a record without an id, such as `/users/me`:
    the first one.
    """

    kind: Kind
    reason: str
    resource: Resource | None = None
    scope: Names = ()
    key: str = ""
    wrapper: Names = ()
    body_wrapper: Names = ()
    listing: Listing | None = None
    under: str = ""
    owners: tuple[tuple[Resource, int], ...] = ()
    verb: str = ""
    effect: Mapping[str, Json] | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Inference:
    """All of it: resources by name, and the role of each operation by its uid.

    `known` names the resources whose records a caller can learn of, by a list or by making them.
    """

    resources: Mapping[str, Resource]
    roles: Mapping[str, Role]
    known: frozenset[str]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """A table for people: operation, what it does, to which resource, and why."""
        return [
            (uid, str(role.kind), role.resource.name if role.resource else "", role.reason)
            for uid, role in self.roles.items()
        ]
