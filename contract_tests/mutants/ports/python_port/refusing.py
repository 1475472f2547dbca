"""What a request is answered: a reply, or a refusal that its family puts into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; without `body` it has no content at all."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field of a request of the leads family and what is wrong with it."""

    field: str
    code: str
    text: str


class Refused(Exception):
    """The request is not done; nothing of it is kept.

    `code` and `member` are told by the families that know such things, `problems` by leads.
    """

    def __init__(
        self,
        status: int,
        code: str,
        text: str,
        member: str | None = None,
        *,
        problems: tuple[Problem, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.text = text
        self.member = member
        self.problems = problems
        self.headers = dict(headers or {})
