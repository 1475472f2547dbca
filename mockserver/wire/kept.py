"""The bytes of replies, each kept once it was held to the contract, within a bound of memory."""

from __future__ import annotations

from collections.abc import Hashable, Sized
from typing import Any

import orjson

from mockserver.contract import Derived, Listed, Validator
from mockserver.contract.derived import Passing, plain
from mockserver.wire.preconditions import tag_of

_ENTRY_BYTES = 2000  # what an entry costs beside its text, the record it holds on to included


class InvalidBodyError(ValueError):
    """A body breaks its schema; `validator` and `body` say where."""

    def __init__(self, validator: Validator, body: Any) -> None:
        super().__init__("The body breaks its schema.")
        self.validator, self.body = validator, body


class Text:
    """The JSON text of a body that keeps to its schema.

    `sources` are what it was made of, `burden` the memory that these take in lengths of the text.
    """

    __slots__ = ("_burden", "_tag", "json", "sources")

    def __init__(self, json: bytes, sources: tuple[Any, ...] = (), burden: int = 0) -> None:
        self.json = json
        self.sources = sources
        self._burden = burden
        self._tag = ""

    def __len__(self) -> int:
        """Its bytes, and those of its sources."""
        return len(self.json) * (1 + self._burden)

    @property
    def tag(self) -> str:
        """Its entity tag, reckoned once."""
        self._tag = self._tag or tag_of(self.json)
        return self._tag


class Kept:
    """What was made for replies and can be sent again, such as texts of derived bodies.

    A text, which its validator has passed, is found again by its validator, the shape and the very
    objects it was made of. An entry holds on to these objects, so that no other can take their
    place in memory. When the younger half of the budget is full, the older one is forgotten.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._half = budget_bytes // 2
        self._young: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}
        self._weight = 0

    def text(self, body: Any, validator: Validator) -> Text:
        """The text of a body that keeps to the schema; InvalidBodyError for any other."""
        if isinstance(body, Derived):
            return self._derived(body, validator)
        if isinstance(body, Listed):
            return Text(self._listed(body, validator))
        return checked_text(body, validator)

    def find(self, key: Hashable) -> Any:
        """What is kept under a key; None when nothing is."""
        found = self._young.get(key)
        if found is None:
            found = self._old.pop(key, None)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: Hashable, value: Sized) -> None:
        """Keep a value, in place of what was kept under its key, unless it is too large."""
        weight = len(value) + _ENTRY_BYTES
        if self._weight + weight > self._half:
            self._old, self._young, self._weight = self._young, {}, 0
        if weight <= self._half:
            before = self._young.get(key)
            self._young[key] = value
            self._weight += weight - (len(before) + _ENTRY_BYTES if before is not None else 0)

    def _derived(self, body: Derived, validator: Validator) -> Text:
        key = (validator, body.key)
        found: Text | None = self.find(key)
        if found is None:
            made = body.made()
            text = self.text(made, validator)
            if isinstance(made, Passing):
                return text
            found = Text(bytes(memoryview(text.json)), body.sources, body.burden)
            self.keep(key, found)
        return found

    def _listed(self, body: Listed, validator: Validator) -> bytes:
        of_items = validator.items_at(body.place)
        if of_items is None:
            return checked_text(plain(body), validator).json
        envelope = checked_text(body.with_items([]), validator).json
        items = b",".join([self._derived(item, of_items).json for item in body.items])
        gap = body.gap(envelope)
        return envelope[:gap] + items + envelope[gap:]


def checked_text(body: Any, validator: Validator) -> Text:
    """The text of a body; InvalidBodyError when it breaks the schema."""
    body = plain(body)
    if not validator.is_valid(body):
        raise InvalidBodyError(validator, body)
    return Text(orjson.dumps(body))
