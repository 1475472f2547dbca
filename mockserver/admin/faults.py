"""Handlers of the tag `faults`: deliberate misbehaviour, switched on and off."""

from __future__ import annotations

from mockserver.admin.control import Control
from mockserver.chaos import read_faults, show_rule, show_standing
from mockserver.contract import Arguments, Reply
from mockserver.worlds import ServedWorld


def list_faults(_control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """The rules in their order, with how often each met a request and fired."""
    return Reply(200, {"data": [show_standing(each) for each in served.faults.listing()]})


def add_faults(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Put one rule, or those of a preset, at the end."""
    known = {o.operation_id for contract in control.contracts for o in contract.operations}
    asked = read_faults(call.body, known)
    added = served.faults.add(asked.rules, asked.name)
    return Reply(201, {"data": [show_rule(rule) for rule in added]})


def clear_faults(_control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """Take every rule away."""
    served.faults.clear()
    return Reply(204)


def remove_fault(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Take one rule away."""
    served.faults.remove(call.path["id"])
    return Reply(204)
