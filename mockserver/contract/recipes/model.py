"""A recipe as values, and as the JSON of `GET /__admin/recipes`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

How = Literal["natural", "fault", "prefer"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request ready to be sent.

    `path` is encoded and has its query. The content is `body` as JSON, or `text` as it stands,
    `text_times` times over; without both there is none. `times` is how often to send it: the last
    answer is the one that counts.
    """

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    text: str | None = None
    text_times: int = 1
    times: int = 1

    @property
    def content(self) -> str | None:
        """What to send as text; None when `body` is to be sent, or nothing."""
        return None if self.text is None else self.text * self.text_times

    def to_json(self) -> dict[str, Any]:
        """Method, path, headers, and of the rest what is needed."""
        shown: dict[str, Any] = {"method": self.method, "path": self.path, "headers": self.headers}
        if self.text is not None:
            shown |= {"text": self.text, "text_times": self.text_times}
        elif self.body is not None:
            shown["body"] = self.body
        return {**shown, "times": self.times}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a status.

    `summary` says in a sentence what it does, `needs` what must hold on the server (empty when
    nothing must), `first` a request to send before.
    """

    how: How
    summary: str
    request: Request
    needs: str = ""
    first: Request | None = None

    def to_json(self) -> dict[str, Any]:
        """The members that say something."""
        shown: dict[str, Any] = {"how": self.how, "summary": self.summary}
        if self.needs:
            shown["needs"] = self.needs
        if self.first is not None:
            shown["first"] = self.first.to_json()
        return {**shown, "request": self.request.to_json()}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every known way to one status of one operation; the last one is always `Prefer`."""

    operation_id: str
    method: str
    path: str
    status: int
    ways: tuple[Way, ...]

    def to_json(self) -> dict[str, Any]:
        """The recipe as `GET /__admin/recipes` lists it."""
        return {
            "operation_id": self.operation_id,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "ways": [way.to_json() for way in self.ways],
        }
