"""Where the numbers of a property are likely to lie, told from its name."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.engine.data.naming import spelled, words_of


@dataclass(frozen=True, slots=True)
class Span:
    """Likely numbers: from `low` to `high`, both included, with so many decimals."""

    low: float
    high: float
    decimals: int = 0


_SPANS: tuple[tuple[str, Span], ...] = (
    ("latitude lat", Span(-60, 70, 6)),
    ("longitude lng lon long", Span(-180, 180, 6)),
    ("year", Span(2015, 2026)),
    ("month", Span(1, 12)),
    ("day weekday", Span(1, 7)),
    ("hour", Span(0, 23)),
    ("minute", Span(0, 59)),
    ("age", Span(19, 78)),
    ("rating stars", Span(1, 5, 1)),
    ("percent percentage pct progress completion discount", Span(0, 100, 1)),
    ("probability confidence ratio opacity alpha similarity", Span(0, 1, 2)),
    ("score", Span(1, 100, 1)),
    ("quantity qty units pieces", Span(1, 12)),
    ("port", Span(1024, 49151)),
    ("width", Span(320, 1920)),
    ("height", Span(240, 1080)),
    ("bytes size filesize contentlength", Span(1_024, 8_388_608)),
    ("weight", Span(0.2, 40, 2)),
    ("temperature", Span(-5, 35, 1)),
    ("distance length depth", Span(1, 250, 1)),
    ("duration seconds elapsed timeout ttl expiresin interval runtime", Span(30, 3_600)),
    ("ms milliseconds millis latency", Span(5, 900)),
    ("cents", Span(500, 90_000)),
    ("price amount cost fee total subtotal balance revenue salary budget payment charge paid due "
     "value worth spend spent net gross", Span(5, 900, 2)),
    ("tax vat shipping tip", Span(1, 60, 2)),
    ("rate", Span(1, 20, 2)),
    ("page", Span(1, 1)),
    ("limit perpage pagesize", Span(20, 100)),
    ("offset skip", Span(0, 0)),
    ("count number num likes views followers comments visits downloads forks watchers "
     "stars_count followers", Span(0, 400)),
    ("position index order rank sequence sort priority level", Span(1, 20)),
    ("version revision", Span(1, 12)),
    ("status statuscode httpstatus code", Span(200, 200)),
    ("id", Span(1, 99_999)),
    ("capacity seats inventory stock", Span(1, 250)),
    ("cpu cpus cores vcpus", Span(1, 16)),
    ("memory ram disk storage", Span(1, 512)),
    ("humidity", Span(20, 90)),
    ("floor bedrooms bathrooms rooms guests adults children", Span(1, 6)),
    ("attempts retries retrycount", Span(0, 3)),
)  # fmt: skip
_BY_WORD: Mapping[str, Span] = {word: span for words, span in _SPANS for word in words.split()}
_WHOLE_MONEY = Span(500, 90_000)
_MONEY = _BY_WORD["price"]
_PLAIN = Span(1, 100)
_MOMENTS = spelled("at time timestamp date created updated modified expires expiry iat exp epoch")


def span_of(name: str, *, whole: bool) -> Span:
    """Likely numbers for a name; amounts of money that must be whole are taken to be in cents."""
    words = words_of(name)
    joined = "".join(words)
    span = _BY_WORD.get(joined) or next(
        (_BY_WORD[w] for w in reversed(words) if w in _BY_WORD), None
    )
    if span is _MONEY and whole:
        return _WHOLE_MONEY
    return span or (_PLAIN if whole else Span(1, 100, 2))


def tells_time(name: str, keywords: Mapping[str, Any]) -> bool:
    """Whether a whole number of this name is an instant: seconds or milliseconds since 1970."""
    if str(keywords.get("format", "")) in {"unix-time", "unixtime", "timestamp", "epoch"}:
        return True
    words = words_of(name)
    is_told = bool(words) and (words[-1] in _MOMENTS or "timestamp" in words)
    most = keywords.get("maximum")
    return is_told and (most is None or most > 1_500_000_000)


def in_milliseconds(name: str, keywords: Mapping[str, Any]) -> bool:
    """Whether such an instant is told in milliseconds."""
    words = set(words_of(name))
    return bool(words & {"ms", "millis", "milliseconds"}) or keywords.get("minimum", 0) > 10**11


def is_amount(name: str) -> bool:
    """Whether a text of this name is likely to be a number: a price, a rate, a latitude."""
    words = words_of(name)
    return bool(words) and words[-1] in _BY_WORD and words[-1] not in _NO_AMOUNTS


_NO_AMOUNTS = spelled("id status code level priority version number size position order")


def amount_text(name: str, chance: random.Random) -> str:
    """A likely number for the name, written with its decimals."""
    span = span_of(name, whole=False)
    return f"{span.low + chance.random() * (span.high - span.low):.{span.decimals}f}"
