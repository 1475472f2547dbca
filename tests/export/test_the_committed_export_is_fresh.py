"""`fixtures/export/` is what `mockserver export` writes, byte for byte."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from contract_tests.contract import load_contract
from contract_tests.packs.traffic import judge_traffic, read_traffic
from mockserver.bundle import contract_path
from mockserver.cli.commands import commands
from mockserver.export import Recipe, compare, read_recipe
from mockserver.export.dataset import Dataset
from mockserver.export.surfaces import files_from
from tests.export.conftest import EXPORT

_MOST_BYTES = 1_000_000


def test_it_is_what_the_command_writes(dataset: Dataset) -> None:
    stale = compare(EXPORT, files_from(dataset))
    assert stale == [], "renew it: make fixtures"


def test_it_is_made_by_the_plain_command_and_nothing_else_lies_there() -> None:
    earlier = read_recipe(EXPORT)
    assert earlier is not None
    recipe, files = earlier
    assert recipe == Recipe()
    there = {path.relative_to(EXPORT).as_posix() for path in EXPORT.rglob("*") if path.is_file()}
    assert there == {*files, "export.json"}


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in EXPORT.rglob("*") if path.is_file()) < _MOST_BYTES


@pytest.mark.parametrize("name", ["reads", "booking"])
def test_its_recordings_keep_the_contract(name: str) -> None:
    traffic = read_traffic(str(EXPORT / "har" / f"{name}.har"))
    result = judge_traffic(load_contract(contract_path()), traffic)
    assert result.findings == ()


def test_every_operation_has_an_example(dataset: Dataset) -> None:
    for operation in dataset.contract.operations:
        path = EXPORT / "json" / "operations" / f"{operation.operation_id}.json"
        example = json.loads(path.read_text("utf-8"))
        assert operation.response_for(example["response"]["status"]), path
        assert example["request"]["method"] == operation.method


def test_it_shows_every_status_of_every_record() -> None:
    assert set(_statuses("bookings")) == {"confirmed", "in_progress", "completed", "cancelled"}
    assert set(_statuses("invoices")) == {"draft", "pending", "paid", "overdue", "void"}
    assert set(_statuses("customers")) == {"active", "inactive", "deactivated"}


def _statuses(name: str) -> Counter[str]:
    path = EXPORT / "json" / "collections" / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return Counter(row["status"] for row in rows)


def test_the_help_teaches_by_example() -> None:
    text = CliRunner().invoke(commands, ["export", "--help"]).output
    assert "Examples:" in text
    assert "--check" in text
