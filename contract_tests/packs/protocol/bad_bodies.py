"""Bad bodies: what is no JSON, too large or of another type is refused; the strange, survived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.packs.protocol.refusals import Bad, judge_refusal
from contract_tests.preparing import Prepared

Json = Any
_DEEP = 3000
_JSON = "application/json"


def judge_bad_bodies(bench: Bench, prepared: Prepared) -> None:
    """Send bodies that cannot be read, and bodies that are hard to read."""
    if not bench.operation.bodies or bench.operation.body_schema is None:
        return
    body = prepared.body if prepared.has_body else {}
    for what, data in _unreadable(body):
        bad = Bad("syntax", "", what, "A request body is JSON in UTF-8.", "RFC 8259")
        judge_refusal(bench, bad, _sent(bench, prepared, data))
    for data in _hard(body):
        # Whether it is taken is the server's affair; a 5xx is found by the watch over exchanges.
        _sent(bench, prepared, data)
    _judge_media_type(bench, prepared, body)
    _judge_size(bench, prepared, body)


def _sent(bench: Bench, prepared: Prepared, data: bytes, media_type: str = _JSON) -> Exchange:
    return prepared.with_body(data).call(bench, headers={"Content-Type": media_type})


def _unreadable(body: Json) -> Iterator[tuple[str, bytes]]:
    text = json.dumps(body)
    yield "is cut off", text[:-1].encode() or b"{"
    yield "is no JSON", b"not json"
    yield "has a trailing comma", text[:-1].encode() + b",}"
    yield "is in single quotes", b"{'a': 1}"
    yield "holds bytes that are not UTF-8", b'{"a": "\xff\xfe"}'
    yield "is two values", text.encode() + text.encode()
    yield "holds NaN", b'{"a": NaN}'
    if isinstance(body, dict) and body:
        yield "is a list", b"[" + text.encode() + b"]"
        yield "is a text", b'"text"'
        yield "is null", b"null"


def _hard(body: Json) -> Iterator[bytes]:
    yield b"[" * _DEEP + b"]" * _DEEP
    yield b'{"a":' * _DEEP + b"1" + b"}" * _DEEP
    yield b'{"a": 1' + b"0" * 400 + b"}"
    yield b'{"a": 1e999999}'
    yield b'{"a": "\\ud800"}'
    yield b'{"a": "\\u0000"}'
    yield b"\xef\xbb\xbf{}"
    yield b'{"a": 1, "a": 2}'
    yield b""
    if isinstance(body, dict):
        for name in list(body)[:3]:
            for value in (
                b"1" + b"0" * 400,
                b"-1e400",
                b'"\\ud800"',
                b'"\\u0000"',
                b"[[[[[{}]]]]]",
            ):
                yield _with(body, name, value)


def _with(body: dict[str, Json], name: str, value: bytes) -> bytes:
    mark = "00000000-put-it-here"
    text = json.dumps({**body, name: mark}).encode()
    return text.replace(json.dumps(mark).encode(), value)


def _judge_media_type(bench: Bench, prepared: Prepared, body: Json) -> None:
    declared = ", ".join(bench.operation.bodies)
    for media_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        if media_type in bench.operation.bodies:
            continue
        bad = Bad(
            "media",
            "",
            f"is sent as {media_type}",
            f"requestBody: content: {declared}",
            f"{bench.contract.document.path.name}, {bench.operation.name}",
        )
        exchange = _sent(bench, prepared, json.dumps(body).encode(), media_type)
        judge_refusal(bench, bad, exchange)


def judge_charset(bench: Bench, prepared: Prepared) -> None:
    """A JSON body may name its charset (RFC 8259, 11 has none, and recipients ignore it)."""
    if bench.operation.body_schema is None or not prepared.has_body:
        return
    exchange = prepared.call(bench, headers={"Content-Type": "application/json; charset=utf-8"})
    if exchange.answer.status == 415:
        bench.found(
            "charset-refused",
            "major",
            "A body of application/json that names its charset is refused with 415",
            rule="A media type is matched without its parameters.",
            source="RFC 9110, 8.3.1; RFC 8259, 11",
            expected={"status": [each for each in bench.operation.statuses if each < 300]},
            got={"status": exchange.answer.status},
            exchanges=(exchange,),
        )


def _judge_size(bench: Bench, prepared: Prepared, body: Json) -> None:
    most = bench.semantics.body_bytes
    if most is None or 413 not in bench.operation.statuses:
        return
    text = json.dumps(body).encode()
    over = text + b" " * (most + 1 - len(text))
    bad = Bad(
        "size", "", f"has {len(over)} bytes", f"at most {most} bytes", "the semantics, limits"
    )
    judge_refusal(bench, bad, _sent(bench, prepared, over))
