"""Stories: declared steps, taken one after another on a bench, until one does not go as told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.records import Made, Unable, id_in
from contract_tests.semantics import ExpressionError, Step
from contract_tests.semantics.expressions import duration

Json = Any


@dataclass(frozen=True, slots=True)
class Stumble:
    """A step that did not go as told: `subject` names it, `exchanges` lead to it."""

    subject: str
    what: str
    expected: Json
    got: Json
    exchanges: tuple[Exchange, ...]


@dataclass
class Story:
    """What the steps taken so far have bound, and the exchanges that led here."""

    bench: Bench
    names: dict[str, Json] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)

    def play(self, steps: Iterable[Step], prefix: str = "") -> Stumble | None:
        """Take the steps; the first that does not go as told. Unable when one cannot be taken."""
        for number, step in enumerate(steps, 1):
            stumble = self._take(step, f"{prefix}{number}")
            if stumble is not None:
                return stumble
        return None

    def arguments(self, step: Step) -> dict[str, Json]:
        """What a step that calls would send, as `Bench.call` takes it."""
        found = {
            "path": self._fill(step.path),
            "query": self._fill(step.query),
            "headers": self._fill(step.headers),
        }
        return {**found, "body": self._fill(step.body) if step.has_body else NO_BODY}

    def _take(self, step: Step, number: str) -> Stumble | None:
        if step.kind == "each":
            return self._take_each(step, number)
        if step.kind == "call":
            return self._call(step, number)
        began = len(self.bench.caller.log)
        if step.kind == "make":
            needs = {name: self.made[each] for name, each in step.needs.items()}
            self._bind(step, self.bench.make(step.subject, step.body or {}, needs, "", self.names))
        elif step.kind == "face":
            self._bind(step, self.bench.face(self.made[step.needs["of"]], step.subject))
        elif step.kind == "tick":
            self.bench.tick()
        elif step.kind == "advance":
            self.bench.advance(duration(self._fill(step.subject)))
        self.exchanges += self.bench.caller.log[began:]
        return self._broken(step, number, step.kind, {})

    def _take_each(self, step: Step, number: str) -> Stumble | None:
        cases = self._fill(step.cases)
        came = len(self.exchanges)
        for index, case in enumerate(cases, 1):
            self.names["case"] = case
            stumble = self.play(step.steps, f"{number}.{index}.")
            if stumble is not None:
                return stumble
            # What an earlier case did has no part in what a later one shows.
            del self.exchanges[came:]
        return None

    def _call(self, step: Step, number: str) -> Stumble | None:
        arguments = self.arguments(step)
        expected = [int(status) for status in self._fill(list(step.expect))]
        exchange = self.bench.call(step.subject, **arguments, identity=step.identity)
        self.exchanges.append(exchange)
        status, body = exchange.answer.status, exchange.answer.json
        seen = {
            "status": status,
            "body": None if body is NO_JSON else body,
            "headers": {name.lower(): value for name, value in exchange.answer.headers},
            "sent": None if arguments["body"] is NO_BODY else arguments["body"],
        }
        self._keep(step, exchange, seen)
        if expected and status not in expected:
            what = f"{step.subject} answered {status}"
            return Stumble(
                f"{number}-status", what, {"status": expected}, _shown(seen), tuple(self.exchanges)
            )
        if not expected and not 200 <= status < 300:
            raise Unable(f"call {step.subject}", f"it answered {status}")
        return self._broken(step, number, step.subject, seen)

    def _keep(self, step: Step, exchange: Exchange, seen: dict[str, Json]) -> None:
        """Bind the answer, and put what was made into the ledger."""
        if step.name:
            self.names[step.name] = seen
        for resource in self.bench.semantics.resources.values():
            create = resource.create
            if create is None or create.operation != step.subject or seen["status"] >= 300:
                continue
            found = id_in(create, exchange)
            if found is not None:
                seen["id"] = found
                made = Made(resource, found, seen["sent"], seen["body"], "", "", {}, (exchange,))
                self.bench.ledger.append(made)
                if step.name:
                    self.made[step.name] = made

    def _bind(self, step: Step, made: Made) -> None:
        if step.name:
            self.made[step.name] = made
            needs = {name: each.names for name, each in made.needs.items()}
            self.names[step.name] = {**made.names, "needs": needs}

    def _broken(
        self, step: Step, number: str, what: str, seen: Mapping[str, Json]
    ) -> Stumble | None:
        scope = self.bench.scope(**{**self.names, **seen})
        for index, expression in enumerate(step.holds, 1):
            if not self.bench.expressions.holds(expression, scope):
                got = self._sides(expression, scope) or _shown(seen)
                subject = f"{number}-{index}"
                title = f"after {what}, this does not hold: {' '.join(expression.split())}"
                return Stumble(subject, title, expression, got, tuple(self.exchanges))
        return None

    def _sides(self, expression: str, scope: Any) -> Json:
        """What the two sides of an equation come to; None for any other expression."""
        sides = expression.split(" == ")
        if len(sides) != 2 or " && " in expression or " || " in expression:
            return None
        try:
            left, right = (self.bench.expressions.evaluate(side, scope) for side in sides)
        except ExpressionError as error:
            return str(error)
        return {sides[0].strip(): left, sides[1].strip(): right}

    def _fill(self, template: Json) -> Json:
        bench = self.bench
        number = str(bench.random.randrange(10**6, 10**7))
        return bench.fill(template, **self.names, mark=bench.mark(bench.new_group()), number=number)


def _shown(seen: Mapping[str, Json]) -> Json:
    return {name: seen[name] for name in ("status", "body") if name in seen}


def all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """Every step, those within others after them."""
    for step in steps:
        yield step
        yield from all_steps(step.steps)


def can_be_played(bench: Bench, steps: Iterable[Step]) -> None:
    """Raise Unable before anything is made for steps that this target cannot take."""
    moves = any(step.kind == "advance" for step in all_steps(steps))
    if moves and bench.target.now() is None:
        raise Unable("let time pass", "the target's clock cannot be moved (a mockserver's can)")
