"""Header fields as they were sent, made text only where somebody reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Headers(Mapping[str, str]):
    """The header fields of a request: lower-case names, Latin-1 values.

    The last one wins where a name is repeated. `raw` has the bytes, and must not be changed.
    """

    __slots__ = ("_text", "raw", "size")

    def __init__(self, fields: Iterable[tuple[bytes, bytes]]) -> None:
        """Take the fields of an ASGI scope, whose names are in lower case already."""
        self.raw: dict[bytes, bytes] = dict(fields)
        self._text: dict[str, str] | None = None
        self.size = len(b"".join(self.raw)) + len(b"".join(self.raw.values()))
        """The bytes of all names and values."""

    @property
    def text(self) -> dict[str, str]:
        """The fields as text."""
        text = self._text
        if text is None:
            text = {n.decode("latin-1"): v.decode("latin-1") for n, v in self.raw.items()}
            self._text = text
        return text

    def __getitem__(self, name: str) -> str:
        return self.text[name]

    @overload
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, default: str, /) -> str: ...
    @overload
    def get(self, name: str, default: T, /) -> str | T: ...
    def get(self, name: str, default: Any = None, /) -> Any:
        """The value of a name, or the default."""
        return self.text.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self.text)

    def __len__(self) -> int:
        return len(self.raw)
