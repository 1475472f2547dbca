"""Parameters that are written as more than one text: objects, `matrix`, `label`, JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.contract.bodies import read_json
from mockserver.contract.media import is_json
from mockserver.contract.shapes import Shape
from mockserver.contract.violations import ViolationError

Sent = list[str] | list[tuple[str, str]]
SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True, slots=True)
class Serialisation:
    """How one parameter is written.

    `style` and `explode` are those of OpenAPI; `media_type` is that of a parameter with `content`,
    or empty; `others` are the names of the other parameters in the same place.
    """

    name: str
    style: str
    explode: bool
    shape: Shape
    media_type: str = ""
    others: frozenset[str] = frozenset()

    def sent(self, given: Mapping[str, list[str]]) -> Sent | None:
        """What of the query or header belongs to the parameter; None when nothing does."""
        if self.media_type or "object" not in self.shape.types:
            return given.get(self.name)
        if self.style == "deepObject":
            start = f"{self.name}["
            inner = [(n, t) for n, texts in given.items() for t in texts if n.startswith(start)]
            return [(n[len(self.name) :], t) for n, t in inner] or given.get(self.name)
        if self.style == "form" and self.explode:
            names = self.shape.names
            pairs = [(n, t) for n, texts in given.items() for t in texts if self._is_own(n, names)]
            return pairs or given.get(self.name)
        return given.get(self.name)

    def _is_own(self, name: str, names: frozenset[str]) -> bool:
        """Whether a name of the query is a member of an exploded object."""
        return name in names or (not names and name != self.name and name not in self.others)

    def value(self, sent: Sent) -> Any:
        """The value that was sent; ValueError says what must be sent."""
        pairs = [part for part in sent if isinstance(part, tuple)]
        if pairs:
            nested = self.style == "deepObject"
            return self.shape.object_of([(_unwrapped(n) if nested else n, t) for n, t in pairs])
        texts = [part for part in sent if isinstance(part, str)]
        if self.media_type:
            return self._content(texts[-1])
        if "array" in self.shape.types and len(texts) > 1:
            return self.shape.list_of(texts)
        return self._styled(texts[-1])

    def _content(self, text: str) -> Any:
        if not is_json(self.media_type):
            return self.shape.value(text)
        try:
            return read_json(text.encode("utf-8", "surrogatepass"))
        except ViolationError as error:
            raise ValueError(error.violations[0].message) from error

    def _styled(self, text: str) -> Any:
        """A value in one text: `a,b`, `x,1,y,2`, `x=1,y=2`, `.a.b`, `;id=a,b`, `;x=1;y=2`."""
        separator = SEPARATORS.get(self.style, ",")
        if self.style == "label":
            text = text.removeprefix(".")
            separator = "." if self.explode or "," not in text else ","
        elif self.style == "matrix":
            text = text.removeprefix(";")
            if self.explode and self.shape.types & {"array", "object"}:
                separator = ";"
            else:
                text = text.removeprefix(f"{self.name}=")
        if "array" in self.shape.types:
            parts = text.split(separator)
            return self.shape.list_of([part.removeprefix(f"{self.name}=") for part in parts])
        if "object" not in self.shape.types or text[:1] == "{":
            return self.shape.value(text)
        return self.shape.object_of(self._members(text.split(separator)))

    def _members(self, parts: list[str]) -> list[tuple[str, str]]:
        if self.explode:
            return [(name, value) for name, _, value in (part.partition("=") for part in parts)]
        if len(parts) % 2:
            raise ValueError("must be written as name,value,name,value")
        return list(zip(parts[::2], parts[1::2], strict=True))


def _unwrapped(brackets: str) -> str:
    """`[a][b]` as `a[b]`."""
    head, _, rest = brackets[1:].partition("]")
    return head + rest
