from __future__ import annotations

import json
from pathlib import Path

import pytest

from contract_tests.contract import load_contract
from contract_tests.packs.diff import Comparison, Side, Weight, as_json, as_text, compare_contracts
from contract_tests.pointers import MISSING, get
from tests.judge.compare.documents import OPERATIONS, SCHEMAS, SILENT, Case, Json, request

ALL = [*SCHEMAS, *OPERATIONS, *SILENT]


def compared(tmp_path: Path, old: Json, new: Json) -> Comparison:
    paths = tmp_path / "old.json", tmp_path / "new.json"
    for path, value in zip(paths, (old, new), strict=True):
        path.write_text(json.dumps(value))
    return compare_contracts(*map(load_contract, paths))


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_it_says_what_changed_and_nothing_else(tmp_path: Path, case: Case) -> None:
    comparison = compared(tmp_path, case.old, case.new)
    said = sorted(f"{each.weight} {each.code}" for each in comparison.changes)
    assert said == sorted(case.said), as_text(comparison)
    if case.level:
        assert comparison.verdict.level == case.level


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_its_pointers_lead_somewhere(tmp_path: Path, case: Case) -> None:
    comparison = compared(tmp_path, case.old, case.new)
    for change in comparison.changes:
        assert change.old_pointer or change.new_pointer
        for pointer, root in ((change.old_pointer, case.old), (change.new_pointer, case.new)):
            if pointer:
                parent = pointer.rpartition("/")[0] or "#"
                assert get(root, parent[1:]) is not MISSING, change


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_nothing_changes_within_one_document(tmp_path: Path, case: Case) -> None:
    assert compared(tmp_path, case.new, case.new).verdict.level == "none"


def test_what_is_compatible_is_left_to_the_server(tmp_path: Path) -> None:
    for case in ALL:
        for change in compared(tmp_path, case.old, case.new).changes:
            expected = Side.SERVER if change.weight is Weight.COMPATIBLE else Side.CLIENT
            assert change.side is expected


@pytest.mark.parametrize(
    ("old", "new", "is_kept", "right"),
    [
        ("1.4.2", "1.5.0", False, "2.0.0"),
        ("1.4.2", "2.0.0", True, "2.0.0"),
        ("0.4.2", "0.5.0", True, "0.5.0"),
        ("0.4.2", "0.4.3", False, "0.5.0"),
        ("v1", "v2", True, "2.0.0"),
        ("2024-01-01", "2024-02-01", False, None),
    ],
)
def test_a_break_needs_a_major_version(
    tmp_path: Path, old: str, new: str, is_kept: bool, right: str | None
) -> None:
    before, after = request({"type": "string"}), request({"type": "integer"})
    before["info"]["version"], after["info"]["version"] = old, new
    verdict = compared(tmp_path, before, after).verdict
    assert (verdict.lacks_major, verdict.right) == (not is_kept, right)
    if right and not is_kept:
        assert (
            verdict.sentence == f"A major change: {right} would be right, the document says {new}."
        )


def test_the_machine_form_is_json(tmp_path: Path) -> None:
    comparison = compared(tmp_path, SCHEMAS[0].old, SCHEMAS[0].new)
    told = json.loads(json.dumps(as_json(comparison)))
    assert told["verdict"]["level"] == "major"
    assert told["changes"][0]["code"] == "request.type-narrowed"


def test_our_own_contract_is_compared_with_itself() -> None:
    path = Path(__file__).parents[3] / "openapi.yaml"
    contract = load_contract(path)
    assert compare_contracts(contract, load_contract(path)).changes == ()


PARAMETERS = """
openapi: 3.1.0
info: {{title: t, version: 1.0.0}}
paths:
  /a:
    get:
      parameters:
        - {{$ref: "#/components/parameters/Q", description: "with words of its own"}}
      responses:
        200: {{description: ok}}
        404: {{description: no}}
components:
  parameters:
    Q: {{name: q, in: query, schema: {{$ref: "#/components/schemas/Text", maxLength: {most}}}}}
  schemas:
    Text: {{type: string}}
"""


def test_yaml_as_people_write_it_is_compared(tmp_path: Path) -> None:
    paths = tmp_path / "old.yaml", tmp_path / "new.yaml"
    for path, most in zip(paths, (9, 8), strict=True):
        path.write_text(PARAMETERS.format(most=most))
    comparison = compare_contracts(*map(load_contract, paths))
    assert [each.code for each in comparison.changes] == ["request.bound-narrowed"]
