"""Filters: each leaves exactly the rows that meet it, alone and together with others."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from contract_tests.findings import Severity
from contract_tests.listing import Walk
from contract_tests.packs.collections.crowd import Crowd, Query
from contract_tests.packs.collections.values import values_of
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Filter

Json = Any
Seen = dict[str, frozenset[str]]
_PAIRS = {"smoke": 0, "standard": 2, "deep": 6}


@dataclass
class Filtering:
    """Filters of one list, judged on the rows of the run; `seen` is what each value left."""

    report: Reporter
    crowd: Crowd
    order: list[str]
    seen: dict[str, Seen] = field(default_factory=dict)

    def judge(self) -> None:
        """Every filter alone, then in pairs, then all at once."""
        rows = list(self.crowd.items.values())
        for name, rule in self.crowd.collection.filters.items():
            self.seen[name] = {}
            for value in values_of(self.crowd, name, rule, rows):
                self._alone(name, rule, value)
            self._nobody(name, rule)
        for one, other in combinations(self.crowd.collection.filters, 2):
            self._pair(one, other)
        self._all()
        if self.crowd.collection.blank_is_absent:
            self._blank()

    def _alone(self, name: str, rule: Filter, value: str) -> None:
        query = {**self.crowd.without(name), name: value}
        walked = self.crowd.walk(query)
        if not self._is_list(walked, name):
            return
        got = frozenset(self.crowd.id_of(each) for each in walked.items)
        self.seen[name][value] = got & set(self.crowd.items)
        if rule.keeps is not None:
            kept = self.crowd.kept(rule, list(self.crowd.items.values()), value)
            expected = frozenset(map(self.crowd.id_of, kept))
            self._compare(name, f"{name}={value}", expected, walked)
            self._all_meet(name, rule, value, walked)

    def _is_list(self, walked: Walk, name: str) -> bool:
        """Whether the answer is a list, and short enough to be read."""
        if walked.problem:
            self.report.found(
                "filter-fails",
                Severity.MAJOR,
                f"Filtering by {name}: {walked.problem}",
                subject=name,
                expected=200,
                got=walked.pages[-1].exchange.answer.status,
                exchanges=walked.exchanges[-1:],
            )
        elif not walked.is_whole:
            self.crowd.bench.unreached(f"filter by {name}", "more rows match than can be read")
        return not walked.problem and walked.is_whole

    def _compare(self, name: str, asked: str, expected: frozenset[str], walked: Walk) -> bool:
        """The rows of the run that came are those that should have."""
        crowd = self.crowd
        sequence = [crowd.id_of(each) for each in walked.items]
        got = frozenset(sequence) & set(crowd.items)
        is_alone = crowd.is_narrowed and not set(crowd.narrow) & set(name.split(" and "))
        foreign = set(sequence) - set(crowd.items)
        if got != expected:
            self._differs(name, asked, expected, got, walked)
        elif is_alone and foreign:
            self._differs(name, asked, expected, frozenset(sequence), walked)
        elif is_alone and sequence != [each for each in self.order if each in got]:
            self._disordered(asked, sequence, walked)
        elif is_alone:
            self._totals(asked, walked)
        return got == expected

    def _differs(
        self,
        name: str,
        asked: str,
        expected: frozenset[str],
        got: frozenset[str],
        walked: Walk,
    ) -> None:
        wrong, lost = sorted(got - expected), sorted(expected - got)
        parts = [f"shows {', '.join(wrong[:3])}, which should not be there"] if wrong else []
        parts += [f"does not show {', '.join(lost[:3])}, which should be"] if lost else []
        rows = [self.crowd.items.get(each, each) for each in (wrong + lost)[:1]]
        self.report.found(
            "filter-differs",
            Severity.MAJOR,
            f"{asked} {' and '.join(parts)} ({len(got)} rows, expected {len(expected)})",
            subject=f"{name} {'adds' if wrong else 'loses'}",
            expected={"rows": sorted(expected), "example": rows},
            got={"rows": sorted(got)},
            exchanges=(*self.crowd.chain, *walked.exchanges[-1:]),
            about=(f"`{name}`", "filters", "criteria", "inclusive"),
            rule=self._rule(name),
        )

    def _rule(self, name: str) -> str:
        rule = self.crowd.collection.filters.get(name)
        return f"{name} leaves the rows for which: {rule.keeps}" if rule and rule.keeps else ""

    def _all_meet(self, name: str, rule: Filter, value: str, walked: Walk) -> None:
        """Rows of others that came meet the filter too."""
        if rule.keeps is None or "record." in rule.keeps:
            return
        kept = self.crowd.kept(rule, walked.items, value)
        wrong = [each for each in walked.items if each not in kept] if kept != walked.items else []
        if wrong and not set(map(self.crowd.id_of, wrong)) & set(self.crowd.items):
            self.report.found(
                "filter-differs",
                Severity.MAJOR,
                f"{name}={value} shows {self.crowd.id_of(wrong[0])}, which does not meet it",
                subject=f"{name} adds",
                expected=f"rows for which {rule.keeps}",
                got=wrong[0],
                exchanges=walked.exchanges[-1:],
                rule=self._rule(name),
            )

    def _disordered(self, asked: str, sequence: list[str], walked: Walk) -> None:
        expected = [each for each in self.order if each in sequence]
        self.report.found(
            "filtered-order",
            Severity.MAJOR,
            f"{asked} comes in another order than the whole list, or shows a row twice",
            subject="order",
            expected=expected,
            got=sequence,
            exchanges=walked.exchanges[-1:],
            about=("order", "newest", "latest"),
        )

    def _totals(self, asked: str, walked: Walk) -> None:
        paging = self.crowd.collection.paging
        if paging is None or paging.total is None:
            return
        total = walked.pages[0].member(paging.total)
        if total != len(walked.items):
            self.report.found(
                "total-of-filtered",
                Severity.MAJOR,
                f"{asked} says {paging.total} {show(total)} and shows {len(walked.items)} rows",
                subject="total",
                expected=len(walked.items),
                got=total,
                exchanges=walked.exchanges[-1:],
                rule="The total counts the rows that match the filters.",
            )

    def _nobody(self, name: str, rule: Filter) -> None:
        """A value that nothing has leaves nothing, in the declared form."""
        for template in rule.nobody:
            value = self.crowd.bench.fill(template, **self.crowd.names)
            page = self.crowd.page({**self.crowd.without(name), name: value})
            status = page.exchange.answer.status
            paging = self.crowd.collection.paging
            total = page.member(paging.total) if paging and page.items == [] else 0
            pages = page.member(paging.pages) if paging and paging.pages and page.items == [] else 0
            if status != self.crowd.collection.empty or page.items or total or pages:
                self.report.found(
                    "empty-otherwise",
                    Severity.MAJOR,
                    f"{name}={value} matches nothing and is answered {status} "
                    f"with {len(page.items or ())} rows, total {total}, pages {pages}",
                    subject=name,
                    expected={"status": self.crowd.collection.empty, "rows": 0},
                    got={"status": status, "rows": page.items, "total": total, "pages": pages},
                    exchanges=(page.exchange,),
                    about=("empty", "204", "nothing"),
                )

    # --- several filters

    def _telling(self, name: str) -> list[str]:
        """Values that leave some of the rows, and not all; else any that leave some."""
        count = len(self.crowd.items)
        seen = self.seen[name]
        some = [value for value, left in seen.items() if 0 < len(left) < count]
        return some or [value for value, left in seen.items() if left]

    def _pair(self, one: str, other: str) -> None:
        """Two filters leave what both leave, or what either does where that is declared."""
        firsts, seconds = self._telling(one), self._telling(other)
        if not firsts or not seconds:
            return
        for _ in range(_PAIRS[self.crowd.bench.plan.profile.name]):
            chosen = {one: self._choice(firsts), other: self._choice(seconds)}
            self._several(chosen)

    def _choice(self, values: list[str]) -> str:
        return self.crowd.bench.random.choice(values)

    def _several(self, chosen: dict[str, str]) -> None:
        if any(self._is_refused(chosen)):
            return
        walked = self.crowd.walk({**self.crowd.without(*chosen), **chosen})
        if not self._is_list(walked, " and ".join(chosen)):
            return
        left = [self.seen[name][value] for name, value in chosen.items()]
        any_of = self.crowd.collection.any_of
        expected = frozenset.union(*left) if any_of else frozenset.intersection(*left)
        asked = "&".join(f"{name}={value}" for name, value in chosen.items())
        self._compare(" and ".join(chosen), asked, expected, walked)

    def _is_refused(self, chosen: dict[str, str]) -> list[bool]:
        """Whether values of a range are the wrong way round, as in a declared refusal."""
        pairs = [tuple(each) for each in self.crowd.collection.refused]
        found = []
        for pair in pairs:
            if len(pair) == 2 and set(pair) <= set(chosen):
                lower, upper = (self.seen[name][chosen[name]] for name in pair)
                found.append(not lower & upper)
        return found

    def _all(self) -> None:
        """Values of one row, all at once, leave that row among what each leaves."""
        filters = self.crowd.collection.filters
        for row in list(self.crowd.items)[:: max(1, len(self.crowd.items) // 2)]:
            chosen: dict[str, str] = {}
            for name in filters:
                fitting = [v for v, left in self.seen[name].items() if row in left and v]
                if fitting:
                    chosen[name] = self._choice(fitting)
            if len(chosen) > 2:
                self._several(chosen)

    def _blank(self) -> None:
        """An empty value is as none."""
        names = list(self.crowd.collection.filters)
        for name in names:
            telling = self._telling(name)
            if not telling:
                continue
            blanks = {other: "" for other in names if other != name}
            query: Query = {**blanks, name: telling[0]}
            walked = self.crowd.walk(query)
            if self._is_list(walked, f"{name} and empty values"):
                asked = f"{name}={telling[0]} beside empty values"
                self._compare(name, asked, self.seen[name][telling[0]], walked)
