"""Where an answer holds a list, and the query parameters that page, sort and narrow it."""

from __future__ import annotations

import re
from typing import Any

from mockserver.engine.inference.model import Filter, Listing, Names, Paging
from mockserver.engine.names import plain, same_kind
from mockserver.engine.shapes import Shapes

Json = Any
_ENVELOPES = ("data", "items", "results", "result", "records", "values", "entries", "content",
              "rows", "list", "elements", "objects", "nodes", "resources", "docs", "hits",
              "members", "collection", "value", "response", "payload")  # fmt: skip
_NESTING = (*_ENVELOPES, "embedded", "page")

_PAGES = ("page", "pagenumber", "pagenum", "pageno", "pageindex", "currentpage", "p")
_SIZES = ("limit", "perpage", "pagesize", "size", "count", "maxresults", "top", "take", "pagelimit",
          "maxitems", "rows", "num", "first", "itemsperpage", "resultsperpage", "maxcount",
          "pagelength", "maxrecords", "maxkeys")  # fmt: skip
_OFFSETS = ("offset", "skip", "start", "startindex", "startat", "from", "pageoffset")
_AFTER = ("cursor", "after", "startingafter", "pagetoken", "nexttoken", "nextpagetoken", "continue",
          "continuation", "continuationtoken", "marker", "exclusivestartkey", "pagecursor", "token",
          "nextcursor", "pageafter", "startcursor", "bookmark", "scrollid")  # fmt: skip
_BEFORE = ("before", "endingbefore", "pagebefore")
_SORTS = ("sort", "sortby", "orderby", "ordering", "sortfield", "sortkey", "sortcolumn", "order")
_DIRECTIONS = ("direction", "sortorder", "sortdirection", "sortdir", "orderdirection", "orderdir",
               "dir", "sorttype", "order")  # fmt: skip
_SEARCHES = ("q", "query", "search", "keyword", "keywords", "term", "text", "searchterm",
             "searchtext", "searchquery", "filtertext")  # fmt: skip
_TESTS = {"gte": "ge", "gt": "gt", "lte": "le", "lt": "lt", "min": "ge", "max": "le", "after": "gt",
          "before": "lt", "since": "ge", "until": "le", "from": "ge", "to": "le", "not": "ne",
          "in": "eq", "eq": "eq", "contains": "has", "like": "has", "prefix": "has"}  # fmt: skip
_ALSO = {"created": "createdat", "updated": "updatedat", "modified": "modifiedat"}


def list_in(
    shapes: Shapes, schema: Json, noun: str, depth: int = 2
) -> tuple[Names, Json, str] | None:
    """Where a schema holds its list, the node of one item, and why it is the list."""
    shape = shapes.flat(schema)
    if shape.kind == "array":
        return ((), shape.items, "a bare array") if shape.items is not None else None
    lists = [name for name, node in shape.members.items() if shapes.flat(node).kind == "array"]
    generic = [name for name in lists if plain(name) in _ENVELOPES]
    named = [name for name in lists if noun and same_kind(name, noun)]
    for names, reason in ((named, "named after the resource"), (generic, "a usual envelope")):
        if names:
            return _at(shapes, shape.members, names[0], f"the list is in {names[0]}: {reason}")
    for name in shape.members if depth else ():
        is_usual = plain(name) in _NESTING or (noun and same_kind(name, noun))
        if is_usual and shapes.flat(shape.members[name]).kind == "object":
            below = list_in(shapes, shape.members[name], noun, depth - 1)
            if below is not None:
                return (name, *below[0]), below[1], below[2]
    if len(lists) == 1 and _is_envelope(shapes, shape.members, lists[0]):
        return _at(shapes, shape.members, lists[0], f"the only list is {lists[0]}")
    return None


def _at(shapes: Shapes, members: Any, name: str, reason: str) -> tuple[Names, Json, str]:
    return (name,), shapes.flat(members[name]).items, reason


def _is_envelope(shapes: Shapes, members: Any, name: str) -> bool:
    """Whether an object around one list says little else: it is no record with a list in it."""
    items = shapes.flat(shapes.flat(members[name]).items)
    return items.kind == "object" and len(members) <= 8 and "id" not in map(plain, members)


def with_queries(
    shapes: Shapes, found: tuple[Names, Json, str], parameters: list[dict[str, Any]]
) -> Listing:
    """The list with what its query parameters mean."""
    place, item, reason = found
    queries = {str(p["name"]): p for p in parameters if p.get("in") == "query" and p.get("name")}
    paging = _paging(shapes, queries)
    members = shapes.flat(item)
    sort = _first(queries, _SORTS)
    taken = {paging.page, paging.size, paging.offset, paging.after, paging.before, sort}
    narrowing = [
        each
        for name in queries
        if name not in taken and (each := _filter(shapes, members, name)) is not None
    ]
    filtered = {each.parameter for each in narrowing}
    search = tuple(n for n in queries if plain(n) in _SEARCHES and n not in filtered)
    direction = _first({n: q for n, q in queries.items() if n != sort}, _DIRECTIONS)
    return Listing(place, item, reason, paging, tuple(narrowing), search, sort, direction)


def _paging(shapes: Shapes, queries: dict[str, dict[str, Any]]) -> Paging:
    page, size = _first(queries, _PAGES), _first(queries, _SIZES)
    rest = {name: query for name, query in queries.items() if name not in (page, size)}
    first, default = 1, None
    if page:
        marks = shapes.flat(queries[page].get("schema")).marks
        first = 0 if 0 in (marks.get("minimum"), marks.get("default")) else 1
    if size:
        default = shapes.flat(queries[size].get("schema")).marks.get("default")
    return Paging(
        page,
        size,
        _first(rest, _OFFSETS),
        _first(rest, _AFTER),
        _first(rest, _BEFORE),
        first,
        default if isinstance(default, int) and default > 0 else None,
    )


def _first(queries: dict[str, dict[str, Any]], known: Names) -> str:
    """The parameter that is known by the first of the names; `page[number]` as `number`."""
    by_name = {plain(name.removeprefix("page[")): name for name in reversed(queries)}
    return next((by_name[name] for name in known if name in by_name), "")


def _filter(shapes: Shapes, shape: Any, name: str) -> Filter | None:
    bare = name.removeprefix("filter[").removesuffix("]").removeprefix("filter.")
    member = _member(shapes, shape, bare)
    if member:
        return Filter(name, member)
    parts = re.split(r"[\[\]._]+", bare.rstrip("]"))
    if len(parts) < 2:
        return None
    for test, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        if test.lower() in _TESTS and (member := _member(shapes, shape, "_".join(rest))):
            return Filter(name, member, _TESTS[test.lower()])
    return None


def _member(shapes: Shapes, shape: Any, name: str) -> Names:
    """The member that a parameter means: of that name, or the id of an object of that name."""
    found = shape.named(name) or shape.named(_ALSO.get(plain(name), name))
    if found is not None:
        return (found,) if shapes.flat(shape.members[found]).kind != "object" else ()
    outer, _, inner = name.rpartition(".") if "." in name else name.rpartition("_")
    holder = shape.named(outer) if outer else None
    below = shapes.flat(shape.members[holder]).named(inner) if holder is not None else None
    return (holder, below) if holder is not None and below is not None else ()
