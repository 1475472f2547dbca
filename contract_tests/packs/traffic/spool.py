"""A HAR that is whole after every entry, whenever the recording ends."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from contract_tests.exchanges import Answer, Pairs
from contract_tests.packs.traffic.recorded import (
    SECRET_ANSWER_HEADERS,
    SECRET_HEADERS,
    Recorded,
    TrafficError,
)

Json = Any
_TAIL = b"\n]}}\n"
_REDACTED = "[redacted]"


class HarFile:
    """Writes entries to a HAR 1.2 file; secrets are redacted unless they are to be kept.

    `secret_names` are further headers and query parameters that carry credentials.
    """

    def __init__(self, path: Path, secret_names: frozenset[str], *, keeps_secrets: bool) -> None:
        self._keeps_secrets = keeps_secrets
        self._secrets = SECRET_HEADERS | SECRET_ANSWER_HEADERS | secret_names
        self.count = 0
        try:
            self._file: BinaryIO = path.open("wb")
        except OSError as error:
            raise TrafficError(f"--record {path} cannot be written: {error.strerror}.") from error
        creator = {"name": "mockserver proxy", "version": "1"}
        head = json.dumps({"version": "1.2", "creator": creator})
        self._file.write(f'{{"log": {head[:-1]}, "entries": ['.encode())
        self._end = self._file.tell()
        self._finish()

    def write(self, recorded: Recorded, began: datetime, server: str) -> None:
        """Append an exchange."""
        entry = json.dumps(self._entry(recorded, began, server), ensure_ascii=False)
        self._file.seek(self._end)
        self._file.write(b",\n" if self.count else b"\n")
        self._file.write(entry.encode("utf-8", "replace"))
        self._end = self._file.tell()
        self.count += 1
        self._finish()

    def close(self) -> None:
        """Close the file, whole as it is."""
        self._file.close()

    def _finish(self) -> None:
        self._file.write(_TAIL)
        self._file.truncate()
        self._file.flush()

    def _entry(self, recorded: Recorded, began: datetime, server: str) -> Json:
        exchange, answer = recorded.exchange, recorded.exchange.answer
        timing = {"send": 0, "wait": round(answer.elapsed_ms, 3), "receive": 0}
        return {
            "startedDateTime": began.isoformat(),
            "time": round(answer.elapsed_ms, 3),
            "request": self._request(recorded),
            "response": self._response(answer, recorded.is_answer_whole),
            "cache": {},
            "timings": timing,
            "serverIPAddress": server,
            "comment": exchange.operation,
        }

    def _request(self, recorded: Recorded) -> Json:
        sent = recorded.exchange.sent
        path, mark, query = sent.target.partition("?")
        query = self._query(query)
        request: Json = {
            "method": sent.method,
            "url": recorded.exchange.url + path + mark + query,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(sent.headers),
            "queryString": [
                {"name": name, "value": value}
                for name, value in parse_qsl(query, keep_blank_values=True)
            ],
            "headersSize": -1,
            "bodySize": len(sent.body or b""),
        }
        if sent.body is not None:
            types = [value for name, value in sent.headers if name.lower() == "content-type"]
            posted = {"mimeType": types[0] if types else "", **_text(sent.body)}
            request["postData"] = posted | ({} if recorded.is_request_whole else {"_isCut": True})
        return request

    def _response(self, answer: Answer, is_whole: bool) -> Json:
        content = {
            "size": len(answer.body),
            "mimeType": answer.header("content-type") or "",
            **(_text(answer.body) if answer.body or is_whole else {"size": 1}),
            **({} if is_whole else {"_isCut": True}),
        }
        return {
            "status": answer.status,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(answer.headers),
            "content": content,
            "redirectURL": answer.header("location") or "",
            "headersSize": -1,
            "bodySize": -1,
        }

    def _headers(self, headers: Pairs) -> Json:
        return [
            {"name": name, "value": self._shown(name, value)}
            for name, value in headers
        ]  # fmt: skip

    def _shown(self, name: str, value: str) -> str:
        if self._keeps_secrets or name.lower() not in self._secrets:
            return value
        if name.lower() in ("cookie", "set-cookie"):
            return _redacted_cookies(name.lower(), value)
        scheme, space, _ = value.partition(" ")
        return f"{scheme} {_REDACTED}" if space and scheme.isalpha() else _REDACTED

    def _query(self, query: str) -> str:
        if self._keeps_secrets:
            return query
        pairs = (part.partition("=") for part in query.split("&"))
        return "&".join(
            f"{name}={_REDACTED}" if mark and name.lower() in self._secrets else name + mark + value
            for name, mark, value in pairs
        )


def _redacted_cookies(name: str, value: str) -> str:
    """The names of cookies stay: which credential was sent is part of the contract."""
    parts = [part.strip() for part in value.split(";")]
    secret = parts if name == "cookie" else parts[:1]
    hidden = [f"{part.partition('=')[0]}={_REDACTED}" for part in secret]
    return "; ".join([*hidden, *parts[len(secret) :]])


def _text(body: bytes) -> dict[str, str]:
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}
