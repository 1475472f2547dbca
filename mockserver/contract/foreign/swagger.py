"""Swagger 2.0 told in the words of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from mockserver.contract.references import follow
from mockserver.errors import SetupError

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_MOVED = {
    "#/definitions/": "#/components/schemas/",
    "#/responses/": "#/components/responses/",
    "#/parameters/": "#/components/parameters/",
}
# What says how a value is written or named, and is no part of its schema.
_AROUND = frozenset(
    {"name", "in", "required", "description", "collectionFormat", "allowEmptyValue", "schema"}
)
_FILE = MappingProxyType({"type": "string", "format": "binary"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_STYLES = {"ssv": "spaceDelimited", "pipes": "pipeDelimited", "tsv": "spaceDelimited"}
_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_SECTIONS = ("info", "tags", "security", "externalDocs")


def lift(document: dict[str, Any]) -> dict[str, Any]:
    """The document as OpenAPI 3.0.3; the one given is used up.

    Parameters and responses are written out where they are used, schemas stay references.
    """
    return _Lift(document).document()


class _Lift:
    def __init__(self, document: dict[str, Any]) -> None:
        self._source = document

    def document(self) -> dict[str, Any]:
        source = self._source
        kept = {key: source[key] for key in _SECTIONS if key in source}
        kept |= {key: value for key, value in source.items() if key.startswith("x-")}
        paths = {key: self._path_item(item) for key, item in _items(source.get("paths"))}
        responses = {k: self._response(v, source) for k, v in _items(source.get("responses"))}
        schemes = {k: _scheme(v) for k, v in _items(source.get("securityDefinitions"))}
        lifted = {
            "openapi": "3.0.3",
            **kept,
            "servers": _servers(source),
            "paths": paths,
            "components": {
                "schemas": dict(_items(source.get("definitions"))),
                "responses": responses,
                "securitySchemes": schemes,
            },
        }
        _reword(lifted)
        return lifted

    def _path_item(self, raw: Any) -> Any:
        item = self._followed(raw)
        if not isinstance(item, dict):
            return raw
        shared = self._parameters(item.get("parameters"))
        lifted = {k: v for k, v in item.items() if k not in {"parameters", *_METHODS}}
        for method in _METHODS:
            if isinstance(item.get(method), dict):
                lifted[method] = self._operation(item[method], shared)
        return lifted

    def _operation(self, node: dict[str, Any], shared: list[dict[str, Any]]) -> dict[str, Any]:
        own = self._parameters(node.get("parameters"))
        merged = {(str(p.get("in")), str(p.get("name"))): p for p in [*shared, *own]}
        if any(p.get("in") == "body" for p in own):  # there is one body, whatever its name
            merged = {k: p for k, p in merged.items() if k[0] != "body" or p in own}
        plain = [p for p in merged.values() if str(p.get("in")) not in {"body", "formData"}]
        lifted = {
            key: value
            for key, value in node.items()
            if key not in {"parameters", "consumes", "produces", "schemes", "responses"}
        }
        lifted["parameters"] = [_parameter(p) for p in plain]
        body = self._body(node, [p for p in merged.values() if p not in plain])
        if body is not None:
            lifted["requestBody"] = body
        if isinstance(node.get("responses"), dict):
            lifted["responses"] = {
                status: self._response(raw, node) for status, raw in node["responses"].items()
            }
        return lifted

    def _parameters(self, raw: Any) -> list[dict[str, Any]]:
        found = [self._followed(each) for each in raw] if isinstance(raw, list) else []
        return [each for each in found if isinstance(each, dict)]

    def _body(self, node: dict[str, Any], sent: list[dict[str, Any]]) -> dict[str, Any] | None:
        if not sent:
            return None
        consumed = _texts(node.get("consumes", self._source.get("consumes")))
        bodies = [p for p in sent if p.get("in") == "body"]
        if bodies:
            body = bodies[-1]
            media = {"schema": body.get("schema", {})}
            names = [n for n in consumed if n.partition(";")[0].strip() not in _FORMS]
            told: dict[str, Any] = {k: body[k] for k in ("description", "x-example") if k in body}
            is_required = body.get("required") is True
            content = {name: dict(media) for name in names or consumed or ["application/json"]}
            return {**told, "required": is_required, "content": content}
        has_file = any(p.get("type") == "file" for p in sent)
        names = [n for n in consumed if n.partition(";")[0].strip() in _FORMS]
        names = names or [_FORMS[1] if has_file else _FORMS[0]]
        return {
            "required": any(p.get("required") is True for p in sent),
            "content": {name: _form(sent) for name in names},
        }

    def _response(self, raw: Any, node: dict[str, Any]) -> Any:
        response = self._followed(raw)
        if not isinstance(response, dict):
            return raw
        lifted = {k: v for k, v in response.items() if k not in {"schema", "examples", "headers"}}
        if isinstance(response.get("headers"), dict):
            lifted["headers"] = {n: _header(h) for n, h in response["headers"].items()}
        examples = response.get("examples") if isinstance(response.get("examples"), dict) else {}
        assert examples is not None
        if "schema" in response:
            produced = _texts(node.get("produces", self._source.get("produces")))
            schema = response["schema"]
            is_file = isinstance(schema, dict) and schema.get("type") == "file"
            default = "application/octet-stream" if is_file else "application/json"
            names = produced or list(examples) or [default]
            schema = dict(_FILE) if is_file else schema
            content: dict[str, Any] = {name: {"schema": schema} for name in names}
            for name in names:
                if name in examples:
                    content[name]["example"] = examples[name]
            lifted["content"] = content
        return lifted

    def _followed(self, node: Any) -> Any:
        try:
            return follow(self._source, node)
        except SetupError:
            return None


def _reword(node: Any) -> None:
    """Point every reference at where its target stands now."""
    if isinstance(node, list):
        for child in node:
            _reword(child)
    elif isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            node["$ref"] = _moved(reference)
        for child in node.values():
            if isinstance(child, dict | list):
                _reword(child)


def _moved(reference: str) -> str:
    for start, moved in _MOVED.items():
        if reference.startswith(start):
            return moved + reference[len(start) :]
    return reference


def _items(node: Any) -> Iterable[tuple[str, Any]]:
    return node.items() if isinstance(node, dict) else ()


def _texts(node: Any) -> list[str]:
    return [each for each in node if isinstance(each, str)] if isinstance(node, list) else []


def _servers(source: dict[str, Any]) -> list[dict[str, str]]:
    base = str(source.get("basePath") or "/")
    base = base if base.startswith("/") else f"/{base}"
    host = source.get("host")
    if not isinstance(host, str) or not host:
        return [{"url": base}]
    return [{"url": f"{s}://{host}{base}"} for s in _texts(source.get("schemes")) or ["https"]]


def _schema(node: dict[str, Any]) -> dict[str, Any]:
    """The schema that is spelled out beside the name of a parameter or header."""
    if isinstance(node.get("schema"), dict):
        return dict(node["schema"])
    if node.get("type") == "file":
        return dict(_FILE)
    schema = {k: v for k, v in node.items() if k not in _AROUND and not k.startswith("x-")}
    return schema | ({"nullable": True} if node.get("x-nullable") is True else {})


def _parameter(node: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "in", "description", "allowEmptyValue")
    lifted: dict[str, Any] = {k: node[k] for k in kept if k in node}
    lifted |= {k: v for k, v in node.items() if k.startswith("x-")}
    lifted["required"] = node.get("required") is True or node.get("in") == "path"
    lifted["schema"] = _schema(node)
    return lifted | _style(node)


def _style(node: dict[str, Any]) -> dict[str, Any]:
    """`collectionFormat` as style; without one, a list is separated by commas."""
    if node.get("type") != "array":
        return {}
    if node.get("collectionFormat") == "multi":
        return {"style": "form", "explode": True}
    plain = "form" if str(node.get("in")) in {"query", "formData"} else "simple"
    return {"style": _STYLES.get(str(node.get("collectionFormat")), plain), "explode": False}


def _form(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The media type object of a form."""
    sent = [field for field in fields if field.get("in") == "formData"]
    named = {str(field.get("name", "")): field for field in sent}
    properties = {name: _schema(f) | _told(f) for name, f in named.items()}
    required = [name for name, field in named.items() if field.get("required") is True]
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    styles = {name: _style(field) for name, field in named.items()}
    encoding = {name: style for name, style in styles.items() if style}
    return {"schema": schema} | ({"encoding": encoding} if encoding else {})


def _header(node: Any) -> Any:
    return {**_told(node), "schema": _schema(node)} if isinstance(node, dict) else {}


def _told(node: dict[str, Any]) -> dict[str, Any]:
    return {"description": node["description"]} if "description" in node else {}


def _scheme(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    kind = node.get("type")
    if kind == "basic":
        return {**{k: v for k, v in node.items() if k != "type"}, "type": "http", "scheme": "basic"}
    if kind != "oauth2":
        return node
    urls = {k: node[k] for k in ("authorizationUrl", "tokenUrl") if k in node}
    flow = _FLOWS.get(str(node.get("flow")), str(node.get("flow", "implicit")))
    kept = {k: v for k, v in node.items() if k == "description" or k.startswith("x-")}
    return {**kept, "type": "oauth2", "flows": {flow: {**urls, "scopes": node.get("scopes", {})}}}
