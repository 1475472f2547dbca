"""Compiled plans and Connexion answer a call of any document alike, refusals included."""

from __future__ import annotations

from typing import Any

import pytest

from tests.serving.served import CONTRACTS, KEY, client_of

NEW = {"title": "Emma", "genre": "novel"}
MERGE = {"Content-Type": "application/merge-patch+json"}
BOOKS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/books", {}),
    ("GET", "/books?page=2&per_page=3&sort=-title", {}),
    ("GET", "/books?page=0", {}),
    ("POST", "/books", {"json": NEW}),
    ("POST", "/books", {"json": NEW, "headers": {"X-Key": "revoked"}}),
    ("POST", "/books", {"json": NEW, "headers": KEY}),
    ("POST", "/books", {"json": {"title": ""}, "headers": KEY}),
    ("POST", "/books", {"content": b"{", "headers": {**KEY, "Content-Type": "application/json"}}),
    ("POST", "/books", {"content": b"x", "headers": {**KEY, "Content-Type": "text/plain"}}),
    ("GET", "/books/11", {}),
    ("GET", "/books/none", {}),
    ("GET", "/books/4711", {}),
    ("PATCH", "/books/11", {"json": {"title": "Persuasion"}, "headers": MERGE}),
    ("PUT", "/books/11", {"json": {**NEW, "pages": 0}}),
    ("DELETE", "/books/11", {}),
    ("GET", "/books/11", {}),
    ("GET", "/nothing", {}),
    ("TRACE", "/books", {}),
]
NOTES: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/notes?limit=2&state=draft", {}),
    ("GET", "/notes?state=lost", {}),
    ("POST", "/notes", {"json": {"title": "x", "tags": ["a", "a"]}}),
    ("POST", "/notes", {"json": {"title": "x"}}),
    ("GET", "/notes/x", {}),
]


@pytest.mark.parametrize(("name", "calls"), [("books", BOOKS), ("notes", NOTES)])
def test_both_ways_answer_alike(name: str, calls: list[tuple[str, str, dict[str, Any]]]) -> None:
    path = str(CONTRACTS / f"{name}.yaml")
    with client_of(path) as fast, client_of(path, fast=False) as slow:
        for method, url, more in calls:
            given, wanted = fast.request(method, url, **more), slow.request(method, url, **more)
            assert given.status_code == wanted.status_code, (method, url, given.text)
            assert (given.headers, given.content) == (wanted.headers, wanted.content)
        journals = [each.get("/__admin/state").content for each in (fast, slow)]
        assert journals[0] == journals[1]
