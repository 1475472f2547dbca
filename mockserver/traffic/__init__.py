"""What came in and went out: the journal of a world, its contract coverage, and who is told.

No web library, no business and no chance may enter: an exchange is handed in when it is over, kept
raw within bounds, and made readable (secrets redacted) only when somebody asks.
"""

from __future__ import annotations

from mockserver.traffic.coverage import Coverage, queried_by
from mockserver.traffic.coverage_report import (
    Missed,
    Share,
    Thresholds,
    Totals,
    coverage_json,
    totals_of,
)
from mockserver.traffic.criteria import EVERYTHING, Criteria, read_criteria
from mockserver.traffic.declared import Declared, declare
from mockserver.traffic.events import Event, Events, Subscription
from mockserver.traffic.journal import Journal, Limits, Listing, breaches_of
from mockserver.traffic.ledger import Ended, Ledger
from mockserver.traffic.log import Log, json_line, text_line
from mockserver.traffic.queried import Queried
from mockserver.traffic.recorded import Again, Breach, First, Recorded, Verdict
from mockserver.traffic.redaction import REDACTED
from mockserver.traffic.shapes import exchange_json, exchange_line

__all__ = [
    "EVERYTHING",
    "REDACTED",
    "Again",
    "Breach",
    "Coverage",
    "Criteria",
    "Declared",
    "Ended",
    "Event",
    "Events",
    "First",
    "Journal",
    "Ledger",
    "Limits",
    "Listing",
    "Log",
    "Missed",
    "Queried",
    "Recorded",
    "Share",
    "Subscription",
    "Thresholds",
    "Totals",
    "Verdict",
    "breaches_of",
    "coverage_json",
    "declare",
    "exchange_json",
    "exchange_line",
    "json_line",
    "queried_by",
    "read_criteria",
    "text_line",
    "totals_of",
]
