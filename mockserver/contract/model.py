"""The document as values: a contract, its operations, their parameters, bodies and responses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mockserver.contract.media import MediaTypes
from mockserver.contract.schemas import Compile, Dialect, Validator
from mockserver.contract.serialisation import Serialisation
from mockserver.contract.templates import is_mixed, is_parameter, names_in, pattern_of

ParameterLocation = Literal["path", "query", "header", "cookie"]
LOCATIONS: tuple[ParameterLocation, ...] = ("path", "query", "header", "cookie")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter. `types` are the JSON types its text may stand for.

    `serialisation` reads what is written otherwise than as one text or a list of texts (objects,
    `deepObject`, `matrix`, `label`, JSON in `content`); None for all others.
    """

    name: str
    location: ParameterLocation
    required: bool
    types: frozenset[str]
    validator: Validator
    default: Any = field(hash=False)
    has_default: bool
    item_types: frozenset[str]
    explode: bool
    separator: str
    allows_empty: bool = False
    serialisation: Serialisation | None = None


@dataclass(frozen=True, slots=True)
class BodyRule:
    """What an operation takes as its body: one validator per media type, in document order.

    `media_types` has the names of the document in lower case; `schemas` has the schema nodes of the
    document under the same names, `$ref`s not followed, `encodings` how forms write their members.
    """

    required: bool
    media_types: MediaTypes[Validator]
    schemas: Mapping[str, Any] = field(default_factory=dict)
    encodings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResponseRule:
    """What one status promises: its headers, those it always carries, and its content.

    `always` are the latter in lower case; `gives_tag` says whether it declares an `ETag`. `schemas`
    are the schema nodes of the document, as in `BodyRule`.
    """

    status: str
    headers: frozenset[str]
    required_headers: tuple[str, ...]
    media_types: MediaTypes[Validator]
    schemas: Mapping[str, Any] = field(default_factory=dict)
    always: frozenset[str] = field(init=False)
    gives_tag: bool = field(init=False)

    def __post_init__(self) -> None:
        """Derive what every reply is held to."""
        object.__setattr__(self, "gives_tag", "ETag" in self.headers)
        object.__setattr__(self, "always", frozenset(map(str.lower, self.required_headers)))


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A scheme of the document; `parameter` is the header, cookie or query name it reads.

    `form` is a regular expression that the whole credential matches (`x-credential-pattern` in the
    document); empty when any text will do.
    """

    name: str
    type: str
    location: str
    parameter: str
    http_scheme: str
    form: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be let in: schemes that must all be satisfied, with the scopes they need."""

    schemes: tuple[SecurityScheme, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path. `uid` is unique in the contract whatever the document says.

    `path_names` are the parameters of the path with the number of their segment, `mixed_segments`
    the segments that hold more than one parameter (number, pattern, names), `located` the declared
    parameters by where they are sent: what every request asks for, derived once.
    """

    uid: str
    operation_id: str
    tag: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    body: BodyRule | None
    responses: Mapping[str, ResponseRule]
    security: tuple[Alternative, ...]
    path_names: tuple[tuple[str, int], ...] = field(init=False)
    mixed_segments: tuple[tuple[int, re.Pattern[str], tuple[str, ...]], ...] = field(init=False)
    located: Mapping[ParameterLocation, tuple[Parameter, ...]] = field(init=False)
    _rules: dict[int, ResponseRule | None] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Derive what every request asks for."""
        segments = list(enumerate(self.path.split("/")[1:]))
        names_of_path = tuple((part[1:-1], at) for at, part in segments if is_parameter(part))
        mixed = ((at, pattern_of(p), tuple(names_in(p))) for at, p in segments if is_mixed(p))
        located = {
            place: tuple(p for p in self.parameters if p.location == place) for place in LOCATIONS
        }
        object.__setattr__(self, "path_names", names_of_path)
        object.__setattr__(self, "mixed_segments", tuple(mixed))
        object.__setattr__(self, "located", located)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope that some alternative names: what a caller needs, whatever it presents."""
        return tuple(dict.fromkeys(s for way in self.security for s in way.scopes))

    def response_for(self, status: int) -> ResponseRule | None:
        """The rule of a status: the exact one, its range (`4XX`), or `default`."""
        if status in self._rules:
            return self._rules[status]
        names = (str(status), f"{status // 100}XX", "default")
        rule = next((self.responses[name] for name in names if name in self.responses), None)
        self._rules[status] = rule
        return rule


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole document, ready to serve. `source` is the text it was read from.

    `dialect` says what its schemas mean: those of OpenAPI 3.0, or JSON Schema 2020-12 ("3.1").
    `compile_later` gives validators for further schemas of the document, which share what those
    of its operations are made of; None where each is compiled at once.
    """

    title: str
    version: str
    operations: tuple[Operation, ...]
    document: dict[str, Any]
    source: str
    dialect: Dialect = "3.0"
    compile_later: Compile | None = field(default=None, compare=False, repr=False)
