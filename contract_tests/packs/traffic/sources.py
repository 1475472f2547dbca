"""Where traffic comes from: a HAR, a journal in a file, or a running server."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

from contract_tests.packs.traffic.har import read_har
from contract_tests.packs.traffic.journal import fetch_journal, read_journal
from contract_tests.packs.traffic.recorded import Traffic, TrafficError


def read_traffic(source: str, token: str = "", world: str = "") -> Traffic:
    """The traffic of a file (HAR or journal, gzip too) or of the journal of a server at a URL."""
    if source.startswith(("http://", "https://")):
        return fetch_journal(source, token, world)
    value = _json(Path(source))
    if isinstance(value, dict) and isinstance(value.get("log"), dict):
        return read_har(value, source)
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        return read_journal(value["data"], source)
    if isinstance(value, list):
        return read_journal(value, source)
    raise TrafficError(
        f"{source} is neither a HAR (it has no 'log') nor a journal (it has no 'data')."
    )


def _json(path: Path) -> object:
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        return json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise TrafficError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, EOFError, zlib.error, RecursionError) as error:
        raise TrafficError(f"{path} is not JSON: {error}") from error
