"""HAR 1.2: what was asked and answered, for whatever reads recordings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockserver.export.as_json import line, rows_text
from mockserver.export.dataset import Dataset
from mockserver.export.recorder import ADDRESS, Call, Recorded


def har_files(dataset: Dataset) -> dict[str, str]:
    """`reads.har`, a walk that changes nothing, and `booking.har`, a booking's whole life."""
    walks = {"reads": dataset.reads, "booking": dataset.flow}
    return {f"har/{name}.har": har(dataset, each) for name, each in walks.items()}


def har(dataset: Dataset, exchanges: Iterable[Recorded]) -> str:
    """A recording. All its instants are that of the world, whose clock stands still."""
    creator = {"name": "mockserver export", "version": dataset.contract.version}
    entries = rows_text(_entry(each, dataset.recipe.now) for each in exchanges)
    head = f'"version":"1.2","creator":{line(creator)},"pages":[]'
    return f'{{"log":{{{head},"entries":{entries}}}}}\n'


def _entry(recorded: Recorded, now: str) -> dict[str, Any]:
    return {
        "startedDateTime": now,
        "time": 0,
        "request": _request(recorded.call),
        "response": _response(recorded),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }


def _request(call: Call) -> dict[str, Any]:
    query = parse_qsl(urlsplit(call.target).query, keep_blank_values=True)
    text = "" if call.body is None else json.dumps(call.body, ensure_ascii=False)
    request = {
        "method": call.method,
        "url": ADDRESS + call.target,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(call.headers),
        "headers": _pairs(call.headers),
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": -1,
        "bodySize": len(text.encode()),
    }
    if call.body is None:
        return request
    return {**request, "postData": {"mimeType": "application/json", "text": text}}


def _response(recorded: Recorded) -> dict[str, Any]:
    size = len(recorded.text.encode())
    return {
        "status": recorded.status,
        "statusText": HTTPStatus(recorded.status).phrase,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(recorded.headers),
        "content": {
            "size": size,
            "mimeType": recorded.headers.get("content-type", "x-unknown"),
            "text": recorded.text,
        },
        "redirectURL": recorded.headers.get("location", ""),
        "headersSize": -1,
        "bodySize": size,
    }


def _pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def _cookies(headers: Mapping[str, str]) -> list[dict[str, str]]:
    sent = headers.get("Cookie", "")
    pairs = (part.strip().partition("=") for part in sent.split(";") if part.strip())
    return [{"name": name, "value": value} for name, _, value in pairs]
