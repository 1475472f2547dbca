"""Entity tags, and calls that are sent a second time."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from contract_tests.mutants.ports.python_port.database import Database
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_TAG = re.compile(r'(W/)?("[^"]*")')


def as_text(body: Any) -> str:
    """A body as it is sent."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def tag_of(body: Any) -> str:
    """The entity tag of a record as it is answered."""
    return f'"{hashlib.sha256(as_text(body).encode()).hexdigest()[:24]}"'


def names(header: str, tag: str, *, also_weakly: bool) -> bool:
    """Whether a list of entity tags, or `*`, holds this one; weak ones count where they may."""
    if header.strip() == "*":
        return True
    return any(
        named == tag and (also_weakly or not weak_mark) for weak_mark, named in _TAG.findall(header)
    )


def hold_to_version(header: str | None, body: Any) -> None:
    """Refuse a change of another version than the client has seen."""
    if header is not None and not names(header, tag_of(body), also_weakly=False):
        text = "Somebody changed the record since you read it; fetch it and try again."
        raise Refused(412, "precondition_failed", text)


def answer_again(database: Database, place: str, key: str, request: str) -> Reply | None:
    """What was answered to this key before; Refused when the request is another one."""
    row = database.row("SELECT * FROM replays WHERE place = ? AND key = ?", place, key)
    if row is None:
        return None
    if row["request"] != request:
        text = "This Idempotency-Key belongs to a request that was made with other content."
        raise Refused(409, "idempotency_key_reused", text, "Idempotency-Key")
    headers = {**json.loads(row["headers"]), "Idempotent-Replayed": "true"}
    return Reply(row["status"], json.loads(row["body"]), headers)


def remember(database: Database, place: str, key: str, request: str, reply: Reply) -> None:
    """Keep an answer for the next time the key comes."""
    kept = {
        "place": place,
        "key": key,
        "request": request,
        "status": reply.status,
        "headers": json.dumps(dict(reply.headers)),
        "body": as_text(reply.body),
    }
    database.insert("replays", kept)
