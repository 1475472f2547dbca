"""A document that nobody here wrote, made canonical: read, bundled, lifted, mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mockserver.contract.foreign.bundling import Bundle, source_of
from mockserver.contract.foreign.notes import DocumentWarning, Notes, Where
from mockserver.contract.foreign.paths import PathMender
from mockserver.contract.foreign.responses import ContentMender
from mockserver.contract.foreign.schemas import SchemaMender
from mockserver.contract.foreign.sources import Source, named, uri_of
from mockserver.contract.foreign.swagger import lift
from mockserver.contract.model import METHODS
from mockserver.contract.schemas import Dialect
from mockserver.errors import SetupError


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it is served.

    `document` is canonical: OpenAPI 3.0.x or 3.1.x in plain data, every `$ref` a pointer into it
    that leads somewhere, every part of the form that the specification gives it. `text` is the
    source as it was read, `origin` where from, `version` what it calls itself (`2.0`, `3.1.0`).
    """

    document: dict[str, Any]
    text: str
    origin: str
    version: str
    warnings: tuple[DocumentWarning, ...]

    @property
    def dialect(self) -> Dialect:
        """What the schemas mean."""
        return "3.1" if str(self.document["openapi"]).startswith("3.1") else "3.0"


def load_foreign(location: str) -> Loaded:
    """The document in a file or at a URL, in YAML or JSON, of Swagger 2.0 or OpenAPI 3.

    What it refers to is fetched and bundled. Defects are mended and told in `warnings`; SetupError
    only where nothing is left to serve: it cannot be read, is no such document, or has no
    operation.
    """
    uri = uri_of(location)
    source = source_of(uri)
    version = _version(source)
    notes = Notes()
    try:
        document = _canonical(source, version, notes)
    except RecursionError as error:
        raise SetupError(f"{named(uri)} is nested too deep to be read.") from error
    return Loaded(document, source.text, location, version, tuple(notes.found.values()))


def _version(source: Source) -> str:
    """What the document calls itself; SetupError when it is of no version that is read."""
    said = str(source.data.get("openapi", source.data.get("swagger", "")))
    if re.match(r"2(\.0)?$|3\.[012](\.|$|-)", said):
        return said
    has = f"says {said}" if said else "says neither 'openapi' nor 'swagger'"
    raise SetupError(
        f"{named(source.uri)} {has}; Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read."
    )


def _canonical(source: Source, version: str, notes: Notes) -> dict[str, Any]:
    for line, key in source.doubled:
        problem = f"the key {key!r} is given twice (line {line})"
        notes.add("doubled-key", Where() / f"line {line}", problem, "the last one counts")
    bundle = Bundle(source, notes)
    bundle.resolve()
    document = bundle.document
    if version.startswith("2"):
        document = lift(document)
    else:
        document["openapi"] = _written(version)
    _frame(document)
    dialect: Dialect = "3.1" if document["openapi"].startswith("3.1") else "3.0"
    schemas = SchemaMender(document, dialect, notes)
    content = ContentMender(document, schemas, notes)
    PathMender(document, schemas, content, notes).mend()
    _components(document, schemas, content)
    _refuse_empty(document, source.uri)
    if document.get("webhooks"):
        problem = f"{len(document['webhooks'])} webhooks are declared"
        notes.add("webhooks", Where() / "webhooks", problem, "not sent")
    return document


def _written(version: str) -> str:
    """The canonical version: 3.2 is read as 3.1."""
    if re.fullmatch(r"3\.[01]\.\d+", version):
        return version
    return "3.0.3" if version.startswith("3.0") else "3.1.1"


def _frame(document: dict[str, Any]) -> None:
    """Give the outermost parts the form they must have."""
    info = document.get("info")
    document["info"] = info if isinstance(info, dict) else {}
    for name in ("title", "version"):
        document["info"][name] = str(document["info"].get(name) or "")
    components = document.get("components")
    document["components"] = components if isinstance(components, dict) else {}
    for name, section in list(document["components"].items()):
        if not isinstance(section, dict):
            del document["components"][name]
    servers = document.get("servers")
    document["servers"] = [
        {**server, "url": str(server.get("url") or "/")}
        for server in (servers if isinstance(servers, list) else [])
        if isinstance(server, dict)
    ] or [{"url": "/"}]
    if not isinstance(document.get("webhooks", {}), dict):
        del document["webhooks"]


def _components(document: dict[str, Any], schemas: SchemaMender, content: ContentMender) -> None:
    """Mend what no operation refers to as well: a document is read as a whole."""
    components, where = document["components"], Where() / "components"
    for name, node in list(components.get("schemas", {}).items()):
        components["schemas"][name] = schemas.mended(node, where / "schemas" / name)
    for name, node in list(components.get("responses", {}).items()):
        components["responses"][name] = content.response(node, where / "responses" / name)


def _refuse_empty(document: dict[str, Any], uri: str) -> None:
    count = sum(method in item for item in document["paths"].values() for method in METHODS)
    if count:
        return
    hooks = document.get("webhooks")
    besides = f" (its {len(hooks)} webhooks are not served)" if hooks else ""
    raise SetupError(f"{named(uri)} has no operations under 'paths'{besides}: nothing to serve.")
