"""Exchanges: what was sent and what came back, and how to send it again."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

Json = Any
Pairs = tuple[tuple[str, str], ...]
# What stands in a path as it is (RFC 3986, 3.3), with the braces of templates.
_OF_PATHS = "/%:@!$&'()*+,;=-._~{}"
# A shell takes about 128 KiB in one word: a longer body that is no text is cut.
_MOST_ESCAPED = 20_000


class _NoJson:
    """Stands for a body that is no JSON; never equal to one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_JSON"

    def __bool__(self) -> bool:
        return False


NO_JSON: Final = _NoJson()


@dataclass(frozen=True, slots=True)
class Sent:
    """A request; `target` is path and query as they were sent."""

    method: str
    target: str
    headers: Pairs
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, as it came."""

    status: int
    headers: Pairs
    body: bytes
    elapsed_ms: float = 0.0

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; several are joined by commas."""
        values = [value for each, value in self.headers if each.lower() == name.lower()]
        return ", ".join(values) if values else None

    @property
    def media_type(self) -> str:
        """Its media type in lower case without parameters; empty when it names none."""
        return (self.header("content-type") or "").split(";")[0].strip().lower()

    @property
    def json(self) -> Json:
        """The value of its body, or NO_JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return NO_JSON


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its answer; `operation` is empty for a request to no operation.

    `secrets` are texts that must not be shown, each with the name that stands for it.
    """

    operation: str
    url: str
    sent: Sent
    answer: Answer
    secrets: Pairs = ()

    @property
    def curl(self) -> str:
        """A line that sends it again; a secret is a variable such as `$LEADSOAUTH_VALID`."""
        parts = ["curl -i"]
        if self.sent.method == "HEAD":
            parts = ["curl -I"]
        elif self.sent.method != "GET" or self.sent.body is not None:
            parts.append(f"-X {self.sent.method}")
        if self.sent.body is not None and not self._says("content-type"):
            parts.append("-H 'Content-Type:'")  # or curl says that it is a form
        parts.extend(f"-H {self._quoted(f'{name}: {value}')}" for name, value in self.sent.headers)
        if self.sent.body is not None:
            # Not --data-binary: for that, a body that begins with @ names a file to be sent.
            parts.append(f"--data-raw {self._quoted_body(self.sent.body)}")
        if re.search(r"[\[\]{}]", self.sent.target):
            parts.append("-g")  # curl takes brackets and braces for patterns
        return " ".join([*parts, self._quoted(self.url + self.sent.target)])

    def _says(self, header: str) -> bool:
        return any(name.lower() == header for name, _ in self.sent.headers)

    def _quoted(self, text: str) -> str:
        """A text as one word of the shell; only the variables of secrets are expanded in it."""
        names = {secret: name for secret, name in self.secrets if secret and secret in text}
        if not names:
            return shlex.quote(text)
        pieces = re.split(f"({'|'.join(map(re.escape, names))})", text)
        plain = "".join(pieces[::2])
        if re.search(r'[\\"$`!]', plain) or any(re.match(r"\w", each) for each in pieces[2::2]):
            words = (f'"${names[each]}"' if each in names else shlex.quote(each) for each in pieces)
            return "".join(word for word in words if word != "''")
        return '"' + "".join(f"${names[each]}" if each in names else each for each in pieces) + '"'

    def _quoted_body(self, body: bytes) -> str:
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text = ""
        if (text or not body) and re.sub(r"[\n\t]", "", text).isprintable():
            return self._quoted(text)
        escaped = "".join(f"\\x{byte:02x}" for byte in body[:_MOST_ESCAPED])
        return f"\"$(printf '{escaped}')\""


def template(path: str, values: dict[str, str]) -> str:
    """A path with its parameters filled in; they and what no path may hold are percent-encoded."""
    path = quote(path, safe=_OF_PATHS)
    for name, value in values.items():
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    return path
