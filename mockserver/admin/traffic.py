"""Handlers of the tag `traffic`: the journal of a world, and what of the contract it has used."""

from __future__ import annotations

from typing import Any

from mockserver.admin.control import Control
from mockserver.admin.explaining import explanations
from mockserver.admin.replaying import refuse_replay
from mockserver.contract import Arguments, Reply
from mockserver.traffic import (
    Criteria,
    Listing,
    Thresholds,
    coverage_json,
    exchange_json,
    exchange_line,
    read_criteria,
)
from mockserver.traffic.criteria import EVERYTHING
from mockserver.worlds import ServedWorld


def list_requests(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One page of the journal, the newest exchange first."""
    return Reply(200, _page(served, EVERYTHING, call))


def get_request(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One exchange."""
    return Reply(200, exchange_json(served.journal.get(call.path["number"])))


def find_lines(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One page of the exchanges that meet the criteria, without headers and bodies."""
    found = _listed(served, read_criteria(call.body), call)
    lines = [exchange_line(row) for row in found.rows]
    return Reply(200, {"data": lines, "total": found.total, "last": served.journal.last})


def explain_request(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Which lines of the contract an exchange was held to, or refused by."""
    recorded = served.journal.get(call.path["number"])
    found = explanations(recorded, control.explainers)
    return Reply(200, {"data": [each.to_json() for each in found]})


def replay_request(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Send a request again, as it came in; its exchange is recorded like any other."""
    recorded = served.journal.get(call.path["number"])
    refuse_replay(recorded)
    after = served.journal.last
    control.replay(recorded)
    return Reply(202, {"after": after})


def clear_requests(_control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """Empty the journal and the coverage."""
    served.journal.clear()
    served.coverage.clear()
    return Reply(204)


def find_requests(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One page of the exchanges that meet the criteria."""
    return Reply(200, _page(served, read_criteria(call.body), call))


def count_requests(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """How many exchanges meet the criteria."""
    return Reply(200, {"count": served.journal.count(read_criteria(call.body))})


def get_coverage(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """What of the contract was exercised, against thresholds if they are given."""
    asked = {
        name.removeprefix("min_"): value
        for name, value in call.query.items()
        if name.startswith("min_")
    }
    return Reply(200, coverage_json(served.coverage, Thresholds(**asked)))


def list_recipes(control: Control, _served: ServedWorld, call: Arguments) -> Reply:
    """How to provoke every declared answer, or those of one operation or status."""
    operation_id, status = call.query.get("operation_id"), call.query.get("status")
    found = [
        recipe.to_json()
        for recipe in control.recipes()
        if operation_id in (None, recipe.operation_id) and status in (None, recipe.status)
    ]
    return Reply(200, {"data": found})


def _listed(served: ServedWorld, criteria: Criteria, call: Arguments) -> Listing:
    page, per_page = call.query["page"], call.query["per_page"]
    return served.journal.listed(criteria, page=page, per_page=per_page)


def _page(served: ServedWorld, criteria: Criteria, call: Arguments) -> dict[str, Any]:
    found = _listed(served, criteria, call)
    return {"data": [exchange_json(row) for row in found.rows], "total": found.total}
