"""Mistakes in tags, headers, numbers and texts on the wire."""

from __future__ import annotations

import html
from typing import Any

import orjson

from contract_tests.mutants.layers import header, reheaded
from contract_tests.mutants.mutant import Verb
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered


def tagged_by_the_second(original: Verb) -> Verb:
    """The entity tag is made from the time of the last change, which counts whole seconds."""

    def tag_of(body: bytes) -> str:
        shown = orjson.loads(body)
        version = f"{shown['id']} {shown['updated_at']}" if "updated_at" in shown else None
        tag: str = original(version.encode() if version else body)
        return tag

    return tag_of


def seconds_left(original: Verb) -> Verb:
    """The end of the window is told as the seconds until then."""

    def end(now_s: int) -> int:
        left: int = original(now_s) - now_s
        return left

    return end


def cents_with_a_point(page: dict[str, Any]) -> dict[str, Any]:
    """A sum of the database comes as a decimal and is written as a float."""
    rows = page["data"]
    for row in rows:
        row["stats"]["total_spent"] = float(row["stats"]["total_spent"])
    return {**page, "data": rows}


def leaf_of_param(body: dict[str, Any]) -> dict[str, Any]:
    """The validator names the member where it failed, without the way to it."""
    error = body["error"]
    if "param" not in error:
        return body
    return {"error": {**error, "param": error["param"].rpartition(".")[2]}}


def shortest_dollars(original: Verb) -> Verb:
    """Dollars are written as the language writes a float."""

    def price(cents: int) -> dict[str, Any]:
        right: dict[str, Any] = original(cents)
        return {**right, "formatted": f"${cents / 100}"}

    return price


def name_for_a_page(page: dict[str, Any]) -> dict[str, Any]:
    """Names are escaped as for a web page."""
    rows = page["data"]
    for row in rows:
        row["customer"]["name"] = html.escape(row["customer"]["name"])
    return {**page, "data": rows}


def replayed_without_location(_exchange: Exchange, given: Answered) -> Answered:
    """Of an answer, only status and body are kept for its key."""
    replayed = bool(header(given, "Idempotent-Replayed"))
    return reheaded(given, {"Location": None}) if replayed else given
