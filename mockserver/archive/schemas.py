"""The schemas of what this room reads and writes, for the contract of ``/__admin``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.archive.findings import MOST
from mockserver.archive.meta import META
from mockserver.archive.state import MOST_ROWS, ROW_KINDS

_ROW_NAMES = {
    "customers": "CustomerRow",
    "bookings": "BookingRow",
    "invoices": "InvoiceRow",
    "staff": "StaffRow",
    "zones": "ZoneRow",
    "outbox": "MailRow",
}
_POINTER = {"type": "string", "maxLength": 1000, "pattern": "^(/([^~/]|~0|~1)*)*$"}


def component_schemas() -> dict[str, Mapping[str, Any]]:
    """Schemas by name (OpenAPI 3.0) of a state, its meta and rows, and of a diff."""
    return {
        "WorldState": _state(),
        "StateMeta": META.schema,
        **{_ROW_NAMES[name]: kind.schema for name, kind in ROW_KINDS.items()},
        "WorldDiff": {
            "type": "array",
            "maxItems": MOST_ROWS * MOST,
            "items": {"$ref": "#/components/schemas/PatchOperation"},
        },
        "PatchOperation": _operation(),
    }


def _state() -> dict[str, Any]:
    rows = {
        name: {
            "type": "array",
            "maxItems": MOST_ROWS,
            "items": {"$ref": f"#/components/schemas/{_ROW_NAMES[name]}"},
        }
        for name in ROW_KINDS
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"meta": {"$ref": "#/components/schemas/StateMeta"}, **rows},
    }


def _operation() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["op", "path"],
        "properties": {
            "op": {"type": "string", "enum": ["add", "remove", "replace"]},
            "path": _POINTER,
            "value": {"description": "Any JSON value; absent when something is removed."},
        },
    }
