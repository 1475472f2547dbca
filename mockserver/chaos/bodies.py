"""Bodies that are wrong for certain: the same bytes in, the same bytes out."""

from __future__ import annotations

from mockserver.chaos.rules import InvalidBody


def truncated(body: bytes) -> bytes:
    """The first half of a body: shorter than the body, unless there is none.

    For a connection that breaks off midway the length is still announced as that of the whole.
    """
    return body[: len(body) // 2]


def invalid_body(body: bytes, kind: InvalidBody) -> bytes:
    """A body that is no JSON (`syntax`), or JSON of another shape than it had (`shape`)."""
    return _broken(body) if kind == "syntax" else _misshapen(body)


def _broken(body: bytes) -> bytes:
    """Like a text that goes on after its end: no JSON ends in a comma. As long as it was."""
    return body[:-1] + b","


def _misshapen(body: bytes) -> bytes:
    """An object inside an array, anything else inside an object; an empty array for no body."""
    if not body:
        return b"[]"
    is_object = body.lstrip().startswith(b"{")
    return b"[" + body + b"]" if is_object else b'{"unexpected":' + body + b"}"
