"""Bodies, responses and headers of a foreign document: what has content, mended in place."""

from __future__ import annotations

import re
from typing import Any

from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.foreign.schemas import SchemaMender
from mockserver.contract.references import follow

_STATUS = re.compile(r"[1-5][0-9][0-9]|[1-5]XX|default")
_WITHOUT_CONTENT = re.compile(r"1..|204|205|304")
_MEDIA_TYPE = re.compile(r"[^\s/;]+/[^\s/;]+|\*")


class ContentMender:
    """Mends whatever carries schemas under media types, and the headers beside them."""

    def __init__(self, document: dict[str, Any], schemas: SchemaMender, notes: Notes) -> None:
        self._document = document
        self._schemas = schemas
        self._notes = notes
        self._seen: dict[int, Any] = {}

    def body(self, node: Any, where: Where) -> Any:
        """The request body, or None where it says nothing."""
        target = follow(self._document, node)
        if not isinstance(target, dict) or not isinstance(target.get("content"), dict | None):
            self._notes.wrong(where, target, "an object with 'content'", what="body")
            return None
        if not target.get("content"):
            if target:
                self._notes.add("no-content", where, "the body has no content", "ignored")
            return None
        if self._is_new(target):
            self._required(target, where)
            self._content(target, where)
        return node if target.get("content") else None

    def responses(self, operation: dict[str, Any], where: Where) -> None:
        """The responses of an operation, at least one of them."""
        raw = operation.get("responses")
        found: dict[str, Any] = {}
        for status, node in raw.items() if isinstance(raw, dict) else ():
            name = str(status).strip()
            name = name.upper() if name[1:].lower() == "xx" else name.lower()
            if _STATUS.fullmatch(name):
                found[name] = self.response(node, where / "responses" / status, name)
            elif not name.startswith("x-"):
                problem = f"{status} is no status, range such as 4XX, or 'default'"
                self._notes.add("bad-status", where / "responses" / status, problem, "ignored")
        if not found:
            problem = "the operation declares no response"
            remedy = "any status may be answered, without content"
            self._notes.add("no-responses", where, problem, remedy)
            found = {"default": {"description": ""}}
        operation["responses"] = found

    def response(self, node: Any, where: Where, status: str = "default") -> Any:
        """One response."""
        target = follow(self._document, node)
        if not isinstance(target, dict):
            self._notes.wrong(
                where, target, "a response", "read as one without content", "response"
            )
            return {"description": ""}
        if self._is_new(target):
            target.setdefault("description", "")
            self._content(target, where)
            self._headers(target, where)
        if target.get("content") and _WITHOUT_CONTENT.fullmatch(status):
            problem = f"{status} is never sent with content"
            self._notes.add("content-forbidden", where, problem, "its content is ignored")
            return {key: value for key, value in target.items() if key != "content"}
        return node

    def header(self, node: Any, where: Where) -> Any:
        """A header, or a parameter: what has a schema or content."""
        target = follow(self._document, node)
        if not isinstance(target, dict):
            self._notes.wrong(where, target, "an object", "read as any text", "header")
            return {"schema": {}}
        if self._is_new(target):
            self._required(target, where)
            self._described(target, where)
        return node

    def _is_new(self, node: dict[str, Any]) -> bool:
        if id(node) in self._seen:
            return False
        self._seen[id(node)] = node
        return True

    def _required(self, node: dict[str, Any], where: Where) -> None:
        value = node.get("required", False)
        if not isinstance(value, bool):
            node["required"] = str(value).lower() == "true"
            remedy = f"read as {node['required']}".lower()
            self._notes.wrong(where / "required", value, "true or false", remedy)

    def _headers(self, response: dict[str, Any], where: Where) -> None:
        headers = response.get("headers", {})
        if not isinstance(headers, dict):
            self._notes.wrong(where / "headers", response.pop("headers"), "an object of headers")
            return
        for name in list(headers):
            if name.lower() == "content-type":  # its media types say it (OpenAPI 3.0.3, 4.7.17.1)
                del headers[name]
            else:
                headers[name] = self.header(headers[name], where / "headers" / name)

    def _described(self, node: dict[str, Any], where: Where) -> None:
        """The schema of a parameter or header, or its content."""
        if "content" in node and "schema" not in node:
            self._content(node, where)
            if node.get("content"):
                return
        node.pop("content", None)
        node["schema"] = self._schema(node, where)
        self._examples(node, where)

    def _content(self, node: dict[str, Any], where: Where) -> None:
        content = node.get("content", {})
        here = where / "content"
        content = follow(self._document, content)
        if not isinstance(content, dict):
            self._notes.wrong(here, node.pop("content"), "an object of media types")
            return
        if "content" in node:
            kept = {n: m for n, m in content.items() if self._is_media_type(n, here)}
            node["content"] = {n: self._media(m, here / n) for n, m in kept.items()}

    def _is_media_type(self, name: str, where: Where) -> bool:
        if name.startswith("x-") or name == "$ref":
            return False
        if _MEDIA_TYPE.match(name) or name == "*":
            return True
        self._notes.add("bad-media-type", where / name, f"{name!r} is no media type", "ignored")
        return False

    def _media(self, node: Any, where: Where) -> dict[str, Any]:
        target = follow(self._document, node)
        if not isinstance(target, dict):
            if target is not None:
                self._notes.wrong(
                    where, target, "a media type object", "read as any content", "media-type"
                )
            target = {}
        if "schema" in target:
            target["schema"] = self._schema(target, where)
        if "encoding" in target and not isinstance(target["encoding"], dict):
            self._notes.wrong(where / "encoding", target.pop("encoding"), "an object")
        self._examples(target, where)
        return target

    def _schema(self, node: dict[str, Any], where: Where) -> Any:
        return self._schemas.mended(node.get("schema", {}), where / "schema")

    def _examples(self, node: dict[str, Any], where: Where) -> None:
        """Named examples, without those that are none."""
        examples = node.get("examples")
        if examples is None:
            node.pop("examples", None)
            return
        if isinstance(examples, list):  # as JSON Schema writes them
            examples = {str(at): {"value": value} for at, value in enumerate(examples)}
            remedy = "each is an example named by its number"
            self._notes.wrong(where / "examples", node["examples"], "an object", remedy)
        if not isinstance(examples, dict):
            self._notes.wrong(where / "examples", node.pop("examples"), "an object of examples")
            return
        node["examples"] = {
            name: example if isinstance(example, dict) else {"value": example}
            for name, example in examples.items()
        }
