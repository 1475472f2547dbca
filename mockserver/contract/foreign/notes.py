"""What is wrong with a document, where, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mockserver.contract.places import escaped
from mockserver.contract.violations import shown

_MOST = 20_000


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """One defect of a document, and how it is served all the same.

    `code` names the kind of defect, `pointer` is a JSON Pointer into the canonical document (of a
    part that came from another file: its place in it), `problem` and `remedy` are sentences
    without a full stop.
    """

    code: str
    pointer: str
    problem: str
    remedy: str

    @property
    def sentence(self) -> str:
        """The whole of it on one line."""
        return f"{self.pointer or '/'}: {self.problem}; {self.remedy}."


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document, as a chain of keys: its pointer is only written when it is told."""

    parent: Where | None = None
    key: str | int = ""

    def __truediv__(self, key: str | int) -> Where:
        """The place below."""
        return Where(self, key)

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901)."""
        keys: list[str] = []
        here: Where | None = self
        while here is not None and here.parent is not None:
            keys.append(escaped(here.key))
            here = here.parent
        return "".join(f"/{key}" for key in reversed(keys))


@dataclass(slots=True)
class Notes:
    """The warnings found so far, each place and kind once, at most 20 000."""

    found: dict[tuple[str, str], DocumentWarning] = field(default_factory=dict)

    def add(self, code: str, where: Where, problem: str, remedy: str) -> None:
        """Note a defect."""
        if len(self.found) < _MOST:
            pointer = where.pointer
            self.found.setdefault((code, pointer), DocumentWarning(code, pointer, problem, remedy))

    def wrong(
        self, where: Where, value: Any, expected: str, remedy: str = "ignored", what: str = ""
    ) -> None:
        """Note a value that is not what it must be; `what` it is, if its key does not say that."""
        problem = f"'{where.key}' must be {expected}, not {shown(value)}"
        self.add(f"bad-{what or where.key}", where, problem, remedy)
