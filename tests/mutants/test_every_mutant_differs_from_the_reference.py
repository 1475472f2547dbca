"""Each mutant is wrong where its proof looks, and the reference is right there."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp

from contract_tests.mutants.catalogue import CATALOGUE, HELD_OUT_SETS, KNOWN, find
from contract_tests.mutants.mutant import KINDS, Kind, Mutant
from contract_tests.mutants.proofs import Prover, prover
from contract_tests.mutants.server import REFERENCE, faulty, mutated, usual_settings
from mockserver.bundle import contract_path
from tests.documents import read_contract

LEAST: dict[Kind, int] = {
    "wire": 18,
    "lifecycle": 17,
    "collections": 19,
    "rules": 22,
    "access": 10,
    "robustness": 6,
}
LEAST_FIRST: dict[Kind, int] = {
    "wire": 6,
    "lifecycle": 8,
    "collections": 8,
    "rules": 10,
    "access": 2,
    "robustness": 2,
}
LEAST_SECOND: dict[Kind, int] = {
    "wire": 8,
    "lifecycle": 9,
    "collections": 11,
    "rules": 12,
    "access": 4,
    "robustness": 4,
}
LEAST_THIRD: dict[Kind, int] = {
    "wire": 4,
    "lifecycle": 5,
    "collections": 5,
    "rules": 6,
    "access": 2,
    "robustness": 2,
}


@pytest.fixture(scope="module")
def reference() -> Iterator[ASGIApp]:
    with mutated(REFERENCE, usual_settings()) as application:
        yield application


@pytest.fixture(scope="module")
def right(reference: ASGIApp) -> Iterator[Prover]:
    with prover(reference) as made:
        yield made


@pytest.fixture(autouse=True)
def _expected_failures_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, logger="mockserver")


@pytest.mark.parametrize("mutant", CATALOGUE, ids=lambda mutant: mutant.name)
def test_the_proof_holds_on_the_reference_alone(
    mutant: Mutant, reference: ASGIApp, right: Prover
) -> None:
    assert right.holds(mutant.proof)
    with faulty(mutant.name, reference) as application, prover(application) as wrong:
        assert not wrong.holds(mutant.proof)


def test_a_fault_is_gone_with_its_mutant_and_never_beside_it(
    reference: ASGIApp, right: Prover
) -> None:
    proof = find("coupon-ignored").proof
    with faulty("coupon-ignored", reference) as application, prover(application) as wrong:
        assert right.holds(proof)
        assert not wrong.holds(proof)
    assert right.holds(proof)


def test_a_mutant_built_on_its_own_starts_from_the_rows_of_the_reference(right: Prover) -> None:
    mutant = find("every-third-customer-is-lost")
    counting = 'ok = get("/v1/customers")["pagination"]["total"] == 201'
    assert right.holds(counting)
    with mutated(mutant.name, usual_settings()) as application, prover(application) as wrong:
        assert wrong.holds(counting)
        assert not wrong.holds(mutant.proof)


def test_a_fault_leaves_the_other_proofs_standing(reference: ASGIApp) -> None:
    neighbours = ("null-notes-ignored", "tax-cut-off", "late-fee-doubled", "void-not-stored")
    with faulty("total-is-page-length", reference) as application, prover(application) as wrong:
        assert all(wrong.holds(find(name).proof) for name in neighbours)


@pytest.mark.parametrize(
    ("mutants", "shares"),
    [
        (KNOWN, LEAST),
        (HELD_OUT_SETS[0], LEAST_FIRST),
        (HELD_OUT_SETS[1], LEAST_SECOND),
        (HELD_OUT_SETS[2], LEAST_THIRD),
    ],
)
def test_every_class_has_its_share(mutants: tuple[Mutant, ...], shares: dict[Kind, int]) -> None:
    counted = Counter(mutant.kind for mutant in mutants)
    assert set(counted) == set(KINDS)
    assert all(counted[kind] >= least for kind, least in shares.items())


def test_a_mutant_says_in_which_set_it_was_held_out() -> None:
    for number, mutants in enumerate((KNOWN, *HELD_OUT_SETS)):
        assert {mutant.held_out for mutant in mutants} == {number}


def test_every_operation_is_wrong_somewhere() -> None:
    known = {operation.operation_id for operation in read_contract(contract_path()).operations}
    shown = {operation for mutant in CATALOGUE for operation in mutant.operations}
    assert shown == known


def test_names_are_slugs_and_proofs_have_two_lines() -> None:
    names = [mutant.name for mutant in CATALOGUE]
    assert len(set(names)) == len(names)
    for mutant in CATALOGUE:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mutant.name)
        assert len(mutant.proof.splitlines()) <= 2
        assert mutant.fault.endswith(".")
        assert mutant.visible.endswith(".")
