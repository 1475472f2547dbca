"""The judge of traffic: exchange by exchange, with findings of one kind counted as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import perf_counter

from contract_tests.contract import Contract, Operation
from contract_tests.findings import Finding, Severity, Unreached
from contract_tests.packs.traffic.answers import answer_faults, protocol_faults, status_fault
from contract_tests.packs.traffic.credentials import credential_fault, key_names
from contract_tests.packs.traffic.directions import Direction
from contract_tests.packs.traffic.faults import Fault
from contract_tests.packs.traffic.places import Bases, Place, shape_of
from contract_tests.packs.traffic.recorded import Recorded, secrets_of
from contract_tests.packs.traffic.requests import request_faults, unknown_query_names
from contract_tests.results import ItemResult, Outcome, RunResult

PACK = "traffic"
NOWHERE = "(no operation)"


@dataclass(frozen=True, slots=True)
class Strictness:
    """What a contract leaves open: `unknown_query` makes an undeclared query name a finding.

    `kept` are the headers that the recording is known to hold; see `credentials`.
    """

    unknown_query: bool = False
    kept: frozenset[str] = frozenset()


class Judge:
    """Judges exchanges as they come, and sums up what was seen."""

    def __init__(
        self,
        contract: Contract,
        bases: Bases,
        strictness: Strictness | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.contract = contract
        self._bases = bases
        self._strictness = strictness or Strictness()
        self._to_server = Direction(contract, "readOnly")
        self._to_client = Direction(contract, "writeOnly")
        self._found: dict[str, tuple[Finding, int]] = {}
        self._seen: Counter[tuple[str, int]] = Counter()
        self._requests: Counter[str] = Counter()
        self._missed: Counter[tuple[str, str, str]] = Counter()
        self._secret_names = key_names(contract)
        self._clock = clock
        self._began = clock()
        self._started = datetime.now(UTC).isoformat(timespec="seconds")

    @property
    def count(self) -> int:
        """How many exchanges met the contract."""
        return sum(self._requests.values())

    def judge(self, recorded: Recorded) -> list[Finding]:
        """The findings of one exchange; they are counted."""
        sent = recorded.exchange.sent
        place = self._bases.locate(sent.method, sent.target)
        if place is None:
            self.miss("", "an exchange", "its path is not below the base path of the contract")
            return []
        if place.operation is None:
            found = self._stray(recorded, place)
        else:
            found = self._met(recorded, place.operation, place)
        unique = list({each.fingerprint: each for each in found}.values())
        for finding in unique:
            first, count = self._found.get(finding.fingerprint, (finding, 0))
            self._found[finding.fingerprint] = (first, count + 1)
        return unique

    def is_known(self, finding: Finding) -> bool:
        """Whether a finding of its kind was met more than once by now."""
        return self._found.get(finding.fingerprint, (finding, 0))[1] > 1

    def miss(self, operation: str, what: str, why: str) -> None:
        """Note something that could not be judged."""
        self._missed[operation, what, why] += 1

    def _stray(self, recorded: Recorded, place: Place) -> list[Finding]:
        """A request to no operation: only an answer as if there was one is a fault."""
        sent, status = recorded.exchange.sent, recorded.exchange.answer.status
        self._requests[NOWHERE] += 1
        if 400 <= status < 500 or sent.method == "OPTIONS":
            return []
        shape = shape_of(place.path)
        is_known_path = bool(place.methods)
        rule = f"methods of {shape}: {', '.join(place.methods)}" if is_known_path else "paths"
        fault = Fault(
            "undocumented_method" if is_known_path else "undocumented_path",
            Severity.MAJOR,
            f"{sent.method} {shape} is not in the contract, and was answered with {status}",
            rule,
            "#/paths",
            {"status": "405" if is_known_path else "404"},
            {"status": status},
        )
        faults = [fault, *protocol_faults(recorded)]
        return [self._finding(each, f"{sent.method} {shape}", recorded) for each in faults]

    def _met(self, recorded: Recorded, operation: Operation, place: Place) -> list[Finding]:
        status = recorded.exchange.answer.status
        self._requests[operation.name] += 1
        self._seen[operation.name, status] += 1
        self._note_what_is_not_known(recorded, operation)
        faults = list(self._faults(recorded, operation, place, status))
        return [self._finding(fault, operation.name, recorded) for fault in faults]

    def _faults(
        self, recorded: Recorded, operation: Operation, place: Place, status: int
    ) -> Iterator[Fault]:
        broken = list(
            request_faults(self.contract, self._to_server, operation, recorded, place.values)
        )
        is_accepted = 200 <= status < 300
        if is_accepted:
            yield from broken
            kept = self._strictness.kept
            lacking = credential_fault(self.contract, operation, recorded.exchange.sent, kept)
            yield from [lacking] if lacking else []
            yield from self._unknown_query(recorded, operation)
        undeclared = status_fault(operation, status)
        # Whoever breaks the contract and is refused gets no say in how.
        if undeclared and not (broken and 400 <= status < 500) and status < 500:
            yield undeclared
        yield from answer_faults(self.contract, self._to_client, operation, recorded)

    def _unknown_query(self, recorded: Recorded, operation: Operation) -> Iterator[Fault]:
        for name in unknown_query_names(self.contract, operation, recorded):
            if not self._strictness.unknown_query:
                why = "not declared; most servers ignore it (--strict-query makes it a finding)"
                self.miss(operation.name, f"query parameter {name}", why)
                continue
            declared = ", ".join(each.name for each in operation.parameters_in("query"))
            yield Fault(
                "undocumented_query", Severity.MINOR, f"The query parameter {name} is not declared",
                f"parameters in query: {declared or 'none'}", f"{operation.label}, parameters",
                "400, or a declaration", {"name": name}, name,
            )  # fmt: skip

    def _finding(self, fault: Fault, operation: str, recorded: Recorded) -> Finding:
        secrets = secrets_of(recorded.exchange.sent, self._secret_names)
        exchange = replace(recorded.exchange, operation=operation, secrets=secrets)
        return fault.found(PACK, exchange)

    def _note_what_is_not_known(self, recorded: Recorded, operation: Operation) -> None:
        why = "cut, or not kept by the recording"
        if not recorded.is_request_whole:
            self.miss(operation.name, "request body", why)
        if not recorded.is_answer_whole:
            self.miss(operation.name, "response body", why)

    def result(self, source: str) -> RunResult:
        """Everything that was seen so far, item by item."""
        operations = self.contract.operations
        info = self.contract.document.root.get("info", {})
        names = [*operations, *dict.fromkeys(f.operation for f, _ in self._found.values())]
        items = [self._item(name) for name in dict.fromkeys(names)]
        nowhere = self._unreached("")
        if nowhere or self._requests[NOWHERE]:
            # Requests to nothing that were refused rightly prove nothing: they do not pass.
            items.append(
                ItemResult(PACK, NOWHERE, Outcome.SKIPPED, unreached=nowhere,
                           requests=self._requests[NOWHERE])
            )  # fmt: skip
        return RunResult(
            url=source,
            contract=str(self.contract.document.path),
            contract_title=str(info.get("title", "")),
            profile=PACK,
            seed=0,
            packs=(PACK,),
            started=self._started,
            seconds=self._clock() - self._began,
            items=tuple(items),
            statuses={name: each.statuses for name, each in operations.items()},
            labels={name: each.label for name, each in operations.items()},
        )

    def _item(self, name: str) -> ItemResult:
        findings = tuple(
            _counted(finding, count)
            for finding, count in self._found.values()
            if finding.operation == name
        )
        seen = {key: count for key, count in self._seen.items() if key[0] == name}
        unreached = self._unseen(name) + self._unreached(name)
        passed = Outcome.PASSED if seen else Outcome.SKIPPED
        outcome = Outcome.FAILED if findings else passed
        requests = self._requests[name]
        return ItemResult(PACK, name, outcome, findings, unreached, requests=requests, seen=seen)

    def _unseen(self, name: str) -> tuple[Unreached, ...]:
        operation = self.contract.operations.get(name)
        if operation is None:
            return ()
        if not self._requests[name]:
            return (Unreached(PACK, name, "the operation", "no exchange of the traffic met it"),)
        return tuple(
            Unreached(PACK, name, f"status {status}", "no exchange of the traffic has it")
            for status in operation.statuses
            if (name, status) not in self._seen
        )

    def _unreached(self, name: str) -> tuple[Unreached, ...]:
        return tuple(
            Unreached(PACK, name or NOWHERE, _times(what, count), why)
            for (operation, what, why), count in self._missed.items()
            if operation == name
        )


def _counted(finding: Finding, count: int) -> Finding:
    return replace(finding, title=_times(finding.title, count))


def _times(text: str, count: int) -> str:
    return text if count < 2 else f"{text} ({count} times)"
