"""A document: read from a file, with its references followed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mockserver.contract.document import DEEPEST, is_deep

Json = Any
# libyaml where it is there; the rest is the same.
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_REFERENCES = 100


class ContractError(ValueError):
    """A document that cannot be judged; the message says what to change."""


class _Loader(_BASE):  # type: ignore[misc]
    """YAML as JSON knows it: dates stay text, and so do `yes`, `no`, `on` and `off`."""


_ELSEWHERE = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in _ELSEWHERE]
    for first, pairs in _BASE.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_yaml(path: Path, flag: str) -> Json:
    """The value in a YAML or JSON file; ContractError names the flag that led to it."""
    try:
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            return json.loads(text)
        if is_deep(text):
            raise ValueError(f"it is nested more than {DEEPEST} levels deep.")
        return yaml.load(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise ContractError(f"{flag} {path} cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document; `root` is its JSON value."""

    path: Path
    root: dict[str, Json]

    @property
    def version(self) -> str:
        """Its OpenAPI version, such as `3.0.3`."""
        return str(self.root["openapi"])

    def resolve(self, value: Json) -> Json:
        """What a value refers to, or the value itself; ContractError for a reference to nothing."""
        for _ in range(_MOST_REFERENCES):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self._at(value["$ref"])
        raise ContractError(f"{self.path}: a reference leads to itself: {value['$ref']}")

    def _at(self, reference: str) -> Json:
        if not reference.startswith("#/"):
            raise ContractError(
                f"{self.path}: the reference {reference!r} leads out of the document. "
                "Bundle it into one file first."
            )
        found: Json = self.root
        for part in reference[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            try:
                found = found[int(name)] if isinstance(found, list) else found[name]
            except (KeyError, ValueError, IndexError, TypeError) as error:
                raise ContractError(f"{self.path}: nothing is at {reference!r}.") from error
        return found


def read_document(path: Path, flag: str = "--spec") -> Document:
    """The document in a file; ContractError when it is no OpenAPI 3 document."""
    root = read_yaml(path, flag)
    if not isinstance(root, dict) or not isinstance(root.get("paths"), dict):
        raise ContractError(f"{flag} {path} is not an OpenAPI document: it has no 'paths'.")
    if not str(root.get("openapi", "")).startswith("3."):
        raise ContractError(
            f"{flag} {path} says openapi: {root.get('openapi', root.get('swagger'))!r}; "
            "documents of version 3 can be judged. Convert it first."
        )
    return Document(path, root)
