"""One document out of many: references to files, URLs, `$id`s and anchors become local pointers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.foreign.sources import Source, named, read_source
from mockserver.contract.places import escaped
from mockserver.contract.references import point
from mockserver.errors import SetupError

MOVED = "x-moved"
"""Under this key stand parts of `paths` that something else refers to."""

BUNDLED = "x-bundled"
"""Under this key of the document stand the other files that it refers to, each as a whole."""

_MOST_FILES = 1000
# Keywords below which a `$ref` is a value like any other, unless they are names of properties.
_VALUES = frozenset({"example", "default", "enum", "const", "value"})
_NAMES = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas",
     "responses", "parameters", "requestBodies", "headers", "callbacks", "securitySchemes",
     "paths", "webhooks", "pathItems", "links"}
)  # fmt: skip
_NESTED = ("$defs", "definitions")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A node with a reference; `base` is what it is relative to, `nests` what it stands within."""

    owner: dict[str, Any]
    key: str
    where: Where
    base: str
    nests: tuple[str, ...]


class Bundle:
    """The documents met so far: each has a place in the one document that comes of them."""

    def __init__(self, root: Source, notes: Notes) -> None:
        self.document: dict[str, Any] = root.data
        self._notes = notes
        self._places: dict[str, str] = {root.uri: ""}
        self._bases: dict[str, str] = {}
        self._anchors: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._checked: dict[str, str | None] = {}
        self._walked: set[int] = set()
        self._references: list[_Reference] = list(self._walk(root.data, Where(), root.uri, ()))

    def resolve(self) -> None:
        """Make every reference a pointer into the document; what leads nowhere is taken out."""
        at = 0
        while at < len(self._references):  # reading another file adds to them
            self._local(self._references[at])
            at += 1
        for reference in self._references:
            self._check(reference)

    def _walk(self, node: Any, where: Where, base: str, nests: tuple[str, ...], names: bool = False
              ) -> Iterator[_Reference]:  # fmt: skip
        """Every reference below a node; `names`: the keys of the node are no keywords."""
        if isinstance(node, list):
            for index, child in enumerate(node):
                if isinstance(child, dict | list):
                    yield from self._walk(child, where / index, base, nests)
            return
        if id(node) in self._walked:
            return  # an alias of YAML: the very same node
        self._walked.add(id(node))
        if not names:
            base, nests = self._scope(node, where, base, nests)
            yield from _own(node, where, base, nests)
        for key, child in node.items():
            if not isinstance(child, dict | list):
                continue
            if not names and (key in _VALUES or key.startswith("x-")):
                continue
            if not names and key == "examples":
                yield from _examples(child, where / key, base, nests)
                continue
            yield from self._walk(child, where / key, base, nests, not names and key in _NAMES)

    def _scope(
        self, node: dict[str, Any], where: Where, base: str, nests: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]]:
        """What a `$id` makes references relative to, and the schemas around that have `$defs`."""
        identifier = node.get("$id")
        if isinstance(identifier, str) and identifier:
            base = urldefrag(urljoin(base, identifier))[0]
            self._bases.setdefault(base, where.pointer)
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(node.get(keyword), str):
                self._anchors.setdefault(f"{base}#{node[keyword]}", where.pointer)
        if where.parent and any(isinstance(node.get(name), dict) for name in _NESTED):
            nests = (*nests, where.pointer)
        return base, nests

    def _local(self, reference: _Reference) -> None:
        """Rewrite a reference as `#/…`; what cannot be read is left for the check to take out."""
        text = reference.owner[reference.key]
        if not isinstance(text, str):
            return
        is_here = not self._places.get(reference.base, "-")
        if is_here and text.startswith("#/") and (not reference.nests or self._leads(text[1:])):
            return
        pointer = self._found(text, reference)
        if pointer is not None:
            reference.owner[reference.key] = "#" + pointer

    def _found(self, text: str, reference: _Reference) -> str | None:
        """The pointer that a reference means; None when what it names cannot be read."""
        uri, fragment = urldefrag(_joined(reference.base, text))
        if f"{uri}#{fragment}" in self._anchors:
            return self._anchors[f"{uri}#{fragment}"]
        by_name = self._by_name(text)
        if by_name is not None:
            return by_name
        start = self._start(uri)
        if start is None:
            self._reasons[text] = self._unread[uri]
            return None
        return self._pointer(start, fragment, reference)

    def _start(self, uri: str) -> str | None:
        """Where the document of a URI stands; None when there is none."""
        if uri in self._bases:
            return self._bases[uri]
        if uri not in self._places and uri not in self._unread:
            self._read(uri)
        return self._places.get(uri)

    def _read(self, uri: str) -> None:
        try:
            if len(self._places) >= _MOST_FILES:
                raise SetupError(f"More than {_MOST_FILES} files are referred to.")
            if urlsplit(uri).scheme not in {"file", "http", "https"}:
                raise SetupError(f"{uri} is no file and no web address.")
            if urlsplit(uri).scheme == "file" and not self._may_read_files():
                raise SetupError(f"{uri} is a file here, and the document came from elsewhere.")
            data = read_source(uri).data
        except SetupError as error:
            self._unread[uri] = error.message
            return
        others = self.document.setdefault(BUNDLED, {})
        name = _free(others, PurePosixPath(unquote(urlsplit(uri).path)).stem or "document")
        others[name] = data
        self._places[uri] = f"/{BUNDLED}/{escaped(name)}"
        where = Where() / BUNDLED / name
        if isinstance(data, dict | list):
            self._references.extend(self._walk(data, where, uri, ()))

    def _may_read_files(self) -> bool:
        return urlsplit(next(iter(self._places))).scheme == "file"

    def _pointer(self, start: str, fragment: str, reference: _Reference) -> str:
        """The pointer to a part; `#/$defs/x` also means that of a schema around the reference."""
        fragment = fragment if not fragment or fragment.startswith("/") else f"/{fragment}"
        pointer = start + fragment
        if self._leads(pointer) or not fragment.startswith(("/$defs/", "/definitions/")):
            return pointer
        around = (nest + fragment for nest in reversed(reference.nests))
        return next((found for found in around if self._leads(found)), pointer)

    def _by_name(self, text: str) -> str | None:
        """`$ref: Pet`, as documents before OpenAPI wrote it."""
        options = (f"/components/schemas/{escaped(text)}", f"/definitions/{escaped(text)}")
        return next((pointer for pointer in options if self._leads(pointer)), None)

    def _leads(self, pointer: str) -> bool:
        try:
            point(self.document, f"#{pointer}")
        except SetupError:
            return False
        return True

    def _check(self, reference: _Reference) -> None:
        text = reference.owner.get(reference.key)
        if text is None or reference.key != "$ref":
            return
        reason = self._flaw(text)
        if reason:
            del reference.owner["$ref"]
            self._notes.add("dangling-ref", reference.where, reason, "read as an empty object")
        elif text.startswith("#/paths/"):
            reference.owner["$ref"] = self._moved(text)

    def _moved(self, text: str) -> str:
        """Another name for a part of `paths`, which may be laid out anew."""
        name = unquote(text[8:]).replace("~1", ".").replace("/", ".").strip(".")
        self.document.setdefault(MOVED, {}).setdefault(name, point(self.document, text))
        return f"#/{MOVED}/{escaped(name)}"

    def _flaw(self, text: Any) -> str | None:
        """Why a reference cannot be followed; None when it can."""
        if not isinstance(text, str):
            return f"$ref is {text!r}, not a text"
        if text not in self._checked:
            self._checked[text] = self._unfollowed(text)
        return self._checked[text]

    def _unfollowed(self, text: str) -> str | None:
        seen: set[str] = set()
        node: Any = {"$ref": text}
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = node["$ref"]
            if target in seen:
                return f"$ref {text} leads back to itself"
            seen.add(target)
            try:
                node = point(self.document, target)
            except SetupError:
                reason = self._reasons.get(target, "").rstrip(".")
                return f"$ref {text} leads nowhere" + (f": {reason}" if reason else "")
        return None


