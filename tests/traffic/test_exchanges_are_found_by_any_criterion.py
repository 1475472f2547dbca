"""Each criterion finds what it says and nothing else; all of them together narrow the search."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.errors import BadRequest
from mockserver.traffic import EVERYTHING, Criteria, Journal, read_criteria
from tests.traffic.recording import operation, record


@pytest.fixture(scope="module")
def journal() -> Journal:
    """1 a list, 2 a creation, 3 a refused one, 4 our failure, 5 a path unknown, 6 no answer."""
    journal = Journal()
    listing, creation = operation("listPets"), operation("createPet")
    record(journal, query="kind=cat&kind=dog&q=%C3%A9", operation=listing, headers={"a": "1"})
    body = b'{"kind": "cat", "a/b": {"m~n": [1.0, true, null]}, "": 0}'
    record(journal, "POST", body=body, status=201, operation=creation, headers={"X-Trace": "t"})
    record(journal, "POST", body=b"{", status=400, operation=creation, verdict="refused")
    record(journal, status=500, operation=listing, verdict="failed", query="%ff")
    record(journal, path="/pets/1/toys/2", status=404, verdict="refused")
    record(journal, path="/pets/1", status=None)
    return journal


@pytest.mark.parametrize(
    ("criteria", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"operation_id": "createPet"}, [2, 3]),
        ({"method": "post"}, [2, 3]),
        ({"path": "/pets"}, [1, 2, 3, 4]),
        ({"path": "/pets/*"}, [6]),
        ({"path": "/pets/**"}, [1, 2, 3, 4, 5, 6]),
        ({"path": "/pets/*/toys/*"}, [5]),
        ({"path": "**/2"}, [5]),
        ({"path": "/p*s/1"}, [6]),
        ({"path": "/pet"}, []),
        ({"path": "/pets."}, []),
        ({"status": 400}, [3]),
        ({"status": "404"}, [5]),
        ({"status": "4xx"}, [3, 5]),
        ({"status": "2XX"}, [1, 2]),
        ({"status": "3xx"}, []),
        ({"verdict": "refused"}, [3, 5]),
        ({"verdict": "failed"}, [4]),
        ({"since": 4}, [5, 6]),
        ({"since": 0}, [1, 2, 3, 4, 5, 6]),
        ({"headers": {"x-trace": None}}, [2]),
        ({"headers": {"X-TRACE": "t"}}, [2]),
        ({"headers": {"x-trace": "u"}}, []),
        ({"headers": {"x-trace": "t", "a": None}}, []),
        ({"query": {"kind": None}}, [1]),
        ({"query": {"kind": "dog", "q": "é"}}, [1]),
        ({"query": {"kind": "cow"}}, []),
        ({"body": [{"pointer": "/kind", "equals": "cat"}]}, [2]),
        ({"body": [{"pointer": "/kind", "equals": "dog"}]}, []),
        ({"body": [{"pointer": "/a~1b/m~0n/0", "equals": 1}]}, [2]),
        ({"body": [{"pointer": "/a~1b/m~0n/1", "equals": 1}]}, []),
        ({"body": [{"pointer": "/a~1b/m~0n/2"}]}, [2]),
        ({"body": [{"pointer": "/a~1b/m~0n/2", "equals": None}]}, [2]),
        ({"body": [{"pointer": "/a~1b/m~0n/3"}]}, []),
        ({"body": [{"pointer": "/a~1b/m~0n/00"}]}, []),
        ({"body": [{"pointer": "/a~1b", "equals": {"m~n": [1, True, None]}}]}, [2]),
        ({"body": [{"pointer": "/", "equals": 0}]}, [2]),
        ({"body": [{"pointer": ""}]}, [2]),
        ({"body": [{"pointer": "/kind"}, {"pointer": "/nothing"}]}, []),
        ({"method": "POST", "status": "2xx", "since": 1}, [2]),
    ],
)  # fmt: skip
def test_a_criterion_finds_what_it_says(
    journal: Journal, criteria: Any, numbers: list[int]
) -> None:
    read = read_criteria(criteria)
    assert [exchange.number for exchange in journal.find(read)] == numbers
    assert journal.count(read) == len(numbers)
    assert journal.listed(read, per_page=1).total == len(numbers)


def test_without_criteria_everything_is_found(journal: Journal) -> None:
    assert journal.find() == list(journal)
    assert read_criteria({}) == EVERYTHING == Criteria()


@pytest.mark.parametrize(
    ("criteria", "fields"),
    [
        ([], [""]),
        ({"operation": "x"}, ["operation"]),
        ({"operation_id": ""}, ["operation_id"]),
        ({"method": 1}, ["method"]),
        ({"path": "pets"}, ["path"]),
        ({"status": 99}, ["status"]),
        ({"status": "4x"}, ["status"]),
        ({"status": True}, ["status"]),
        ({"status": "404\n"}, ["status"]),
        ({"verdict": "bad"}, ["verdict"]),
        ({"verdict": []}, ["verdict"]),
        ({"since": -1}, ["since"]),
        ({"since": True}, ["since"]),
        ({"headers": []}, ["headers"]),
        ({"headers": {"a": 1}}, ["headers"]),
        ({"query": {str(n): None for n in range(51)}}, ["query"]),
        ({"body": {}}, ["body"]),
        ({"body": [{}]}, ["body"]),
        ({"body": [{"pointer": "/a", "is": 1}]}, ["body"]),
        ({"body": [{"pointer": 1}]}, ["body"]),
        ({"body": [{"pointer": "a"}]}, ["body"]),
        ({"body": [{"pointer": "/a~2"}]}, ["body"]),
        ({"since": "1", "path": "x", "method": "GET"}, ["since", "path"]),
    ],
)
def test_every_criterion_that_cannot_be_used_is_named(criteria: Any, fields: list[str]) -> None:
    with pytest.raises(BadRequest) as refused:
        read_criteria(criteria)
    assert refused.value.code == "invalid_criteria"
    assert [problem.field for problem in refused.value.problems] == fields
    assert all(problem.message.startswith(("must", "is none", "holds"))
               for problem in refused.value.problems)  # fmt: skip


def test_a_pattern_with_many_stars_is_matched_at_once() -> None:
    journal = Journal()
    record(journal, path="/" + "a" * 10_000)
    assert journal.count(read_criteria({"path": "/" + "*a" * 30 + "*b"})) == 0
