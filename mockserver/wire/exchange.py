"""One request with everything that is learnt about it on the way to its answer."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockserver.contract import normalise
from mockserver.wire.steering import NONE, UNSTEERED, joined_prefer, parse_preferences

if TYPE_CHECKING:
    from starlette.types import Scope

    from mockserver.contract import Arguments, Match, Operation, Violation
    from mockserver.errors import MockserverError
    from mockserver.rates import Allowance
    from mockserver.wire.api import Api
    from mockserver.wire.steering import Steered
    from mockserver.worlds import ServedWorld

_KEY = "mockserver"


class Exchange:
    """A request as the edge sees it; later stages add what they find out.

    `path` is normalised and still percent-encoded; `prefix` is the part before it that names a
    world (`/~name`), empty when a header or nothing names it. `headers` have lower-case names and
    Latin-1 values (the last one wins where a name is repeated), `arguments` grow from stage to
    stage (none while `ill_formed`, what is wrong with the path, waits to be told with the body),
    `body` is there once it was read, `problem` is why the request was refused.
    """

    __slots__ = (
        "allowance",
        "api",
        "apis",
        "arguments",
        "body",
        "explanation",
        "headers",
        "ill_formed",
        "match",
        "method",
        "operation",
        "path",
        "preferences",
        "prefix",
        "problem",
        "query",
        "served",
        "steered",
    )

    def __init__(self, scope: Scope, apis: tuple[Api, ...], default: ServedWorld) -> None:
        self.method: str = scope["method"].upper()
        self.path = normalise(sent_path(scope))
        self.headers: dict[str, str] = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        self.preferences = NONE
        self.query: str = scope.get("query_string", b"").decode("latin-1")
        if self.query or "prefer" in self.headers:
            prefer = joined_prefer(scope["headers"])
            self.preferences, self.query = parse_preferences(prefer, self.query)
        self.steered: Steered = UNSTEERED
        self.served = default
        self.prefix = ""
        self.apis = apis
        self.api: Api | None = None
        self.match: Match | None = None
        self.operation: Operation | None = None
        self.arguments: Arguments | None = None
        self.ill_formed: tuple[Violation, ...] = ()
        self.allowance: Allowance | None = None
        self.body = b""
        self.problem: MockserverError | None = None
        self.explanation: list[dict[str, Any]] | None = None

    @property
    def media_type(self) -> str:
        """The media type of the body without parameters, in lower case; empty when not named."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

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
