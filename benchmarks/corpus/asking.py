"""Calls as requests: parameters in their places and styles, bodies in their media types."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.corpus.calls import Caller
from mockserver.contract import Arguments, Operation
from mockserver.contract.media import bare, is_json
from mockserver.contract.model import Parameter

Json = Any
Pairs = list[tuple[str, str]]
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_BOUNDARY = "----corpus"
_OF_RANGES = {"text": "text/plain", "image": "image/png", "audio": "audio/mpeg",
              "video": "video/mp4"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent: its target is path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None


def request_of(caller: Caller, operation: Operation, call: Arguments, pinned: str = "") -> Request:
    """The request that says a call, with a credential where the operation asks for one.

    A `pinned` query stands first.
    """
    path = operation.path
    for parameter in operation.located["path"]:
        text = _in_path(parameter, call.path.get(parameter.name))
        path = path.replace("{" + parameter.name + "}", text)
    query, headers, cookies = _credentials(operation)
    query += _pairs(operation.located["query"], call.query)
    headers += _pairs(operation.located["header"], call.headers)
    cookies += _pairs(operation.located["cookie"], caller.required(operation, "cookie"))
    if cookies:
        headers.append(("Cookie", "; ".join(f"{name}={text}" for name, text in cookies)))
    body = None
    if call.has_body:
        media_type = _media_type(caller.engine.sheet.body(operation).media_type)
        body = _written(media_type, call.body)
        with_boundary = f"{_MULTIPART}; boundary={_BOUNDARY}"
        headers.append(("Content-Type", with_boundary if media_type == _MULTIPART else media_type))
    texts = [text for text in (pinned, urlencode(query)) if text]
    mark = "&" if "?" in path else "?"
    target = path.replace("#", "%23") + (mark + "&".join(texts) if texts else "")
    if not any(name.lower() == "authorization" for name, _ in headers):
        # Older documents ask for it as a parameter, which is read as a credential since OpenAPI 3.
        headers.append(("Authorization", "Bearer benchmark-key"))
    sent = {name: text.encode("ascii", "ignore").decode() for name, text in headers}
    return Request(operation.method, target, sent, body)


def text_of(value: Json) -> str:
    """A value as it stands in a path, a query or a header."""
    return value if isinstance(value, str) else json.dumps(value)


# --- parameters


def _in_path(parameter: Parameter, value: Json) -> str:
    style, explode = _style(parameter, "simple")
    start = {"label": ".", "matrix": ";"}.get(style, "")
    between = start if explode and start else ","
    name = f"{parameter.name}=" if style == "matrix" else ""
    if isinstance(value, list):
        texts = [quote(text_of(item), safe="") for item in value]
        if name and explode:
            return start + between.join(name + text for text in texts)
        return start + name + between.join(texts)
    if isinstance(value, dict):
        return start + ("" if explode else name) + between.join(_members(value, explode))
    return start + name + quote(text_of(value), safe="")


def _members(value: Mapping[str, Json], explode: bool) -> Iterator[str]:
    for name, each in value.items():
        key, text = quote(name, safe=""), quote(text_of(each), safe="")
        yield from [f"{key}={text}"] if explode else [key, text]


def _style(parameter: Parameter, usual: str) -> tuple[str, bool]:
    written = parameter.serialisation
    return (written.style, written.explode) if written else (usual, parameter.explode)


def _pairs(parameters: tuple[Parameter, ...], values: Mapping[str, Json]) -> Pairs:
    return [
        pair
        for parameter in parameters
        if parameter.name in values
        for pair in _pairs_of(parameter, values[parameter.name])
    ]


def _pairs_of(parameter: Parameter, value: Json) -> Pairs:
    name, written = parameter.name, parameter.serialisation
    if written is not None and written.media_type:
        return [(name, json.dumps(value))]
    style, explode = _style(parameter, "form")
    if isinstance(value, dict) and style == "deepObject":
        return [(f"{name}[{key}]", text_of(each)) for key, each in value.items()]
    is_apart = explode and parameter.location == "query"
    if isinstance(value, dict):
        inner = [(key, text_of(each)) for key, each in value.items()]
        return inner if is_apart else [(name, ",".join(text for pair in inner for text in pair))]
    texts = [text_of(each) for each in value] if isinstance(value, list) else [text_of(value)]
    return [(name, t) for t in texts] if is_apart else [(name, parameter.separator.join(texts))]


def _credentials(operation: Operation) -> tuple[Pairs, Pairs, Pairs]:
    """What lets a caller in, the first way there is: in the query, the headers, the cookies."""
    found: dict[str, Pairs] = {"query": [], "header": [], "cookie": []}
    for scheme in operation.security[0].schemes if operation.security else ():
        if scheme.type == "apiKey":
            found[scheme.location].append((scheme.parameter, "benchmark-key"))
        elif scheme.http_scheme.lower() == "basic":
            secret = b64encode(b"benchmark:key").decode()
            found["header"].append(("Authorization", f"Basic {secret}"))
        else:
            found["header"].append(("Authorization", "Bearer benchmark-key"))
    return found["query"], found["header"], found["cookie"]


# --- bodies


def _media_type(declared: str) -> str:
    """The media type that is sent, one of its kind where a range is declared."""
    kind, _, rest = bare(declared).partition("/")
    return _OF_RANGES.get(kind, "application/json") if rest in ("*", "") else bare(declared)


def _written(media_type: str, body: Json) -> bytes:
    if is_json(media_type):
        return json.dumps(body).encode()
    if media_type == _FORM and isinstance(body, dict):
        return urlencode(_fields(body)).encode()
    if media_type == _MULTIPART and isinstance(body, dict):
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in _fields(body)
        ]
        return ("".join(parts) + f"--{_BOUNDARY}--\r\n").encode()
    return text_of(body).encode()


def _fields(body: Mapping[str, Json]) -> Pairs:
    return [
        (name, text_of(each))
        for name, value in body.items()
        for each in (value if isinstance(value, list) else [value])
    ]