def _own(
    node: dict[str, Any], where: Where, base: str, nests: tuple[str, ...]
) -> Iterator[_Reference]:
    """The references that a node itself holds."""
    if "$ref" in node and not isinstance(node["$ref"], dict):
        yield _Reference(node, "$ref", where, base, nests)
    if isinstance(node.get("$dynamicRef"), str):
        yield _Reference(node, "$dynamicRef", where, base, nests)
    tags = node.get("discriminator")
    mapping = tags.get("mapping") if isinstance(tags, dict) else None
    if not isinstance(mapping, dict):
        return
    for tag, target in mapping.items():
        if isinstance(target, str) and re.search(r"[#/]|\.(ya?ml|json)$", target):
            yield _Reference(mapping, tag, where / "discriminator" / "mapping", base, nests)


def _examples(node: Any, where: Where, base: str, nests: tuple[str, ...]) -> Iterator[_Reference]:
    """Named examples may be references; what they hold is data."""
    for name, example in node.items() if isinstance(node, dict) else ():
        if isinstance(example, dict) and isinstance(example.get("$ref"), str):
            yield _Reference(example, "$ref", where / name, base, nests)


def _joined(base: str, text: str) -> str:
    """The URI a reference means; spaces and the like in it are encoded as in a URL."""
    try:
        return urljoin(base, quote(text, safe="%/:=&?~#+!$,;'@()*[]{}|^\"<>`\\"))
    except ValueError:
        return text


def _free(taken: dict[str, Any], name: str) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def source_of(uri: str) -> Source:
    """The document that everything begins with; SetupError when it is no mapping."""
    source = read_source(uri)
    if not isinstance(source.data, dict):
        raise SetupError(
            f"{named(uri)} holds no mapping at its top level: is it an OpenAPI document?"
        )
    return source
