"""Contract and handlers name the same operations, in both directions."""

from __future__ import annotations

from importlib import import_module
from inspect import isfunction, signature

import pytest

from mockserver.contract import Contract
from mockserver.contract.naming import handler_name

TAGS = ("customers", "bookings", "invoices", "merchant", "leads")


def _handlers(tag: str) -> set[str]:
    module = import_module(f"mockserver.api.{tag}")
    return {
        name
        for name, member in vars(module).items()
        if isfunction(member)
        and signature(member).return_annotation == "Reply"
        and member.__module__ == module.__name__
        and not name.startswith("_")
    }


def _operations(contract: Contract, tag: str) -> set[str]:
    return {handler_name(o.operation_id) for o in contract.operations if o.tag == tag}


def test_no_tag_is_without_a_module(contract: Contract) -> None:
    assert {operation.tag for operation in contract.operations} == set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_every_operation_has_a_handler(contract: Contract, tag: str) -> None:
    assert _operations(contract, tag) - _handlers(tag) == set()


@pytest.mark.parametrize("tag", TAGS)
def test_every_handler_has_an_operation(contract: Contract, tag: str) -> None:
    assert _handlers(tag) - _operations(contract, tag) == set()


@pytest.mark.parametrize("tag", TAGS)
def test_every_handler_takes_a_world_and_a_call(tag: str) -> None:
    module = import_module(f"mockserver.api.{tag}")
    for name in _handlers(tag):
        parameters = [p.lstrip("_") for p in signature(getattr(module, name)).parameters]
        assert parameters == ["world", "call"], name
