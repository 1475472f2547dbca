"""Handlers of the tag `server`: is it there, and which one."""

from __future__ import annotations

from mockserver.admin.control import Control
from mockserver.contract import Arguments, Reply
from mockserver.version import VERSION
from mockserver.worlds import ServedWorld


def get_health(_control: Control, _served: ServedWorld, _call: Arguments) -> Reply:
    """Ready: there is no earlier answer, since nothing listens before the world is grown."""
    return Reply(200, {"status": "ok"})


def get_admin_contract(control: Control, _served: ServedWorld, _call: Arguments) -> Reply:
    """The document of this API itself: what can be chosen, for whoever makes a form of it."""
    return Reply(200, control.admin_document)


def get_version(control: Control, _served: ServedWorld, _call: Arguments) -> Reply:
    """The versions of the server and of the contract it serves."""
    body = {
        "mockserver": VERSION,
        "contract": ", ".join(contract.title for contract in control.contracts)[:200],
        "contract_version": ", ".join(contract.version for contract in control.contracts)[:50],
    }
    return Reply(200, body)
