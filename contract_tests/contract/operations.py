"""The operations of a contract: what each takes, and every answer it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract_tests.contract.document import ContractError, Document, read_document
from contract_tests.contract.schemas import Schemas

Json = Any
METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `place` is path, query, header or cookie.

    `style` and `is_exploded` are the declared ones or what OpenAPI says instead; `media_type` is
    that of a parameter described by `content`, or empty.
    """

    name: str
    place: str
    is_required: bool
    schema: Json
    style: str = ""
    is_exploded: bool = False
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredAnswer:
    """An answer as declared; `status` is a status, a range such as `4XX`, or `default`.

    `schemas` by media type in lower case, None for one without a schema; `headers` by name in lower
    case, with whether each is required and its schema.
    """

    status: str
    description: str
    schemas: dict[str, Json]
    headers: dict[str, tuple[bool, Json]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `method` in upper case, `security` the alternatives of {scheme: scopes}."""

    name: str
    method: str
    path: str
    tags: tuple[str, ...]
    description: str
    parameters: tuple[Parameter, ...]
    bodies: dict[str, Json]
    is_body_required: bool
    body_examples: dict[str, Json]
    answers: dict[str, DeclaredAnswer]
    security: tuple[dict[str, tuple[str, ...]], ...]

    @property
    def label(self) -> str:
        """Its method and path, such as `GET /v1/customers`."""
        return f"{self.method} {self.path}"

    @property
    def is_safe(self) -> bool:
        """Whether it only reads (RFC 9110, 9.2.1)."""
        return self.method in ("GET", "HEAD", "OPTIONS", "TRACE")

    @property
    def body_schema(self) -> Json:
        """The schema of its JSON body, or None."""
        for media_type, schema in self.bodies.items():
            if media_type == "application/json" or media_type.endswith("+json"):
                return schema
        return None

    def parameters_in(self, place: str) -> tuple[Parameter, ...]:
        """Its parameters in path, query, header or cookie."""
        return tuple(each for each in self.parameters if each.place == place)

    def answer(self, status: int) -> DeclaredAnswer | None:
        """What is declared for a status: itself, then its range, then `default`."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.answers:
                return self.answers[key]
        return None

    @property
    def statuses(self) -> tuple[int, ...]:
        """The statuses declared one by one."""
        return tuple(int(status) for status in self.answers if status.isdigit())


@dataclass(frozen=True, slots=True)
class Contract:
    """A document with its operations by name, in its order; `base_path` comes before each path."""

    document: Document
    operations: dict[str, Operation]
    schemas: Schemas
    security_schemes: dict[str, Json]
    base_path: str

    def operation_at(self, method: str, path: str) -> Operation | None:
        """The operation a request meets; literal segments win over parameters."""
        parts = path.removeprefix(self.base_path).split("?")[0].strip("/").split("/")
        best: tuple[tuple[bool, ...], Operation] | None = None
        for operation in self.operations.values():
            rank = _rank(operation.path.strip("/").split("/"), parts)
            if operation.method != method or rank is None:
                continue
            if best is None or rank < best[0]:
                best = (rank, operation)
        return best[1] if best else None

    def methods_at(self, path: str) -> tuple[str, ...]:
        """The methods of a path template."""
        return tuple(o.method for o in self.operations.values() if o.path == path)


def _rank(template: list[str], parts: list[str]) -> tuple[bool, ...] | None:
    """Which segments of a matching template are parameters; None when it does not match."""
    if len(template) != len(parts):
        return None
    variable = tuple("{" in name for name in template)
    matches = all(
        is_variable or name == part
        for name, part, is_variable in zip(template, parts, variable, strict=True)
    )
    return variable if matches else None


def load_contract(path: Path) -> Contract:
    """The contract in a file; ContractError says what is wrong with it."""
    document = read_document(path)
    operations = {each.name: each for each in _operations(document)}
    if not operations:
        raise ContractError(f"--spec {path} has no operations: there is nothing to judge.")
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    return Contract(
        document,
        operations,
        Schemas(document),
        {name: document.resolve(scheme) for name, scheme in schemes.items()},
        _base_path(document),
    )


def _base_path(document: Document) -> str:
    servers = document.root.get("servers") or [{"url": "/"}]
    url = str(servers[0].get("url", "/"))
    path = "/" + url.split("://", 1)[-1].partition("/")[2] if "://" in url else url
    return path.rstrip("/") if "{" not in path else ""


def _operations(document: Document) -> Iterator[Operation]:
    for path, raw in document.root["paths"].items():
        item = document.resolve(raw)
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item)


def _operation(document: Document, path: str, method: str, item: Json) -> Operation:
    source = item[method]
    security = source.get("security", document.root.get("security", []))
    body = document.resolve(source.get("requestBody", {}))
    content = {name.lower().split(";")[0]: media for name, media in body.get("content", {}).items()}
    return Operation(
        name=source.get("operationId", f"{method.upper()} {path}"),
        method=method.upper(),
        path=path,
        tags=tuple(source.get("tags", ())),
        description=source.get("description") or source.get("summary", ""),
        parameters=_parameters(document, item, source),
        bodies={name: media.get("schema", {}) for name, media in content.items()},
        is_body_required=bool(body.get("required", False)),
        body_examples=_examples(document, content),
        answers={
            str(status): _answer(document, str(status), answer)
            for status, answer in source.get("responses", {}).items()
        },
        security=tuple({name: tuple(scopes) for name, scopes in each.items()} for each in security),
    )


def _parameters(document: Document, item: Json, source: Json) -> tuple[Parameter, ...]:
    found = {}
    for raw in [*item.get("parameters", []), *source.get("parameters", [])]:
        each = document.resolve(raw)
        place = each["in"]
        found[each["name"], place] = _parameter(each, place)
    return tuple(found.values())


def _parameter(source: Json, place: str) -> Parameter:
    style = source.get("style", "form" if place in ("query", "cookie") else "simple")
    media_type, media = next(iter((source.get("content") or {}).items()), ("", source))
    return Parameter(
        source["name"],
        place,
        is_required=place == "path" or bool(source.get("required", False)),
        schema=media.get("schema", {}),
        style=style,
        is_exploded=bool(source.get("explode", style == "form")),
        media_type=media_type,
    )


def _examples(document: Document, content: Json) -> dict[str, Json]:
    found = {}
    for media in content.values():
        if "example" in media:
            found["example"] = media["example"]
        for name, raw in media.get("examples", {}).items():
            example = document.resolve(raw)
            if "value" in example:
                found[name] = example["value"]
    return found


def _answer(document: Document, status: str, raw: Json) -> DeclaredAnswer:
    answer = document.resolve(raw)
    headers = {
        name.lower(): document.resolve(header)
        for name, header in (answer.get("headers") or {}).items()
    }
    return DeclaredAnswer(
        status,
        answer.get("description", ""),
        {
            name.lower().split(";")[0].strip(): media.get("schema")
            for name, media in (answer.get("content") or {}).items()
        },
        {
            name: (bool(header.get("required", False)), header.get("schema"))
            for name, header in headers.items()
        },
    )
