"""Paths and operations of a foreign document, mended until each can be found and called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.foreign.responses import ContentMender
from mockserver.contract.foreign.schemas import SchemaMender
from mockserver.contract.foreign.security import SecurityMender
from mockserver.contract.model import LOCATIONS, METHODS
from mockserver.contract.references import follow
from mockserver.contract.templates import names_in

_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
# Header parameters that mean nothing (OpenAPI 3.0.3, 4.7.12.2): other parts of the document say it.
_UNMEANT = frozenset({"accept", "content-type", "authorization"})


class PathMender:
    """Rewrites `paths`: every item spelled out, every operation with a name of its own."""

    def __init__(
        self,
        document: dict[str, Any],
        schemas: SchemaMender,
        content: ContentMender,
        notes: Notes,
    ) -> None:
        self._document = document
        self._schemas = schemas
        self._content = content
        self._security = SecurityMender(document, notes)
        self._notes = notes
        self._taken: dict[tuple[str, str], str] = {}
        self._ids: set[str] = set()

    def mend(self) -> None:
        """Mend all paths; what two of them claim belongs to the first."""
        self._security.mend()
        raw = self._document.get("paths")
        mended: dict[str, Any] = {}
        for key, node in list(raw.items()) if isinstance(raw, dict) else ():
            if key.startswith("x-"):
                continue
            item = self._item(key, node, Where() / "paths" / key)
            for path, part in self._placed(key, item):
                mended.setdefault(path, {}).update(part)
        self._document["paths"] = mended

    def _item(self, key: str, node: Any, where: Where) -> dict[str, Any]:
        """The path item with everything it refers to written out."""
        target = follow(self._document, node)
        if not isinstance(target, dict):
            if target is not None:
                self._notes.wrong(where, target, "a path item", what="path-item")
            return {"parameters": []}
        item = {k: v for k, v in target.items() if k != "$ref"}
        if target is not node:
            item |= {k: v for k, v in node.items() if k != "$ref"}
        item["parameters"] = self._parameters(item.get("parameters"), where)
        for method in [m for m in item if m.lower() in METHODS]:
            operation = item.pop(method)
            if isinstance(operation, dict):
                item[method.lower()] = self._operation(dict(operation), item, key, method, where)
            elif operation is not None:
                self._notes.wrong(where / method, operation, "an operation")
        for name in ("query", "additionalOperations"):
            if name in item:
                del item[name]
                problem = f"'{name}' declares operations of other methods (OpenAPI 3.2)"
                self._notes.add("other-methods", where, problem, "ignored")
        return item

    def _placed(self, key: str, item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Where the operations of an item are served.

        What is told apart by `?` or `#` alone stands under the plain path, as long as that is free
        for the method, else under the path as it is written (`/a#b` is asked for as `/a%23b`).
        """
        where = Where() / "paths" / key
        plain = re.split(r"[?#]", key, maxsplit=1)[0]
        plain = plain if plain.startswith("/") else f"/{plain}"
        if plain != key:
            problem = "a path begins with a slash and has no '?' or '#'"
            self._notes.add("path-variant", where, problem, f"served as {plain} if that is free")
        methods = {method: item.pop(method) for method in METHODS if method in item}
        if plain != key:
            _share_parameters(item, methods.values())
        for method, operation in methods.items():
            path = plain if (_shape(plain), method) not in self._taken else f"/{key.lstrip('/')}"
            owner = self._taken.setdefault((_shape(path), method), key)
            if owner == key:
                yield path, {**item, method: operation}
            else:
                problem = f"{method.upper()} cannot be told apart from that of {owner}"
                self._notes.add("same-path", where / method, problem, "left out")

    def _operation(
        self, node: dict[str, Any], item: dict[str, Any], key: str, method: str, where: Where
    ) -> dict[str, Any]:
        here = where / method
        node["operationId"] = self._id(node.get("operationId"), key, method.lower(), here)
        tags = node.get("tags")
        if tags is not None and not isinstance(tags, list):
            self._notes.wrong(here / "tags", tags, "a list of texts")
            node["tags"] = [str(tags)]
        node["parameters"] = self._parameters(node.get("parameters"), here)
        self._path_parameters(node, item, key, here)
        body = node.pop("requestBody", None)
        body = None if body is None else self._content.body(body, here / "requestBody")
        if body is not None:
            node["requestBody"] = body
        self._content.responses(node, here)
        self._security.requirements(node, here)
        return node

    def _id(self, given: Any, key: str, method: str, where: Where) -> str:
        """An operationId that no other operation has."""
        name = str(given).strip() if isinstance(given, str | int) else ""
        if not name:
            name = _named(method, key)
            self._notes.add("no-operation-id", where, "there is no operationId", f"named {name}")
        unique, number = name, 2
        while unique in self._ids:
            unique, number = f"{name}_{number}", number + 1
        if unique != name and given:
            problem = f"the operationId {name} is given twice"
            self._notes.add("same-operation-id", where, problem, f"named {unique}")
        self._ids.add(unique)
        return unique

    def _parameters(self, raw: Any, where: Where) -> list[Any]:
        here = where / "parameters"
        if isinstance(raw, dict):
            raw = [{"name": n, **p} for n, p in raw.items() if isinstance(p, dict)]
            self._notes.wrong(here, "an object", "a list", "its members are the parameters")
        if raw is not None and not isinstance(raw, list):
            self._notes.wrong(here, raw, "a list of parameters")
        listed = raw if isinstance(raw, list) else []
        return [node for at, node in enumerate(listed) if self._parameter(node, here / at)]

    def _parameter(self, node: Any, where: Where) -> bool:
        """Mend a parameter; whether it can be used."""
        target = follow(self._document, node)
        place = target.get("in") if isinstance(target, dict) else None
        if place not in LOCATIONS or not isinstance(target.get("name"), str | int):
            expected = "a parameter with 'name' and 'in'"
            self._notes.wrong(where, target, expected, what="parameter")
            return False
        target["name"] = str(target["name"])
        if place == "header" and target["name"].lower() in _UNMEANT:
            problem = f"the header {target['name']} is no parameter in OpenAPI"
            self._notes.add("unmeant-header", where, problem, "ignored")
            return False
        self._content.header(target, where)
        style = target.get("style")
        if style is not None and style not in _STYLES[place]:
            expected = f"one of {', '.join(_STYLES[place])} in a {place}"
            self._notes.wrong(where / "style", target.pop("style"), expected)
        if place == "path" and target.get("required") is not True:
            target["required"] = True
        return True

    def _path_parameters(
        self, node: dict[str, Any], item: dict[str, Any], key: str, where: Where
    ) -> None:
        """Every name of the path has a parameter, and no parameter is of another path."""
        names = names_in(key)
        declared = {
            p["name"]
            for p in self._followed([*item["parameters"], *node["parameters"]])
            if p["in"] == "path"
        }
        for name in dict.fromkeys(names):
            if name not in declared:
                problem = f"the path parameter {name} is not declared"
                self._notes.add("undeclared-parameter", where, problem, "any text is taken")
                node["parameters"].append(
                    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                )
        for owner in (item, node):
            strange = [p for p in self._followed(owner["parameters"])
                       if p["in"] == "path" and p["name"] not in names]  # fmt: skip
            for parameter in strange:
                problem = f"{parameter['name']} is no part of the path"
                self._notes.add("strange-parameter", where, problem, "ignored")
            owner["parameters"] = [
                p for p in owner["parameters"] if follow(self._document, p) not in strange
            ]

    def _followed(self, nodes: list[Any]) -> Iterator[dict[str, Any]]:
        for node in nodes:
            yield follow(self._document, node)


def _shape(path: str) -> str:
    """A path without the names of its parameters: what two that meet have in common."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _share_parameters(item: dict[str, Any], operations: Iterable[dict[str, Any]]) -> None:
    """Give every operation the parameters of its item, so that it can stand in another one."""
    shared, item["parameters"] = item["parameters"], []
    for operation in operations:
        operation["parameters"] = [*shared, *operation["parameters"]]


def _named(method: str, key: str) -> str:
    """A name for an operation: `get /pets/{petId}` → `getPetsByPetId`."""
    words = re.findall(r"\{[^{}]*\}|[A-Za-z0-9]+", key)
    plain = [re.sub(r"[^A-Za-z0-9]", "", word) for word in words]
    starts = ["By" if word.startswith("{") else "" for word in words]
    joined = (s + w[:1].upper() + w[1:] for s, w in zip(starts, plain, strict=True))
    return method + ("".join(joined) or "Root")
