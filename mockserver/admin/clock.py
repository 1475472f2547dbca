"""Handlers of the tag `clock`: the world's own time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mockserver.admin.control import Control
from mockserver.clock import instant_text, parse_duration, parse_instant
from mockserver.contract import Arguments, Reply
from mockserver.errors import Conflict, RuleBroken
from mockserver.worlds import ServedWorld


def get_clock(control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """What time it is, and whether time runs."""
    return Reply(200, _body(served, happened=control.keeper.catch_up(served.world)))


def set_clock(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Set the time, and stop it there unless it shall run on."""
    at = _instant(call.body["now"])
    try:
        served.world.clock.freeze(at)
    except ValueError as error:
        raise RuleBroken("invalid_value", str(error), "now") from error
    if call.body.get("running", False):
        served.world.clock.run()
    return Reply(200, _body(served, happened=control.keeper.catch_up(served.world)))


def move_clock(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Let time pass, stop it, or let it run."""
    clock = served.world.clock
    if "advance" in call.body:
        length = parse_duration(call.body["advance"])
        try:
            clock.advance(length)
        except ValueError as error:
            raise Conflict("end_of_calendar", str(error), "advance") from error
    if "running" in call.body:
        (clock.run if call.body["running"] else clock.freeze)()
    return Reply(200, _body(served, happened=control.keeper.catch_up(served.world)))


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise RuleBroken("invalid_value", str(error), "now") from error


def _body(served: ServedWorld, happened: int) -> dict[str, Any]:
    return {
        "now": instant_text(served.now()),
        "running": not served.world.clock.is_frozen,
        "happened": happened,
    }
