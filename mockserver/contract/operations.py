"""From a document to a contract: every operation read once, every schema compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.contract.media import MediaTypes
from mockserver.contract.model import (
    METHODS,
    Alternative,
    BodyRule,
    Contract,
    Operation,
    Parameter,
    ResponseRule,
    SecurityScheme,
)
from mockserver.contract.references import follow
from mockserver.contract.schemas import Compile, Dialect, Direction, SchemaCompiler, Validator
from mockserver.contract.serialisation import SEPARATORS, Serialisation
from mockserver.contract.shapes import Shape, types_of
from mockserver.errors import SetupError


def build_contract(document: dict[str, Any], source: str) -> Contract:
    """Read all operations; SetupError says which one cannot be read and why."""
    version = str(document.get("openapi", ""))
    if not version.startswith("3.0."):
        raise SetupError(f"Only OpenAPI 3.0 is served; this document says {version or 'nothing'}.")
    return read_contract(document, source, SchemaCompiler(document).compile, "3.0")


def read_contract(
    document: dict[str, Any], source: str, compile_schema: Compile, dialect: Dialect
) -> Contract:
    """Read all operations of a document, their schemas compiled by `compile_schema`."""
    info = document.get("info") or {}
    reader = _Reader(document, compile_schema)
    operations = tuple(reader.operations())
    if not operations:
        raise SetupError("The document has no operations under 'paths'.")
    return Contract(
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        operations=operations,
        document=document,
        source=source,
        dialect=dialect,
    )


class _Reader:
    def __init__(self, document: dict[str, Any], compile_schema: Compile) -> None:
        self._document = document
        self._compile = compile_schema

    def operations(self) -> list[Operation]:
        return [
            self._operation_or_error(path, item, method)
            for path, item in (self._document.get("paths") or {}).items()
            for method in METHODS
            if method in (item or {})
        ]

    def _operation_or_error(self, path: str, item: dict[str, Any], method: str) -> Operation:
        try:
            return self._operation(path, item, method)
        except SetupError as error:
            raise SetupError(f"{method.upper()} {path}: {error}") from error

    def _operation(self, path: str, item: dict[str, Any], method: str) -> Operation:
        node = item[method]
        return Operation(
            uid=f"{method} {path}",
            operation_id=str(node.get("operationId") or f"{method} {path}"),
            tag=str((node.get("tags") or [""])[0]),
            method=method.upper(),
            path=path,
            summary=str(node.get("summary", "")),
            parameters=self._parameters(item, node),
            body=self._body(node.get("requestBody")),
            responses={str(s): self._response(str(s), r) for s, r in node["responses"].items()},
            security=self._security(node.get("security", self._document.get("security"))),
        )

    def _parameters(self, item: dict[str, Any], node: dict[str, Any]) -> tuple[Parameter, ...]:
        merged: dict[tuple[str, str], dict[str, Any]] = {}
        for raw in [*item.get("parameters", []), *node.get("parameters", [])]:
            declared = follow(self._document, raw)
            merged[(declared["in"], declared["name"])] = declared
        return tuple(self._parameter(declared, merged) for declared in merged.values())

    def _parameter(
        self, node: dict[str, Any], declared: Mapping[tuple[str, str], Any]
    ) -> Parameter:
        """One parameter; `declared` has all of the operation by place and name."""
        media_type, raw = _schema_of(node)
        schema = follow(self._document, raw)
        fields = schema if isinstance(schema, dict) else {}
        style = node.get("style", "form" if node["in"] in {"query", "cookie"} else "simple")
        explode = bool(node.get("explode", style == "form"))
        others = frozenset(n for place, n in declared if place == node["in"] and n != node["name"])
        shape = Shape(self._document, raw)
        is_plain = style in SEPARATORS and "object" not in shape.types and not media_type
        written = Serialisation(node["name"], style, explode, shape, media_type, others)
        return Parameter(
            name=node["name"],
            location=node["in"],
            required=bool(node.get("required")),
            types=shape.types,
            validator=self._compile(raw, "request"),
            default=fields.get("default"),
            has_default="default" in fields,
            item_types=types_of(self._document, fields.get("items", {})),
            explode=explode and style != "simple",
            separator=SEPARATORS.get(style, ","),
            allows_empty=bool(node.get("allowEmptyValue")),
            serialisation=None if is_plain else written,
        )

    def _body(self, raw: Any) -> BodyRule | None:
        if raw is None:
            return None
        node = follow(self._document, raw)
        content = node.get("content") or {}
        validators = self._validators(content, "request")
        encodings = {n.lower(): m["encoding"] for n, m in content.items() if m.get("encoding")}
        return BodyRule(bool(node.get("required")), validators, _schemas(content), encodings)

    def _response(self, status: str, raw: Any) -> ResponseRule:
        node = follow(self._document, raw)
        headers = {name: follow(self._document, h) for name, h in node.get("headers", {}).items()}
        required = tuple(name for name, header in headers.items() if header.get("required"))
        content = node.get("content") or {}
        validators = self._validators(content, "response")
        return ResponseRule(status, frozenset(headers), required, validators, _schemas(content))

    def _validators(self, content: dict[str, Any], direction: Direction) -> MediaTypes[Validator]:
        compiled = {n: self._compile(s, direction) for n, s in _schemas(content).items()}
        return MediaTypes(compiled)

    def _security(self, requirements: Any) -> tuple[Alternative, ...]:
        """The ways to be let in; none where anybody is."""
        if any(not way for way in requirements or []):
            return ()
        return tuple(self._alternative(way) for way in requirements or [])

    def _alternative(self, way: dict[str, list[str]]) -> Alternative:
        scopes = tuple(dict.fromkeys(scope for needed in way.values() for scope in needed))
        return Alternative(tuple(self._scheme(name) for name in way), scopes)

    def _scheme(self, name: str) -> SecurityScheme:
        schemes = self._document.get("components", {}).get("securitySchemes", {})
        if name not in schemes:
            raise SetupError(f"The security scheme '{name}' is not declared.")
        node = follow(self._document, schemes[name])
        return SecurityScheme(
            name=name,
            type=node["type"],
            location=node.get("in", "header"),
            parameter=node.get("name", "Authorization"),
            http_scheme=str(node.get("scheme", "bearer")).lower(),
            form=str(node.get("x-credential-pattern", "")),
        )


def _schemas(content: dict[str, Any]) -> dict[str, Any]:
    """The schema nodes by media type in lower case."""
    return {name.lower(): media.get("schema", {}) for name, media in content.items()}


def _schema_of(parameter: dict[str, Any]) -> tuple[str, Any]:
    """The media type of a parameter with `content` (else empty), and its schema."""
    for media_type, media in (parameter.get("content") or {}).items():
        return media_type.lower(), media.get("schema", {})
    return "", parameter.get("schema", {})
