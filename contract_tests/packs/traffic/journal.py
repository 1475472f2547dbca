"""The journal of a mockserver, as `GET /__admin/requests` answers it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

from contract_tests.exchanges import Answer
from contract_tests.packs.traffic.recorded import (
    NoServerError,
    Recorded,
    Traffic,
    TrafficError,
    make_exchange,
    make_sent,
)

Json = Any
_PATH = "/__admin/requests"
_PER_PAGE = 100


def read_journal(exchanges: list[Json], source: str, origin: str = "") -> Traffic:
    """The exchanges of a journal, the oldest first; TrafficError when one is none."""
    recorded, ignored = [], Counter[str]()
    for each in reversed(exchanges):
        try:
            if each["status"] is None:
                ignored["no answer"] += 1
            else:
                recorded.append(_exchange(each, origin or "http://127.0.0.1:4010"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TrafficError(
                f"{source} is no journal: {type(error).__name__} {error} in an exchange."
            ) from error
    return Traffic(source, tuple(recorded), ignored)


def fetch_journal(url: str, token: str = "", world: str = "") -> Traffic:
    """The whole journal of a running server; TrafficError when it does not give one."""
    parts = urlsplit(url)
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    base = base.removesuffix(_PATH).removesuffix("/__admin")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    found: list[Json] = []
    with httpx.Client(headers=headers, timeout=30.0, trust_env=False) as client:
        for page in range(1, 1_000_000):
            query = {"page": str(page), "per_page": str(_PER_PAGE)}
            answer = _page(client, base + _PATH, query | ({"world": world} if world else {}))
            found += answer["data"]
            if len(answer["data"]) < _PER_PAGE:
                break
    # Whatever arrives between two pages pushes exchanges on to the next: each is counted once.
    unique = {(each["world"], each["number"]): each for each in found}
    return read_journal(list(unique.values()), base, base)


def _page(client: httpx.Client, url: str, query: dict[str, str]) -> Json:
    try:
        answer = client.get(url, params=query)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoServerError(
            f"No server answers at {url} ({error or type(error).__name__})."
        ) from error
    if answer.status_code != 200:
        raise TrafficError(f"{url} answered {answer.status_code}: {answer.text[:200]}")
    try:
        value = answer.json()
    except ValueError as error:
        raise TrafficError(f"{url} answered no JSON; is it a mockserver?") from error
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        raise TrafficError(f"{url} answered no journal; is it a mockserver?")
    return value


def _exchange(each: Json, origin: str) -> Recorded:
    sent_body, is_sent_whole = _body(each["request"]["body"])
    body, is_whole = _body(each["response"]["body"])
    target = each["path"] + (f"?{each['query']}" if each["query"] else "")
    headers = tuple(each["request"]["headers"].items())
    sent = make_sent(each["method"], target, headers, sent_body)
    answered = tuple(each["response"]["headers"].items())
    answer = Answer(int(each["status"]), answered, body, each["duration_us"] / 1000)
    exchange = make_exchange(origin, sent, answer)
    return Recorded(exchange, f"no. {each['number']}", is_sent_whole, is_whole)


def _body(body: Json) -> tuple[bytes, bool]:
    """The body, and whether it is all of it."""
    if body is None:
        return b"", True
    if "json" in body:
        value = json.dumps(body["json"], ensure_ascii=False).encode()
    elif "text" in body:
        value = body["text"].encode()
    else:
        value = base64.b64decode(body["base64"])
    return value, not body["cut"]
