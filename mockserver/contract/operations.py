"""From a document to a contract: every operation read once, every schema compiled once."""

from __future__ import annotations

from typing import Any

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
from mockserver.contract.schemas import SchemaCompiler, Validator
from mockserver.errors import SetupError

_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def build_contract(document: dict[str, Any], source: str) -> Contract:
    """Read all operations; SetupError says which one cannot be read and why."""
    version = str(document.get("openapi", ""))
    if not version.startswith("3.0."):
        raise SetupError(f"Only OpenAPI 3.0 is served; this document says {version or 'nothing'}.")
    info = document.get("info") or {}
    reader = _Reader(document)
    operations = tuple(reader.operations())
    if not operations:
        raise SetupError("The document has no operations under 'paths'.")
    return Contract(
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        operations=operations,
        document=document,
        source=source,
    )


class _Reader:
    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._compiler = SchemaCompiler(document)

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
        merged: dict[tuple[str, str], Parameter] = {}
        for raw in [*item.get("parameters", []), *node.get("parameters", [])]:
            declared = follow(self._document, raw)
            merged[(declared["in"], declared["name"])] = self._parameter(declared)
        return tuple(merged.values())

    def _parameter(self, node: dict[str, Any]) -> Parameter:
        schema = follow(self._document, node.get("schema", {}))
        default_style = "form" if node["in"] in {"query", "cookie"} else "simple"
        style = node.get("style", default_style)
        return Parameter(
            name=node["name"],
            location=node["in"],
            required=bool(node.get("required")),
            types=self._types(schema),
            validator=self._compiler.compile(node.get("schema", {}), "request"),
            default=schema.get("default"),
            has_default="default" in schema,
            item_types=self._types(follow(self._document, schema.get("items", {}))),
            explode=bool(node.get("explode", style == "form")),
            separator=_SEPARATORS.get(style, ","),
        )

    def _types(self, schema: Any) -> frozenset[str]:
        """Every JSON type that the schema lets through; empty when it names none."""
        schema = follow(self._document, schema)
        if "type" in schema:
            return frozenset({schema["type"]})
        branches = [b for key in ("anyOf", "oneOf", "allOf") for b in schema.get(key, [])]
        return frozenset(t for branch in branches for t in self._types(branch))

    def _body(self, raw: Any) -> BodyRule | None:
        if raw is None:
            return None
        node = follow(self._document, raw)
        return BodyRule(bool(node.get("required")), self._content(node, "request"))

    def _response(self, status: str, raw: Any) -> ResponseRule:
        node = follow(self._document, raw)
        headers = {name: follow(self._document, h) for name, h in node.get("headers", {}).items()}
        required = tuple(name for name, header in headers.items() if header.get("required"))
        return ResponseRule(status, frozenset(headers), required, self._content(node, "response"))

    def _content(self, node: dict[str, Any], direction: Any) -> dict[str, Validator]:
        return {
            media_type.lower(): self._compiler.compile(content.get("schema", {}), direction)
            for media_type, content in (node.get("content") or {}).items()
        }

    def _security(self, requirements: Any) -> tuple[Alternative, ...]:
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
