"""The bench: what a pack has at hand to judge one operation, and where it puts what it finds."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from contract_tests import pointers
from contract_tests.calling import NO_BODY, Caller
from contract_tests.contract import Contract, Operation
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.findings import Finding, Leftover, Severity, Unreached
from contract_tests.plan import Plan
from contract_tests.records import Draft, Made, OutOfTime, Unable, id_in
from contract_tests.semantics import (
    Create,
    Credential,
    ExpressionError,
    Expressions,
    Face,
    Read,
    Resource,
    Scope,
    Semantics,
    Update,
)
from contract_tests.semantics.expressions import instant
from contract_tests.targets import Target, date_of

Json = Any
_LETTERS = "bcdfghjklmnpqrstvwxz"
_SLACK_S = 1.1


class Bench:
    """One operation on one target, for one pack.

    What is made is kept in a ledger and removed at the end. Everything drawn comes from `random`,
    which depends on the seed, the pack and the operation alone. `kept` is what packs keep from one
    item to the next: what is costly to make and the same for all.
    """

    def __init__(
        self,
        plan: Plan,
        target: Target,
        pack: str,
        operation: str,
        nonce: str,
        kept: dict[str, Any] | None = None,
    ) -> None:
        self.plan = plan
        self.target = target
        self.pack = pack
        self.operation: Operation = plan.contract.operations[operation]
        self.random = Random(f"{plan.seed}/{pack}/{operation}")
        self.expressions = Expressions()
        self.caller = Caller(plan.contract, target, plan.credentials, plan.rate)
        self.findings: list[Finding] = []
        self.unreached_things: list[Unreached] = []
        self.ledger: list[Made] = []
        self.deadline: float | None = None
        self.first_finding_at: float | None = None
        self.requests_elsewhere = 0  # sent by an engine of its own, not through the caller
        self.kept: dict[str, Any] = {} if kept is None else kept
        self._nonce = nonce
        self._offset: timedelta | None = None

    @property
    def contract(self) -> Contract:
        """The contract."""
        return self.plan.contract

    @property
    def semantics(self) -> Semantics:
        """What is declared beside the contract."""
        return self.plan.semantics

    @property
    def requests(self) -> int:
        """How many requests were sent, those of an engine of its own included."""
        return len(self.caller.log) + self.requests_elsewhere

    # --- what is found

    def found(
        self,
        what: str,
        severity: Severity | str,
        title: str,
        *,
        rule: str,
        source: str,
        expected: Json,
        got: Json,
        exchanges: Iterable[Exchange] = (),
        subject: str = "",
        operation: str = "",
        reference: Iterable[Exchange] = (),
        reproduction: str = "",
    ) -> None:
        """Put down a finding; `what` is the code without the pack."""
        self.put(
            Finding(
                code=f"{self.pack}.{what}",
                severity=Severity(severity),
                operation=operation or self.operation.name,
                title=title,
                rule=rule,
                source=source,
                expected=expected,
                got=got,
                exchanges=tuple(dict.fromkeys(exchanges)),
                reference=tuple(reference),
                subject=subject,
                seed=self.plan.seed,
                reproduction=reproduction,
            )
        )

    def put(self, finding: Finding) -> None:
        """Put down a finding that is ready."""
        self.findings.append(finding)
        self.first_finding_at = self.first_finding_at or time.monotonic()

    def unreached(self, what: str, why: str) -> None:
        """Put down what could not be looked at, and what would help."""
        self.unreached_things.append(Unreached(self.pack, self.operation.name, what, why))

    # --- calls

    def call(
        self,
        operation: str,
        *,
        path: Mapping[str, Json] | None = None,
        query: Mapping[str, Json] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Json = NO_BODY,
        identity: Credential | str = "valid",
        method: str | None = None,
    ) -> Exchange:
        """Call an operation; Unable when the run leaves it out, OutOfTime when time is up."""
        self._demand(operation)
        return self.caller.call(
            operation, path=path, query=query, headers=headers, body=body, identity=identity,
            method=method,
        )  # fmt: skip

    def together(self, operation: str, calls: Sequence[Mapping[str, Json]]) -> list[Exchange]:
        """Call an operation several times at once; each call has `path`, `headers` and `body`."""
        self._demand(operation)
        return self.caller.together(operation, calls)

    def _demand(self, operation: str) -> None:
        """Unable where the run may not call an operation, OutOfTime when time is up."""
        if operation in self.plan.left_out:
            raise Unable(f"call {operation}", "it was left out of this run (--only, --skip)")
        if self.plan.is_read_only and not self.contract.operations[operation].is_safe:
            raise Unable(f"call {operation}", "it writes, and the run is --read-only")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime

    # --- time

    def now(self) -> datetime:
        """The target's time: set by us, else as its records or its `Date` headers tell."""
        frozen = self.target.now()
        if frozen is not None:
            return frozen
        if self._offset is None and self.caller.log:
            return date_of(self.caller.log[-1].answer) or datetime.now(UTC)
        return datetime.now(UTC) + (self._offset or timedelta())

    def tick(self) -> None:
        """Let at least a second pass on the target, so that a new timestamp differs."""
        if not self.target.advance(timedelta(seconds=2)):
            time.sleep(_SLACK_S)

    def advance(self, length: timedelta) -> None:
        """Let time pass on the target; Unable when its clock cannot be moved."""
        if not self.target.advance(length):
            raise Unable(
                f"let {length} pass", "the target's clock cannot be moved (a mockserver's can)"
            )

    # --- names and values

    def scope(self, **names: Json) -> Scope:
        """A scope in which expressions see these names."""
        return Scope(names, self.now())

    def fill(self, template: Json, **names: Json) -> Json:
        """A template with its expressions evaluated."""
        return self.expressions.fill(template, self.scope(**names))

    def mark(self, group: str = "") -> str:
        """A new text of small letters that nothing else on the target holds."""
        return group + self._letters(5)

    def new_group(self) -> str:
        """The beginning of the marks of records that belong together."""
        return self._nonce + self._letters(4)

    def _letters(self, length: int) -> str:
        return "".join(self.random.choices(_LETTERS, k=length))

    # --- records

    def make(
        self,
        resource: str,
        changes: Mapping[str, Json] | None = None,
        needs: Mapping[str, Made] | None = None,
        group: str = "",
        names: Mapping[str, Json] | None = None,
    ) -> Made:
        """Make a record, and first what it needs; `changes` override its body, by pointer.

        Unable when the contract's own template is refused: the lifecycle pack says so loudly.
        """
        draft = self.draft(resource, changes, needs, group, names)
        what, create = self.semantics.resources[resource], draft.create
        exchange = self.call(create.operation, path=draft.path, body=draft.body)
        made = self._made(what, exchange, draft.body, draft.mark, group, draft.needs)
        self._learn_time(made)
        return made

    def draft(
        self,
        resource: str,
        changes: Mapping[str, Json] | None = None,
        needs: Mapping[str, Made] | None = None,
        group: str = "",
        names: Mapping[str, Json] | None = None,
    ) -> Draft:
        """The request that would make a record; what it needs is made."""
        what = self.semantics.resources[resource]
        if what.create is None:
            raise Unable(f"make {what.title}", "nothing says how it is created")
        made_for = self._needed(what.create, needs or {}, group)
        mark = self.mark(group or self.new_group())
        body = what.create.body
        for pointer, template in (changes or {}).items():
            body = pointers.put(body, pointer, template)
        body = self._filled(body, made_for, mark, names or {})
        path = self._filled(what.create.path, made_for, mark, names or {})
        return Draft(what.create, path, body, mark, made_for)

    def read(self, resource: Resource, record_id: str, beside: Made | None = None) -> Exchange:
        """Read one record; a nested one is looked for where `beside` lies."""
        if resource.read is None:
            raise Unable(f"read {resource.title}", "nothing says how it is read")
        return self.call(
            resource.read.operation, path=self.path_to(resource.read, record_id, beside)
        )

    def path_to(self, part: Read | Update, record_id: str, beside: Made | None) -> dict[str, Json]:
        """The path parameters that lead to a record; Unable for a nested one beside nothing."""
        if part.path and beside is None:
            raise Unable(f"call {part.operation}", "its path also needs the id of another record")
        needs = {} if beside is None else {n: each.names for n, each in beside.needs.items()}
        made = {} if beside is None else {"made": beside.names}
        return {**self.fill(part.path, **needs, **made), part.parameter: record_id}

    def record_in(self, resource: Resource, exchange: Exchange) -> Json:
        """The record in the answer to a read, or MISSING."""
        assert resource.read is not None
        if exchange.answer.status != 200:
            return pointers.MISSING
        value = exchange.answer.json
        return pointers.MISSING if value is NO_JSON else pointers.get(value, resource.read.record)

    def again(self, made: Made) -> Made:
        """A record as it is now; Unable when it cannot be read."""
        exchange = self.read(made.resource, made.id, made)
        record = self.record_in(made.resource, exchange)
        if record is pointers.MISSING:
            raise Unable(
                f"read {made.resource.title} {made.id}",
                f"{exchange.operation} answered {exchange.answer.status}",
            )
        return replace(made, record=record, exchanges=(*made.exchanges, exchange))

    def face(self, made: Made, resource: str) -> Made:
        """The same thing as another resource shows it; Unable when it is not found there."""
        face = made.resource.faces.get(resource)
        if face is None:
            raise Unable(f"find {made.resource.title} as {resource}", "no face is declared")
        other = self.semantics.resources[resource]
        exchange, item = self._in_list(face, made)
        if item is pointers.MISSING:
            raise Unable(
                f"find {made.resource.title} {made.id} as {resource}",
                f"{face.operation} does not list it",
            )
        found = str(pointers.get(item, other.id))
        chain = (*made.exchanges, exchange)
        return Made(other, found, made.sent, item, made.mark, made.group, made.needs, chain)

    def clean_up(self) -> list[Leftover]:
        """Remove what was made, the last first; what could not be removed."""
        if self.target.is_ours_alone:
            return []
        self.deadline = None
        done: dict[tuple[str, str], str] = {}
        reasons = [(made, self._removed(made, done)) for made in reversed(self.ledger)]
        return [Leftover(made.resource.name, made.id, why) for made, why in reasons if why]

    def _removed(self, made: Made, done: dict[tuple[str, str], str]) -> str:
        """Why a record is still there; empty when it is gone, or went with what it was made for."""
        key = made.resource.name, made.id
        if key not in done:
            done[key] = self._deleted(made)
            owners = made.needs.values()
            if done[key] and any(not self._removed(owner, done) for owner in owners):
                done[key] = ""
        return done[key]

    def _deleted(self, made: Made) -> str:
        try:
            found = made if made.resource.delete else self._deletable(made)
            if found is None or found.resource.delete is None:
                return "the contract has no operation that removes it"
            how = found.resource.delete
            path = self.path_to(how, found.id, found)
            status = self.call(how.operation, path=path).answer.status
        except Unable as unable:
            return unable.why
        except ExpressionError as error:
            return str(error)
        return "" if status < 300 or status in (404, 410) else f"{how.operation} answered {status}"

    def _deletable(self, made: Made) -> Made | None:
        for name in made.resource.faces:
            if self.semantics.resources[name].delete is not None:
                return self.face(made, name)
        return None

    def _needed(self, create: Create, given: Mapping[str, Made], group: str) -> dict[str, Made]:
        return {
            name: given[name] if name in given else self.make(resource, group=group)
            for name, resource in create.needs.items()
        }

    def _filled(
        self, template: Json, made_for: Mapping[str, Made], mark: str, names: Mapping[str, Json]
    ) -> Json:
        number = str(self.random.randrange(10**6, 10**7))
        known = {name: made.names for name, made in made_for.items()}
        return self.fill(template, **{**names, **known, "mark": mark, "number": number})

    def _made(
        self,
        resource: Resource,
        exchange: Exchange,
        body: Json,
        mark: str,
        group: str,
        made_for: Mapping[str, Made],
    ) -> Made:
        create = resource.create
        assert create is not None
        value = exchange.answer.json
        found = id_in(create, exchange)
        if not 200 <= exchange.answer.status < 300 or found is None:
            raise Unable(
                f"make {resource.title}",
                f"{create.operation} answered {exchange.answer.status}"
                + ("" if exchange.answer.status >= 300 else " without an id"),
            )
        record = None if create.record is None else pointers.get(value, create.record)
        made = Made(resource, found, body, record, mark, group, made_for, (exchange,))
        self.ledger.append(made)  # before it is read: it is there, whatever reading shows
        return made if record is not None or resource.read is None else self.again(made)

    def _learn_time(self, made: Made) -> None:
        if self.semantics.clock and self.semantics.clock[0] == made.resource.name:
            text = pointers.get(made.record, self.semantics.clock[1])
            if isinstance(text, str):
                self._offset = instant(text) - datetime.now(UTC)

    def _in_list(self, face: Face, made: Made) -> tuple[Exchange, Json]:
        query = self.fill(face.query, made=made.names, record=made.record, sent=made.sent)
        exchange = self.call(face.operation, query=query)
        items = pointers.get(exchange.answer.json, face.items) if exchange.answer.body else []
        for item in items if isinstance(items, list) else []:
            names = {"item": item, "record": made.record, "sent": made.sent, "made": made.names}
            if self.expressions.holds(face.where, self.scope(**names)):
                return exchange, item
        return exchange, pointers.MISSING
