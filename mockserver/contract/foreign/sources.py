"""The text of a document from a file or a URL, and the plain data it spells."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
import yaml

from mockserver.contract.document import DEEPEST, is_deep
from mockserver.errors import SetupError

_LARGEST = 256 * 1024 * 1024
_TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read: `uri` is absolute, `data` what the text spells."""

    uri: str
    text: str
    data: Any
    doubled: tuple[tuple[int, str], ...] = ()
    """The keys given twice in one mapping, each with its line; the last one holds."""


def uri_of(location: str) -> str:
    """The absolute URI of a file path or URL."""
    if re.match(r"(?i)https?://", location):
        return location
    try:
        return Path(location).expanduser().resolve().as_uri()
    except (OSError, RuntimeError, ValueError) as error:
        raise SetupError(f"{location} is no path of a file: {error}.") from error


def read_source(uri: str) -> Source:
    """What a `file:`, `http:` or `https:` URI holds, as data; SetupError says why it cannot be."""
    text = _text_of(uri)
    data, doubled = _parsed(text, uri)
    return Source(uri, text, data, doubled)


def named(uri: str) -> str:
    """How a document is called in messages: the path of a file, else its URL."""
    parts = urlsplit(uri)
    return unquote(parts.path) if parts.scheme == "file" else uri


def _text_of(uri: str) -> str:
    raw = _file(uri) if urlsplit(uri).scheme == "file" else _fetched(uri)
    if len(raw) > _LARGEST:
        raise SetupError(f"{named(uri)} has {len(raw)} bytes; at most {_LARGEST} are read.")
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SetupError(f"{named(uri)} is not UTF-8 text (byte {error.start}).") from error


def _file(uri: str) -> bytes:
    path = Path(unquote(urlsplit(uri).path))
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SetupError(f"Cannot read {path}: {reason}.") from error


def _fetched(uri: str) -> bytes:
    import httpx  # noqa: PLC0415 - a fifth of a second, for URLs alone

    try:
        answer = httpx.get(uri, timeout=_TIMEOUT_S, follow_redirects=True)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SetupError(f"Cannot fetch {uri}: {error}.") from error
    if answer.status_code != 200:
        raise SetupError(f"Cannot fetch {uri}: it answers {answer.status_code}.")
    return answer.content


def _parsed(text: str, uri: str) -> tuple[Any, tuple[tuple[int, str], ...]]:
    """The data; JSON where it is JSON, else YAML 1.2 (dates, `yes` and `0o17` are texts)."""
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return orjson.loads(text), ()
        except orjson.JSONDecodeError:
            pass
        try:
            return json.loads(text), ()
        except (ValueError, RecursionError):
            pass
    if is_deep(text):
        raise SetupError(
            f"{named(uri)} is neither JSON nor YAML: nested more than {DEEPEST} levels."
        )
    loader = _Loader(text)
    try:
        return loader.get_single_data(), tuple(loader.doubled)
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = error.problem or error.context
        raise SetupError(f"{named(uri)}{line} is neither JSON nor YAML: {problem}.") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SetupError(f"{named(uri)} is neither JSON nor YAML: {error}.") from error
    finally:
        loader.dispose()


class _Loader(yaml.CSafeLoader):
    """YAML with the types of JSON: keys are the text that stands there, dates are text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.doubled: list[tuple[int, str]] = []


_INTEGER = "tag:yaml.org,2002:int"
_REPLACED = {f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "timestamp", "value")}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _REPLACED]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(_INTEGER, re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


def _integer(_loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A decimal number, whatever it starts with; text where it is too long to be one."""
    return int(node.value) if len(node.value) < 300 else node.value


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    merges = any(key.tag == "tag:yaml.org,2002:merge" for key, _ in node.value)
    if merges:
        loader.flatten_mapping(node)
    for key_node, value_node in node.value:
        key = _key(loader, key_node)
        if key in found and not merges:
            loader.doubled.append((key_node.start_mark.line + 1, key))
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _key(loader: _Loader, node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return str(loader.construct_object(node, deep=True))


def _text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    return loader.construct_scalar(node)


def _unknown(loader: _Loader, _suffix: str, node: yaml.Node) -> Any:
    """A value with a tag of somebody's own: what it would be without."""
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return _mapping(loader, node)


_Loader.add_constructor(_INTEGER, _integer)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
for _name in ("binary", "timestamp"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_name}", _text)
_Loader.add_multi_constructor("", _unknown)
