"""A world with zones and staff, and a caller of the contract's operations on it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mockserver.api.families import Families
from mockserver.bundle import contract_path
from mockserver.clock import Clock
from mockserver.contract import Contract, build_contract, load_document, read_document
from mockserver.domain.records import Staff, Zone
from mockserver.domain.world import World
from tests.api.caller import Caller

NOW = datetime(2026, 2, 20, 15, tzinfo=UTC)


@pytest.fixture(scope="session")
def contract() -> Contract:
    source = read_document(contract_path())
    return build_contract(load_document(source, "openapi.yaml"), source)


@pytest.fixture(scope="session")
def families(contract: Contract) -> Families:
    return Families(contract)


@pytest.fixture
def world() -> World:
    made = World.empty(clock=Clock.frozen(NOW))
    made.zones.put(Zone("zone_01HQ3K5M7N", "Eugene", ("97401", "97477")))
    made.staff.put(Staff("staff_01HQ3K5M", "Maria Lopez", "Cleaner"))
    return made


@pytest.fixture
def send(world: World, families: Families, contract: Contract) -> Caller:
    return Caller(world, families, {o.operation_id: o for o in contract.operations})
