"""The configuration of a booking row: free JSON within the bounds of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockserver.seed.reading.entry import Entry

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_MEMBERS = 20
_MOST_ITEMS = 50
_MOST_CHARACTERS = 200
_MOST_NUMBER = 1_000_000_000


def configuration_of(entry: Entry) -> Mapping[str, Any]:
    """Member ``configuration``: at most 20 of text, number, boolean, mapping of these, or list."""
    configuration = dict(entry.mapping("configuration"))
    if len(configuration) > _MOST_MEMBERS:
        raise entry.misfit(f"has more than {_MOST_MEMBERS} members", "configuration")
    for name, value in configuration.items():
        if not (_is_list(value) or _is_item(value)):
            what = "must be a text, a number, true or false, a mapping of these, or a list of them"
            raise entry.misfit(f"is {value!r}: it {what}", f"configuration.{name}")
    return configuration


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_ITEMS and all(map(_is_item, value))


def _is_item(value: Any) -> bool:
    if isinstance(value, dict):
        return len(value) <= _MOST_MEMBERS and all(map(_is_scalar, value.values()))
    return _is_scalar(value)


def _is_scalar(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _MOST_CHARACTERS and _CONTROL.search(value) is None
    return isinstance(value, int | float) and -_MOST_NUMBER <= value <= _MOST_NUMBER
