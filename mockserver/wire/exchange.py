"""One request with everything that is learnt about it on the way to its answer."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockserver.contract import normalise
from mockserver.contract.media import bare
from mockserver.headers import Headers
from mockserver.wire.steering import NONE, UNSTEERED, joined_prefer, parse_preferences

if TYPE_CHECKING:
    from starlette.types import Scope

    from mockserver.contract import Arguments, Match, Operation, Violation
    from mockserver.errors import MockserverError
    from mockserver.rates import Allowance
    from mockserver.traffic import Queried
    from mockserver.wire.api import Api
    from mockserver.wire.compiled.reads import Read
    from mockserver.wire.steering import Steered
    from mockserver.worlds import ServedWorld

_KEY = "mockserver"


class Exchange:
    """A request as the edge sees it; later stages add what they find out.

    `path` is normalised and still percent-encoded; `prefix` is the part before it that names a
    world (`/~name`), empty when a header or nothing names it. `arguments` grow from stage to
    stage (none while `ill_formed`, what is wrong with the path, waits to be told with the body),
    `queried` is what its path and query exercise, if that is known, `body` is there once it was
    read, `problem` is why the request was refused, `read` what the same one was answered before, if
    that is still true.
    """

    prefix = ""
    preferences = NONE
    steered: Steered = UNSTEERED
    api: Api | None = None
    match: Match | None = None
    operation: Operation | None = None
    arguments: Arguments | None = None
    ill_formed: tuple[Violation, ...] = ()
    queried: Queried | None = None
    allowance: Allowance | None = None
    body = b""
    problem: MockserverError | None = None
    explanation: list[dict[str, Any]] | None = None
    read: Read | None = None

    def __init__(
        self,
        method: str,
        path: str,
        query: str,
        headers: Headers,
        apis: tuple[Api, ...],
        served: ServedWorld,
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.apis = apis
        self.served = served

    @classmethod
    def of(cls, scope: Scope, apis: tuple[Api, ...], default: ServedWorld) -> Exchange:
        """The exchange that an ASGI scope opens, its preferences read."""
        query: str = scope.get("query_string", b"").decode("latin-1")
        headers, preferences = Headers(scope["headers"]), NONE
        if query or b"prefer" in headers.raw:
            preferences, query = parse_preferences(joined_prefer(scope["headers"]), query)
        path = normalise(sent_path(scope))
        exchange = cls(scope["method"].upper(), path, query, headers, apis, default)
        exchange.preferences = preferences
        return exchange

    @property
    def media_type(self) -> str:
        """The media type of the body without parameters, in lower case; empty when not named."""
        sent = self.headers.raw.get(b"content-type", b"")
        return bare(sent.decode("latin-1"))

    def cookie(self, name: str) -> str:
        """The value of a cookie; empty when there is none."""
        jar = SimpleCookie()
        try:
            jar.load(self.headers.get("cookie", ""))
        except CookieError:
            return ""
        return str(jar[name].value) if name in jar else ""

    def query_value(self, name: str) -> str:
        """The last value of a query parameter; empty when there is none."""
        return dict(parse_qsl(self.query, errors="replace")).get(name, "")


def sent_path(scope: Scope) -> str:
    """The path of a request as it was sent, byte for byte."""
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
    text: str = raw.decode("latin-1")
    return text


def attach(scope: Scope, exchange: Exchange) -> None:
    """Put the exchange where every later stage finds it."""
    scope["extensions"] = {**(scope.get("extensions") or {}), _KEY: exchange}


def exchange_of(scope: Any) -> Exchange:
    """The exchange of an ASGI scope that passed the edge."""
    found: Exchange = scope["extensions"][_KEY]
    return found
