"""HAR 1.2 files: read leniently, as browsers and proxies write them."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from contract_tests.exchanges import Answer, Pairs
from contract_tests.packs.traffic.recorded import (
    Recorded,
    Traffic,
    TrafficError,
    decoded,
    make_exchange,
    make_sent,
)

Json = Any
# What a browser calls the parts of a page that no API serves.
_PAGE_PARTS = frozenset({"document", "stylesheet", "script", "image", "font", "media", "manifest"})


def read_har(root: Json, source: str) -> Traffic:
    """The exchanges of a HAR; TrafficError when an entry is none."""
    entries = root["log"].get("entries")
    if not isinstance(entries, list):
        raise TrafficError(f"{source} is no HAR: log.entries is not a list.")
    recorded, ignored = [], Counter[str]()
    for number, entry in enumerate(entries, 1):
        try:
            reason = _no_exchange(entry)
            if reason:
                ignored[reason] += 1
            else:
                recorded.append(_entry(entry, f"entry {number}"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TrafficError(
                f"{source}: entry {number} is no HAR 1.2 entry: {type(error).__name__} {error}."
            ) from error
    return Traffic(source, tuple(recorded), ignored)


def _no_exchange(entry: Json) -> str:
    if entry.get("_resourceType") in _PAGE_PARTS:
        return "parts of a page"
    if not urlsplit(entry["request"]["url"]).scheme.startswith("http"):
        return "no HTTP"
    return "" if int(entry["response"]["status"]) >= 100 else "no answer"


def _entry(entry: Json, place: str) -> Recorded:
    request, response = entry["request"], entry["response"]
    url = urlsplit(request["url"])
    sent_body, is_sent_whole = _request_body(request)
    body, is_whole = _response_body(response)
    target = url.path + (f"?{url.query}" if url.query else "")
    sent = make_sent(request["method"], target, _headers(request), sent_body)
    answer = Answer(int(response["status"]), _headers(response), body, float(entry.get("time", 0)))
    origin = f"{url.scheme}://{url.netloc}"
    return Recorded(make_exchange(origin, sent, answer), place, is_sent_whole, is_whole)


def _headers(side: Json) -> Pairs:
    """The headers; a media type that stands beside them only is put with them."""
    found = tuple((each["name"], str(each["value"])) for each in side.get("headers", ()))
    beside = (side.get("postData") or side.get("content") or {}).get("mimeType") or ""
    is_told = any(name.lower() == "content-type" for name, _ in found)
    return found if is_told or "/" not in beside else (*found, ("content-type", str(beside)))


def _request_body(request: Json) -> tuple[bytes, bool]:
    """The body, and whether it is all of it."""
    posted = request.get("postData")
    size = int(request.get("bodySize", -1) or 0)
    if not posted:
        return b"", size <= 0
    if "text" in posted:
        return _text(posted), not posted.get("_isCut", False)
    params = posted.get("params") or ()
    is_form = "urlencoded" in posted.get("mimeType", "")
    pairs = [(each["name"], each.get("value", "")) for each in params]
    return urlencode(pairs).encode(), is_form and bool(pairs)


def _response_body(response: Json) -> tuple[bytes, bool]:
    content = response.get("content") or {}
    size = int(content.get("size", 0) or 0)
    if content.get("text") is None:
        return b"", size <= 0
    body = _text(content)
    if body[:2] == b"\x1f\x8b":
        plain = decoded(body, "gzip")
        return (body, False) if plain is None else (plain, True)
    # Sizes are lengths of the decoded body, but some recorders give that of the sent one: less.
    return body, not content.get("_isCut", False) and (bool(body) or size <= 0)


def _text(content: Json) -> bytes:
    text = str(content["text"])
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text)
    except binascii.Error as error:
        raise ValueError(f"a body is not base64 ({error})") from error
