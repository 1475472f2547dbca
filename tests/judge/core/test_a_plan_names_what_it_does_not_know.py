"""A plan holds what was asked for, and names what it does not know."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract import ContractError
from contract_tests.plan import PROFILES, Options, Plan, make_plan
from tests.judge.core.documents import answers, document


def _plan(folder: Path, **options: Any) -> Plan:
    operations = {
        f"/{tag}/{name}": {"get": {**answers(), "operationId": name, "tags": [tag]}}
        for tag, name in (("pets", "listPets"), ("pets", "findPets"), ("shops", "listShops"))
    }
    path = folder / "small.json"
    path.write_text(json.dumps(document(operations)), "utf-8")
    return make_plan(replace(Options("http://127.0.0.1:1", spec=str(path)), **options))


@pytest.mark.parametrize(
    ("only", "skip", "chosen"),
    [
        ((), (), ("listPets", "findPets", "listShops")),
        (("listShops",), (), ("listShops",)),
        (("listShops", "listPets"), (), ("listPets", "listShops")),
        (("tag:pets",), (), ("listPets", "findPets")),
        (("tag:pets",), ("findPets",), ("listPets",)),
        ((), ("tag:pets",), ("listShops",)),
    ],
)
def test_only_and_skip_choose_operations_in_the_order_of_the_contract(
    tmp_path: Path, only: tuple[str, ...], skip: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    plan = _plan(tmp_path, only=only, skip=skip)
    assert plan.operations == chosen
    assert plan.left_out == set(plan.contract.operations) - set(chosen)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"only": ("listDogs",)}, r"--only 'listDogs' is no operation .*listPets"),
        ({"skip": ("tag:dogs",)}, "--skip 'tag:dogs' is no operation"),
        ({"only": ("pets",)}, "--only 'pets' is no operation"),
        ({"skip": ("tag:pets", "tag:shops")}, "leave no operation to judge"),
        ({"profile": "quick"}, r"--profile 'quick' is not one of smoke, standard, deep"),
        ({"packs": ("lint", "magic")}, r"--packs magic: there are lint, "),
        ({"url": "localhost:80"}, r"--url 'localhost:80' does not begin with http"),
        ({"spec": "/nowhere/api.yaml"}, r"--spec /nowhere/api\.yaml cannot be read"),
        ({"semantics": "/nowhere/s.yaml"}, r"--semantics /nowhere/s\.yaml cannot be read"),
        ({"auth": "/nowhere/auth.json"}, r"--auth /nowhere/auth\.json cannot be read"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_flag(
    tmp_path: Path, options: Any, said: str
) -> None:
    with pytest.raises(ContractError, match=said):
        _plan(tmp_path, **options)


def test_packs_are_those_of_the_profile_unless_named(tmp_path: Path) -> None:
    assert _plan(tmp_path).packs == PROFILES["standard"].packs
    assert _plan(tmp_path, packs=("rules", "lint")).packs == ("lint", "rules")
    assert "schema" not in _plan(tmp_path, profile="smoke").packs


def test_a_contract_without_semantics_can_be_judged(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    assert plan.semantics.resources == {}
    assert plan.credentials.all == ()
