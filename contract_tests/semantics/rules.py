"""Rules as they are declared: steps and the stories made of them, invariants, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = Any
Template = Any
Expression = str
Pointer = str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey: what it does, with what, and what must then hold.

    `kind` is `make` (a resource), `call` (an operation), `face` (the same thing elsewhere), `tick`
    (let at least a second pass), `advance` (let a duration pass), `each` (take `steps` with every
    one of `cases`, as `case`), or `holds` (expressions alone). `expect` are statuses, or one
    expression that gives one.
    """

    kind: str
    subject: str
    name: str
    path: dict[str, Template]
    query: Template
    headers: dict[str, Template]
    body: Template
    has_body: bool
    needs: dict[str, str]
    expect: tuple[Template, ...]
    holds: tuple[Expression, ...]
    identity: str
    cases: Template = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """A rule as a short story that must go as told; `operation` is the one it judges.

    One `alone` uses records that others made: it is told only where nobody else is.
    """

    code: str
    operation: str
    says: str
    source: str
    severity: str
    steps: tuple[Step, ...]
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Invariant:
    """What holds for every `record` of a resource or `body` of an operation, whenever seen."""

    code: str
    resource: str | None
    operations: tuple[str, ...]
    says: str
    source: str
    severity: str
    holds: Expression


@dataclass(frozen=True, slots=True)
class Refusal:
    """How operations refuse bad requests: the status of each kind, and what the answer says.

    Kinds are `syntax` (no JSON), `missing`, `unknown`, `type`, `null`, `value`, `query`, `media`
    and `size`. `holds` are expressions over `body`, `kind` and `member`, the dotted path of what is
    wrong.
    """

    operations: tuple[str, ...]
    says: str
    source: str
    statuses: dict[str, int]
    holds: tuple[Expression, ...]
