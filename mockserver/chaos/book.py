"""The faults of one world, in the order in which they were added, with what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from mockserver.chaos.decision import Decision
from mockserver.chaos.rules import FaultRule, RequestFacts
from mockserver.errors import Conflict, NotFound
from mockserver.ids import Ids

RULES_MOST = 100
"""How many rules one book takes."""


@dataclass(slots=True)
class Standing:
    """A rule with how many requests it met while its schedule was open, and how often it fired."""

    rule: FaultRule
    matched: int = 0
    fired: int = 0

    def takes_turn(self, request: RequestFacts, now: datetime) -> bool:
        """Count the request if the rule meets it; whether the rule has its turn with it."""
        schedule = self.rule.schedule
        if not (schedule.is_open(now) and self.rule.match.fits(request)):
            return False
        self.matched += 1
        return schedule.has_turn(self.matched)


class FaultBook:
    """Decides what goes wrong with each request of one world; false as long as it has no rules.

    Chance comes from the stream `chaos` of the world's seed, which moves only when a rule with a
    probability below 1 has its turn, or one with a range of delays fires: the same rules and the
    same requests give the same decisions, whatever else happens in the world.
    """

    __slots__ = ("_ids", "_numbered", "_standings", "_stream")

    def __init__(self, ids: Ids) -> None:
        """An empty book for the world with these ids, of which only the seed is used."""
        self._ids = ids
        self._standings: dict[str, Standing] = {}
        self._numbered = 0
        self._stream: Random | None = None

    def __len__(self) -> int:
        return len(self._standings)

    def add(self, rules: Iterable[FaultRule], name: str = "fault") -> tuple[FaultRule, ...]:
        """Put rules at the end, all or none; a rule without an id becomes `<name>-<number>`.

        Gives the rules as they were added. Raises Conflict `fault_already_exists` for an id that
        is taken, `too_many_faults` when the book would hold more than 100 rules.
        """
        wanted = tuple(rules)
        if len(self) + len(wanted) > RULES_MOST:
            raise Conflict(
                "too_many_faults",
                f"A world has at most {RULES_MOST} fault rules, and {len(self)} are there already: "
                "remove some first.",
            )
        taken = self._standings.keys() | _own_ids(wanted, self._standings)
        added = tuple(rule if rule.id else self._named(rule, name, taken) for rule in wanted)
        self._standings.update({rule.id: Standing(rule) for rule in added})
        return added

    def remove(self, rule_id: str) -> None:
        """Take one rule out; NotFound `fault_not_found` when there is none with that id."""
        if rule_id not in self._standings:
            known = ", ".join(self._standings) or "none"
            raise NotFound(
                "fault_not_found", f"There is no fault rule '{rule_id}' (there are: {known}).", "id"
            )
        del self._standings[rule_id]

    def clear(self) -> None:
        """Begin anew: no rules, ids from 1, and chance from its start."""
        self._standings.clear()
        self._numbered, self._stream = 0, None

    def listing(self) -> list[Standing]:
        """Every rule in order with its counts, as copies that stay as they are."""
        return [replace(standing) for standing in self._standings.values()]

    def fork(self) -> FaultBook:
        """An independent book with the same rules, counts and chance to come."""
        fork = FaultBook(self._ids)
        fork._standings = {key: replace(standing) for key, standing in self._standings.items()}
        fork._numbered = self._numbered
        fork._stream = copy(self._stream)
        return fork

    def decide(self, request: RequestFacts, now: datetime) -> Decision | None:
        """What goes wrong with a request at an instant of the world's clock; None for nothing.

        Counts the request with every rule that meets it, hence ask once per request. Every rule is
        looked at, in order, whatever those before it did; :class:`Decision` says how they join.
        """
        if not self._standings:
            return None
        decision = Decision()
        for standing in self._standings.values():
            if standing.takes_turn(request, now) and self._happens(standing.rule.probability):
                standing.fired += 1
                decision = decision.joined_by(standing.rule, self._delay_ms(standing.rule))
        return decision if decision.fired else None

    def _named(self, rule: FaultRule, name: str, taken: set[str]) -> FaultRule:
        self._numbered += 1
        while f"{name}-{self._numbered}" in taken:
            self._numbered += 1
        return replace(rule, id=f"{name}-{self._numbered}")

    def _happens(self, probability: float) -> bool:
        return probability >= 1 or self._chance().random() < probability

    def _delay_ms(self, rule: FaultRule) -> int:
        least, most = rule.effect.delay_ms or (0, 0)
        return least if least == most else self._chance().randint(least, most)

    def _chance(self) -> Random:
        if self._stream is None:
            self._stream = self._ids.stream("chaos")
        return self._stream


def _own_ids(rules: Iterable[FaultRule], taken: Iterable[str]) -> set[str]:
    """The ids the rules bring along; Conflict when one is taken or brought twice."""
    known, own = set(taken), set[str]()
    for rule in rules:
        if rule.id in known:
            raise Conflict(
                "fault_already_exists",
                f"There is a fault rule '{rule.id}' already: choose another id, or remove it.",
                "id",
            )
        if rule.id:
            known.add(rule.id)
            own.add(rule.id)
    return own
