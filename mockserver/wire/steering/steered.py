"""The documented answer that preferences choose, and the headers that say which were honoured."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from mockserver.contract import Contract, Operation, Reply, shown
from mockserver.contract.examples import Example, header_values, response_examples
from mockserver.errors import BadRequest
from mockserver.wire.steering.preferences import Preferences

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_PRINTABLE = re.compile(r"[ -~]*", re.ASCII)
_LONGEST_NOTE = 500


class Steered(NamedTuple):
    """What preferences lead to.

    `reply` is None for the living answer. `applied` lists what was honoured in the spelling of
    `Preference-Applied`, `notes` a sentence for everything that was not, or not as it was put.
    """

    reply: Reply | None
    applied: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def refused(self) -> Steered:
        """What is left of it for a request that was refused before its answer was chosen."""
        kept = tuple(one for one in self.applied if one.startswith(("delay=", "handling=")))
        lost = [one for one in self.applied if one not in kept]
        note = f"Not applied, the request was refused: {', '.join(lost)}."
        return Steered(None, kept, (*([note] if lost else []), *self.notes))


UNSTEERED = Steered(None, (), ())
"""What no preference leads to."""


def steered_reply(contract: Contract, operation: Operation, preferences: Preferences) -> Steered:
    """Choose the documented answer that is asked for.

    `code` chooses a declared status, `example` one of its examples, or alone the first of that
    name, successes before refusals; `dynamic=false` the documented success; `seed` one of several
    examples, always the same for the same seed. With `handling=strict`
    BadRequest `unusable_preference` says what cannot be used, and what could; else it is left out.
    """
    choice = _Choice(contract, operation)
    reply = choice.reply(preferences)
    complaints = (*preferences.unusable, *choice.complaints)
    if complaints and preferences.strict:
        raise BadRequest("unusable_preference", " ".join(complaints), "Prefer")
    applied = (*choice.applied, *_without_choice(preferences))
    return Steered(reply, applied, (*complaints, *preferences.notes))


def steering_headers(
    preferences: Preferences, steered: Steered, explained: bool = False
) -> dict[str, str]:
    """The headers for an answer to a request that came with preferences.

    `explained` tells whether the answer carries an explanation. `X-Mock-Note` says in words what
    was not honoured.
    """
    applied = [*steered.applied, *(["explain"] if explained and preferences.explain else [])]
    headers = {"Vary": "Prefer"}
    if applied:
        headers["Preference-Applied"] = ", ".join(applied)
    if steered.notes:
        note = " ".join(steered.notes).encode("ascii", "backslashreplace").decode("ascii")
        headers["X-Mock-Note"] = re.sub(r"[^ -~]", " ", note)[:_LONGEST_NOTE]
    return headers


def _without_choice(preferences: Preferences) -> list[str]:
    """What is honoured whatever the operation declares."""
    delay = preferences.delay_ms
    return [
        *([] if delay is None else [f"delay={delay}"]),
        *(["handling=strict"] if preferences.strict else []),
        *(["handling=lenient"] if preferences.lenient else []),
    ]


class _Choice:
    """Chooses for one operation; keeps what it could use, and a sentence for what it could not."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self._contract = contract
        self._operation = operation
        self.applied: list[str] = []
        self.complaints: list[str] = []
        self._seed: str | None = None

    def reply(self, wanted: Preferences) -> Reply | None:
        """The documented answer; None for the living one."""
        self._seed = wanted.seed
        chosen = self._by_code(wanted) or self._by_name(wanted)
        if wanted.dynamic is True:
            if chosen:
                self.complaints.append("dynamic=true asks for the living answer, not for this one.")
            else:
                self.applied.append("dynamic=true")
        if wanted.dynamic is False or (wanted.seed is not None and wanted.dynamic is None):
            chosen = chosen or self._success()
            if not chosen:
                self.complaints.append("dynamic=false: no documented success can be answered.")
            elif wanted.dynamic is False:
                self.applied.append("dynamic=false")
        if wanted.seed is not None:
            self._tell_of_seed(wanted.seed, is_documented=chosen is not None)
        return chosen

    def _tell_of_seed(self, seed: str, *, is_documented: bool) -> None:
        if is_documented:
            self.applied.append(_parameter("seed", seed))
            return
        self.complaints.append(
            "seed chooses among documented answers; the living one comes from the rows of the "
            "world: give the world another seed."
        )

    def _by_code(self, wanted: Preferences) -> Reply | None:
        status = wanted.code
        if status is None:
            return None
        if self._operation.response_for(status) is None:
            declared = ", ".join(sorted(self._operation.responses))
            self.complaints.append(
                f"code={status} is not declared for {self._operation.operation_id}; "
                f"it declares {declared}."
            )
            return None
        examples = self._examples(status)
        named = [e for e in examples if wanted.example is not None and e.name == wanted.example]
        if wanted.example is not None and not named:
            self._complain_of(wanted.example, examples, f" for {status}")
        made = self._made(status, named or examples)
        if made:
            self.applied.append(f"code={status}")
            self.applied.extend([_spelled(wanted.example)] if wanted.example and named else [])
        return made

    def _by_name(self, wanted: Preferences) -> Reply | None:
        """The first example of a name: in the successes, then in everything else."""
        if wanted.example is None or self.applied:
            return None
        found: list[Example] = []
        for status in self._statuses():
            examples = self._examples(status)
            named = [e for e in examples if e.name == wanted.example]
            if named:
                self.applied.append(_spelled(wanted.example))
                return self._made(status, named)
            found.extend(examples)
        self._complain_of(wanted.example, found, "")
        return None

    def _success(self) -> Reply | None:
        """The first declared success that has an example, else the first that can be answered."""
        successes = [status for status in self._statuses() if status < 300]
        successes.sort(key=lambda s: not any(e.documented for e in self._examples(s)))
        made = (self._made(status, self._examples(status)) for status in successes)
        return next((reply for reply in made if reply), None)

    def _made(self, status: int, examples: list[Example]) -> Reply | None:
        rule = self._operation.response_for(status)
        headers = header_values(self._contract, self._operation, status)
        if rule is not None and not rule.media_types:
            return Reply(status, None, headers)
        if examples:
            example = _picked(examples, self._seed)
            return Reply(status, example.value, headers, example.media_type)
        self.complaints.append(f"code={status} has no example, and none can be made.")
        return None

    def _examples(self, status: int) -> list[Example]:
        return response_examples(self._contract, self._operation, status)

    def _statuses(self) -> list[int]:
        """Every status that the document spells out, successes first."""
        exact = [int(status) for status in self._operation.responses if status.isdigit()]
        return sorted(exact, key=lambda status: (status >= 300, status))

    def _complain_of(self, name: str, examples: list[Example], where: str) -> None:
        names = ", ".join(dict.fromkeys(e.name for e in examples if e.name)) or "none"
        self.complaints.append(
            f"{self._operation.operation_id} has no example {shown(name)}{where}; it has {names}."
        )


def _picked(examples: list[Example], seed: str | None) -> Example:
    """The first one, or the one a seed chooses: the same seed, the same answer."""
    if seed is None:
        return examples[0]
    number = int.from_bytes(hashlib.sha256(seed.encode("utf-8", "replace")).digest()[:8], "big")
    return examples[number % len(examples)]


def _spelled(name: str) -> str:
    return _parameter("example", name)


def _parameter(kind: str, value: str) -> str:
    """`kind=value` as a header may hold it; the value is left out where it may not."""
    if _TOKEN.fullmatch(value):
        return f"{kind}={value}"
    if not _PRINTABLE.fullmatch(value) or len(value) > 200:
        return kind
    return '{}="{}"'.format(kind, value.replace("\\", "\\\\").replace('"', '\\"'))
