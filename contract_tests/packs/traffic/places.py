"""Where a request leads: its operation, found below whatever path the API is mounted at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from contract_tests.contract import Contract, Operation
from contract_tests.packs.traffic.recorded import Recorded

_DEEPEST_BASE = 6
_STANDARD_METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE")
_ID = re.compile(r".*\d.*|[0-9a-fA-F-]{16,}|[^/]{32,}")


@dataclass(frozen=True, slots=True)
class Place:
    """An operation that was met, with the raw values of its path; None where there is none.

    `path` is the path below the base; `methods` are those that the contract has for it, one of
    them where the operation is known.
    """

    operation: Operation | None
    path: str
    values: dict[str, str]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bases:
    """The paths that a contract may be mounted at, the longest first."""

    contract: Contract
    paths: tuple[str, ...]

    def locate(self, method: str, target: str) -> Place | None:
        """Where a request leads; None when its path lies below no base at all."""
        path = target.partition("?")[0]
        nearest: Place | None = None
        for base in self.paths:
            if base and not path.startswith(base + "/") and path != base:
                continue
            place = _place(self.contract, method, path[len(base) :] or "/")
            if place.operation is not None:
                return place
            if nearest is None or (place.methods and not nearest.methods):
                nearest = place
        return nearest


def bases_of(
    contract: Contract, given: Iterable[str] = (), recorded: Iterable[Recorded] = ()
) -> Bases:
    """The given bases; else those of the contract's servers; else what the traffic shows.

    Where the traffic meets no operation below the declared ones, the base that most of its
    requests share is taken.
    """
    named = tuple(dict.fromkeys(_trimmed(each) for each in given))
    if named:
        return Bases(contract, _ordered(named))
    declared = Bases(contract, _ordered(_declared(contract)))
    strays = [each.exchange.sent for each in recorded]
    if any(_is_met(declared.locate(sent.method, sent.target)) for sent in strays):
        return declared
    found = _shared_base(contract, [(sent.method, sent.target) for sent in strays])
    return declared if found is None else Bases(contract, (found,))


def bases_at(contract: Contract, given: Iterable[str], mounted: str) -> Bases:
    """The given bases; else each declared one, as it is and below the path of a server."""
    named = tuple(_trimmed(each) for each in given)
    below = _trimmed(mounted)
    if not named:
        named = tuple(each for base in _declared(contract) for each in (base, below + base))
        named += (below,) if below else ()
    return Bases(contract, _ordered(named))


def hosts_of(recorded: Iterable[Recorded], bases: Bases) -> frozenset[str]:
    """The origins that serve the contract: where any request met one of its operations."""
    found: set[str] = set()
    for each in recorded:
        origin, sent = each.exchange.url, each.exchange.sent
        if origin not in found and _is_met(bases.locate(sent.method, sent.target)):
            found.add(origin)
    return frozenset(found)


def shape_of(path: str) -> str:
    """A path with what looks like an id replaced, so that many of a kind are one."""
    parts = path.split("/")
    return "/".join(
        "{id}" if _ID.fullmatch(part) and not _is_version(part) else part for part in parts
    )


def _is_version(part: str) -> bool:
    return re.fullmatch(r"v\d{1,3}", part) is not None


def _is_met(place: Place | None) -> bool:
    return place is not None and bool(place.methods)


def _trimmed(base: str) -> str:
    path = urlsplit(base).path if "://" in base else base
    return "/" + path.strip("/") if path.strip("/") else ""


def _ordered(bases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(bases), key=lambda base: (-len(base), base)))


def _declared(contract: Contract) -> list[str]:
    root = contract.document.root
    items = [item for item in root["paths"].values() if isinstance(item, dict)]
    servers = [*(root.get("servers") or ()), *(s for i in items for s in i.get("servers") or ())]
    found = [_filled(server) for server in servers if isinstance(server, dict)]
    return found or [contract.base_path]


def _filled(server: dict[str, object]) -> str:
    url = str(server.get("url", "/"))
    variables = server.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        url = url.replace("{" + name + "}", str(variable.get("default", "")))
    return _trimmed(url)


def _shared_base(contract: Contract, requests: list[tuple[str, str]]) -> str | None:
    votes: Counter[str] = Counter()
    for method, target in requests:
        parts = target.partition("?")[0].split("/")[1:]
        for depth in range(1, min(len(parts), _DEEPEST_BASE)):
            place = _place(contract, method, "/" + "/".join(parts[depth:]))
            if place.operation is not None and _has_literal(place.operation.path):
                votes["/" + "/".join(parts[:depth])] += 1
    best = max(votes.items(), key=lambda vote: (vote[1], -len(vote[0])), default=None)
    return best[0] if best else None


def _has_literal(path: str) -> bool:
    return any(part and "{" not in part for part in path.split("/"))


def _place(contract: Contract, method: str, path: str) -> Place:
    operation = _operation(contract, method, path)
    if operation is None and method == "HEAD":
        operation = _operation(contract, "GET", path)
    if operation is not None:
        return Place(operation, path, _values(operation, path), (operation.method,))
    methods = tuple(name for name in _STANDARD_METHODS if _operation(contract, name, path))
    return Place(None, path, {}, methods)


def _operation(contract: Contract, method: str, path: str) -> Operation | None:
    operation = contract.operation_at(method, contract.base_path + path)
    if operation is None or _template(operation.path).fullmatch(path.strip("/")) is None:
        return None
    return operation


def _values(operation: Operation, path: str) -> dict[str, str]:
    names = re.findall(r"\{([^}]+)\}", operation.path)
    found = _template(operation.path).fullmatch(path.strip("/"))
    raw = found.groups() if found else ()
    return {name: unquote(value) for name, value in zip(names, raw, strict=False)}


@lru_cache(maxsize=4096)
def _template(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]+\})", path.strip("/"))
    return re.compile("".join("([^/]+)" if p.startswith("{") else re.escape(p) for p in parts))
