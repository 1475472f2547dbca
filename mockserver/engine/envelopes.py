"""What an answer says beside its list: counts, page numbers, cursors, links to other pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from mockserver.engine.inference import Listing, Paging
from mockserver.engine.listing import Window
from mockserver.engine.names import plain
from mockserver.engine.shapes import Shapes
from mockserver.engine.world import text_of

Json = Any
_DEEPEST = 2
_TOTALS = ("total", "totalcount", "totalitems", "totalrecords", "totalresults", "totalelements",
           "totalsize", "totalentries", "totalrows", "totalhits", "resultcount", "recordcount",
           "numfound", "itemcount", "recordstotal", "found", "available")  # fmt: skip
_LENGTHS = ("length", "returned", "numberofelements", "numitems")
_SIZES = ("limit", "perpage", "pagesize", "size", "pagelimit", "itemsperpage", "maxresults")
_STARTS = ("offset", "skip", "start", "startindex", "startat")
_NUMBERS = ("page", "pagenumber", "currentpage", "number", "pageindex", "pageno")
_PAGES = ("totalpages", "pages", "lastpage", "numpages", "pagecount", "pagetotal")
_MORE = ("hasmore", "hasnext", "hasnextpage", "more", "ismore", "hasmoreresults", "hasmoreitems")
_BACK = ("hasprevious", "hasprev", "haspreviouspage", "hasprevpage")
_NEXT = ("next", "nextcursor", "nextpagetoken", "nexttoken", "nextpage", "cursor", "after",
         "nextpageuri", "nexturl", "nextlink", "nextpageurl", "continue", "endcursor", "nextmarker",
         "nexturi", "nexthref", "continuationtoken", "bookmark", "odatanextlink")  # fmt: skip
_PREVIOUS = ("previous", "prev", "previouscursor", "prevcursor", "previouspage", "prevpage",
             "before", "prevpageurl", "previouspageuri", "startcursor", "prevlink",
             "previouslink")  # fmt: skip
_FIRST = ("first", "firstpageuri", "firstpageurl", "firstlink")
_LAST = ("last", "lastpageuri", "lastpageurl", "lastlink")
_SELF = ("self", "href", "uri", "url")
_LINKS = ("uri", "url", "uri-reference")
_NESTING = ("meta", "metadata", "pagination", "paging", "page", "links", "pageinfo", "cursors",
            "responsemetadata", "listmeta", "info")  # fmt: skip


class Facts:
    """The facts of one page, by the names that documents give them."""

    def __init__(
        self, shapes: Shapes, listing: Listing, window: Window, url: str, query: Mapping[str, Any]
    ) -> None:
        self._shapes, self._paging, self._window = shapes, listing.paging, window
        self._url, self._query = url, query
        self._place = listing.place

    def of(self, schema: Json, depth: int = 0) -> dict[str, Json]:
        """The members of an envelope that are known; None says that a member is to be left out."""
        shape = self._shapes.flat(schema)
        has_total = any(plain(name) in _TOTALS for name in shape.members)
        found: dict[str, Json] = {}
        for name, node in shape.members.items():
            if depth < len(self._place) and name == self._place[depth]:
                continue
            member = self._shapes.flat(node)
            if member.kind == "object" and depth < _DEEPEST and plain(name) in _NESTING:
                found[name] = self.of(node, depth + 1)
            elif (known := self._fact(plain(name), member.kind, member.format, has_total)) != ():
                found[name] = known
        return found

    def _fact(self, name: str, kind: str, format_: str, has_total: bool) -> Json:
        """The value of a member; () when nothing is known of it."""
        if kind in ("integer", "number"):
            return self._count(name, has_total)
        if kind == "boolean":
            window = self._window
            return window.has_next if name in _MORE else window.start > 0 if name in _BACK else ()
        if kind in ("string", ""):
            return self._text(name, format_)
        return ()

    def _count(self, name: str, has_total: bool) -> Json:
        window = self._window
        length = len(window.rows)
        known = (
            (_TOTALS, window.total),
            (("count",), length if has_total else window.total),
            (_LENGTHS, length),
            (_SIZES, window.size),
            (_STARTS, window.start),
            (_NUMBERS, window.number),
            (_PAGES, window.pages),
            (("nextpage", "next"), window.number + 1 if window.has_next else None),
            (("prevpage", "previouspage", "prev"), window.number - 1 if window.start else None),
        )
        return next((value for names, value in known if name in names), ())

    def _text(self, name: str, format_: str) -> Json:
        window, paging = self._window, self._paging
        is_link = format_ in _LINKS or name.endswith(("uri", "url", "link"))
        if name in _NEXT:
            token = text_of(window.after) if paging.after and not is_link else self._link(1)
            return token if window.has_next else None
        if name in _PREVIOUS:
            token = text_of(window.before) if paging.before and not is_link else self._link(-1)
            return token if window.start else None
        if is_link or name in (*_FIRST, *_LAST, "self"):
            last = window.pages - 1 - window.start // max(1, window.size)
            links = ((_FIRST, self._at({})), (_LAST, self._link(last)), (_SELF, self._here()))
            return next((link for names, link in links if name in names), ())
        return ()

    def _here(self) -> str:
        return self._at(dict(self._query))

    def _link(self, by: int) -> str:
        """The URL of a page so many pages on."""
        paging, window = self._paging, self._window
        query = dict(self._query)
        if paging.after and by > 0:
            query[paging.after] = window.after
        elif paging.before and by < 0:
            query[paging.before] = window.before
        elif paging.offset:
            query[paging.offset] = max(0, window.start + by * window.size)
        elif paging.page:
            query[paging.page] = window.number + by
        return self._at(query)

    def _at(self, query: dict[str, Any]) -> str:
        kept = {name: value for name, value in query.items() if value is not None}
        return f"{self._url}?{urlencode(kept, doseq=True)}" if kept else self._url


def placed(listing: Listing, facts: dict[str, Json], items: list[Json]) -> Json:
    """The answer with its list in place, which comes last."""
    if not listing.place:
        return items
    body = dict(facts)
    holder = body
    for name in listing.place[:-1]:
        holder[name] = dict(holder.get(name) or {})
        holder = holder[name]
    holder[listing.place[-1]] = items
    return body


def without_unknown(shapes: Shapes, schema: Json, body: Json) -> Json:
    """The envelope with None only where null is allowed: left out, or empty where it must be."""
    shape = shapes.flat(schema)
    if not isinstance(body, dict):
        return body
    kept: dict[str, Json] = {}
    for name, value in body.items():
        member = shapes.flat(shape.members.get(name))
        if isinstance(value, dict):
            kept[name] = without_unknown(shapes, shape.members.get(name), value)
        elif value is not None or member.is_nullable:
            kept[name] = value
        elif name in shape.required and member.kind == "string":
            kept[name] = ""
    return kept


def header_of(paging: Paging, window: Window, name: str) -> str | None:
    """The value of a header that tells of the page (`X-Total-Count`), if it does."""
    known = plain(name.lower().removeprefix("x-"))
    if known in (*_TOTALS, "count", "paginationtotal", "paginationtotalcount"):
        return str(window.total)
    if known in (*_PAGES, "paginationpagecount"):
        return str(window.pages)
    if known in (*_NUMBERS, "paginationcurrentpage") and paging.is_any:
        return str(window.number)
    return str(window.size) if known in (*_SIZES, "paginationperpage") else None
