"""Reading a document from YAML or JSON into plain data, exactly as written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from mockserver.errors import SetupError

DEEPEST = 500
"""How many levels of nesting are read."""


class _PlainLoader(yaml.CSafeLoader):
    """YAML without dates: `2026-02-01` is text, as it is in JSON. Keys are text as well."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: _PlainLoader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is given twice", key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_PlainLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_document(path: Path) -> str:
    """The text of the file; SetupError names the path when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SetupError(f"{path} is not UTF-8 text (byte {error.start}).") from error


def is_deep(text: str) -> bool:
    """Whether YAML is nested so deep that libyaml, which recurses, would end the process."""
    indented = max((len(found) for found in re.findall(r"(?m)^[ \-?]+", text)), default=0)
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    if indented + deepest <= DEEPEST:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    except yaml.YAMLError:
        return False
    return False


def load_document(text: str, origin: str) -> dict[str, Any]:
    """Parse YAML or JSON text into a mapping with text keys.

    `origin` names the text in errors. Dates stay text, a key given twice is an error.
    """
    if is_deep(text):
        raise SetupError(f"{origin} cannot be read: it is nested more than {DEEPEST} levels deep.")
    try:
        document = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 (derived from the safe one)
    except yaml.MarkedYAMLError as error:
        where = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SetupError(f"{origin}{where} is not valid YAML: {error.problem}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SetupError(f"{origin} is not valid YAML: {error}.") from error
    if not isinstance(document, dict):
        raise SetupError(f"{origin} holds no mapping at its top level.")
    return document
