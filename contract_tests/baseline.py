"""Baselines: the findings that are known, so that a run fails only on those that are new.

The file has the shape of Schemathesis's own baselines: an entry says operation, check (our pack),
failure (our code) and signature (our subject), when it was first and last seen and when it expires.
Whatever else stands in an entry is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from contract_tests.findings import Finding, fingerprint_of
from contract_tests.results import Outcome, RunResult

Json = Any
FORMAT_VERSION = 1
_IDENTITY = ("operation", "check", "failure", "signature")
_DATES = ("first_seen", "last_seen", "expires")
_JUDGED = (Outcome.PASSED, Outcome.FAILED)


class BaselineError(ValueError):
    """A baseline that cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One known finding; `expires` is the last day on which it does not count."""

    operation: str
    check: str
    failure: str
    signature: str
    first_seen: date | None = None
    last_seen: date | None = None
    expires: date | None = None
    extra: dict[str, Json] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the finding it stands for."""
        return fingerprint_of(self.failure, self.operation, self.signature)

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings, one entry for each fingerprint."""

    entries: tuple[Entry, ...] = ()

    def known(self, today: date) -> frozenset[str]:
        """The fingerprints that do not count today."""
        return frozenset(e.fingerprint for e in self.entries if not e.is_expired(today))

    def expired(self, today: date) -> tuple[Entry, ...]:
        """The entries that no longer hold."""
        return tuple(entry for entry in self.entries if entry.is_expired(today))


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file; BaselineError names what is wrong with it."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BaselineError(
            f"--baseline {path} is not there. Write it with --update-baseline."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise BaselineError(f"--baseline {path} cannot be read: {error}") from error
    entries = raw.get("entries") if isinstance(raw, dict) else None
    if not isinstance(entries, list):
        raise BaselineError(f"--baseline {path} is no baseline: it has no list 'entries'.")
    if raw.get("format_version") != FORMAT_VERSION:
        raise BaselineError(
            f"--baseline {path} has format_version {raw.get('format_version')!r}; "
            f"{FORMAT_VERSION} can be read."
        )
    read = [_entry(f"--baseline {path}: entries[{i}]", each) for i, each in enumerate(entries)]
    return Baseline(_unique(read))


def updated(
    baseline: Baseline, result: RunResult, today: date, *, is_filtered: bool = False
) -> Baseline:
    """The baseline after a run: new findings added, those met again dated, those gone left out.

    Only what the run judged can be gone: an entry of another pack, of an operation that was skipped
    or, in a run that `is_filtered`, not chosen, is kept. An entry that has expired stays so until
    its date is changed by hand.
    """
    found = {f.fingerprint: f for f in (*result.findings, *result.known_findings)}
    kept = [
        replace(entry, last_seen=today) if entry.fingerprint in found else entry
        for entry in baseline.entries
        if entry.fingerprint in found or not _was_judged(entry, result, is_filtered)
    ]
    there = {entry.fingerprint for entry in kept}
    new = [_from(f, today) for fingerprint, f in found.items() if fingerprint not in there]
    return Baseline(_unique([*kept, *new]))


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline, sorted; the same entries give the same bytes."""
    document = {"format_version": FORMAT_VERSION, "entries": [_json(e) for e in baseline.entries]}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise BaselineError(
            f"--baseline {path} cannot be written: {error.strerror or error}. Choose another file."
        ) from error


def _was_judged(entry: Entry, result: RunResult, is_filtered: bool) -> bool:
    """Whether the run would have met the finding if it were still there."""
    items = [item for item in result.items if item.pack == entry.check]
    own = [item for item in items if item.operation == entry.operation]
    if own or is_filtered:
        return bool(own) and all(item.outcome in _JUDGED for item in own)
    return bool(items) and all(item.outcome in _JUDGED for item in items)


def _from(finding: Finding, today: date) -> Entry:
    return Entry(
        operation=finding.operation,
        check=finding.pack,
        failure=finding.code,
        signature=finding.subject,
        first_seen=today,
        last_seen=today,
        extra={"severity": finding.severity.value, "rule": finding.rule},
    )


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = {entry.fingerprint: entry for entry in entries}
    return tuple(
        sorted(found.values(), key=lambda e: (e.operation, e.check, e.failure, e.signature))
    )


def _entry(where: str, raw: Json) -> Entry:
    if not isinstance(raw, dict):
        raise BaselineError(f"{where} is no object.")
    for name in _IDENTITY:
        if not isinstance(raw.get(name), str):
            raise BaselineError(f"{where} lacks the text {name!r}.")
    extra = {k: v for k, v in raw.items() if k not in (*_IDENTITY, *_DATES, "id")}
    first, last, expires = (_date(where, name, raw.get(name)) for name in _DATES)
    return Entry(
        operation=raw["operation"],
        check=raw["check"],
        failure=raw["failure"],
        signature=raw["signature"],
        first_seen=first,
        last_seen=last,
        expires=expires,
        extra=extra,
    )


def _date(where: str, name: str, value: Json) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BaselineError(f"{where}: {name} {value!r} is no date such as 2026-12-31.") from error


def _json(entry: Entry) -> Json:
    written: dict[str, Json] = {"id": entry.fingerprint}
    written.update((name, getattr(entry, name)) for name in _IDENTITY)
    for name in _DATES:
        value = getattr(entry, name)
        if value is not None:
            written[name] = value.isoformat()
    return {**written, **entry.extra}
