"""Bodies: what a request may hold, from declared templates, examples, schemas and known ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.contract import Operation
from contract_tests.contract.schemas import leaves
from contract_tests.packs.differential.edges import RARE, edges, schema_at
from contract_tests.packs.differential.identities import is_id
from contract_tests.packs.differential.knowledge import Knowledge, stem_of
from contract_tests.packs.differential.sides import Arena
from contract_tests.packs.differential.times import moment
from contract_tests.semantics import ExpressionError
from contract_tests.semantics.expressions import is_expression, moment_text
from contract_tests.values import Undrawable, draw, shape_of

Json = Any
_FREE_TRIES = 6


class Bodies:
    """Draws and varies bodies, as the reference would be sent them."""

    def __init__(self, arena: Arena, knowledge: Knowledge) -> None:
        self._arena = arena
        self._bench: Bench = arena.bench
        self._knowledge = knowledge
        self._hints = self._bench.semantics.differential.values
        self.near: frozenset[int] = frozenset()  # serials of what a request is about

    def filled(self, template: Json, names: Mapping[str, Json]) -> Json:
        """A template filled in; MISSING when an expression in it cannot be evaluated here."""
        try:
            return self._bench.fill(template, **names)
        except ExpressionError:
            return pointers.MISSING

    def varied(self, operation: Operation, body: Json, kept: set[str], rate: float = 1.0) -> Json:
        """A body with some optional members left out, others put in or changed; `kept` stay."""
        schema = operation.body_schema
        if schema is None or not isinstance(body, dict):
            return body
        changed = body
        for overlay in self._overlay(operation, rate):
            changed = {**changed, **overlay}
        for place in list(self._members(schema, changed, "")):
            if not any(pointers.matches(each, place) for each in kept):
                changed = self._changed(schema, changed, place, rate)
        return changed if self._fits(schema, changed) else body

    def variants(self, operation: Operation, template: Json) -> list[dict[str, Json]]:
        """Templates of members that a body of a create may be given, a telling case each.

        By pointer; those that are declared first, then what the schema suggests.
        """
        random, schema = self._bench.random, operation.body_schema
        declared = self.hinted(operation)
        for overlay in self._bench.semantics.differential.bodies.get(operation.name, ()):
            declared.append({pointers.joined([name]): value for name, value in overlay.items()})
        suggested: list[dict[str, Json]] = []
        if schema is not None:
            suggested += [
                {place: value}
                for place in self._members(schema, {}, "")
                for value in self._few(schema_at(schema, place, self._bench.contract))
            ]
        suggested += list(self._extremes(schema, template))
        suggested += self._rare(schema, template)
        random.shuffle(declared)
        random.shuffle(suggested)
        return [*suggested[:6], *declared, *suggested[6:]]

    def hinted(self, operation: Operation) -> list[dict[str, Json]]:
        """Templates of members of a body, one for each value that is declared, by pointer."""
        schema = operation.body_schema
        return [
            {place: template}
            for place, templates in self._hints.items()
            if schema is not None and schema_at(schema, place, self._bench.contract) is not None
            for template in templates
        ]

    def put(self, body: Json, changes: Mapping[str, Json], names: Mapping[str, Json]) -> Json:
        """A body with members changed by templates that are filled in now."""
        for place, template in changes.items():
            value = self.filled(template, names)
            if value is not pointers.MISSING:
                body = pointers.put(body, place, self._shifted(value))
        return body

    def _few(self, schema: Json) -> list[Json]:
        """The values of a member that has only a few."""
        if schema is None:
            return []
        shape = shape_of(schema, self._bench.contract)
        if shape.types == ("boolean",):
            return [True, False]
        return [each for each in shape.keywords.get("enum", ()) if each is not None]

    def _extremes(self, schema: Json, template: Json) -> Iterator[dict[str, Json]]:
        """Every number of a body at its largest, then at its smallest."""
        for bound in ("maximum", "minimum"):
            changes = {}
            for place, value in leaves(template):
                member = self._bounds_at(schema, place)
                if isinstance(value, int | float) and bound in member:
                    changes[place] = member[bound]
            if changes:
                yield changes

    def _rare(self, schema: Json, template: Json) -> list[dict[str, Json]]:
        """Every free text of a body, there or not, with signs that are easily mangled."""
        marks = marked(template)
        changes = {
            place: RARE
            for place in (self._members(schema, template, "") if schema is not None else ())
            if place not in marks and not is_id(place) and self._is_free(schema, place)
        }
        return [changes] if changes else []

    def _is_free(self, schema: Json, place: str) -> bool:
        member = schema_at(schema, place, self._bench.contract)
        return isinstance(member, dict) and self._fits(member, RARE)

    def _bounds_at(self, schema: Json, place: str) -> dict[str, Json]:
        found = schema_at(schema, place, self._bench.contract)
        return {} if found is None else shape_of(found, self._bench.contract).keywords

    def edges(self, operation: Operation, template: Json) -> list[dict[str, Json]]:
        """Templates of members, by pointer: all free texts, then all dates, at an edge each time.

        A member of which values are declared is no free text.
        """
        schema, contract = operation.body_schema, self._bench.contract
        if schema is None:
            return []
        there = dict.fromkeys(place for place, _ in leaves(template))
        there |= dict.fromkeys(self._members(schema, template, ""))
        members = {place: schema_at(schema, place, contract) for place in there}
        known = {place: each for place, each in members.items() if isinstance(each, dict)}
        return edges(
            self._bench.contract, known, template, frozenset(self._hints), self._arena.now()
        )

    def in_capitals(self, operation: Operation, body: Json, places: set[str]) -> Json:
        """A body, now and then with one of some members in capital letters."""
        random = self._bench.random
        for place in sorted(places):
            value = pointers.get(body, place)
            if isinstance(value, str) and not is_id(place) and random.random() < 0.15:
                changed = pointers.put(body, place, value.upper())
                return changed if self._fits(operation.body_schema, changed) else body
        return body

    def drawn(self, operation: Operation, path: Mapping[str, Json]) -> Json:
        """A body from the contract's examples or its schema, with ids of what there is."""
        schema, random = operation.body_schema, self._bench.random
        examples = [e for e in operation.body_examples.values() if self._fits(schema, e)]
        body: Json = None
        if examples and random.random() < 0.6:
            body = random.choice(examples)
        else:
            try:
                body = draw(schema, random, self._bench.contract)
            except Undrawable:
                body = random.choice(examples) if examples else {}
        return self.with_ids(operation, body, path)

    def with_ids(self, operation: Operation, body: Json, path: Mapping[str, Json]) -> Json:
        """A body in which every member that names a record names one that is there."""
        used: list[Json] = []
        for place, value in list(leaves(body)):
            if is_id(place) and isinstance(value, str | int):
                found = self._id_for(operation, body, place, path, used)
                if found is not pointers.MISSING:
                    body = pointers.put(body, place, found)
                    used.append(found)
        return body

    def with_another_id(self, operation: Operation, body: Json, path: Mapping[str, Json]) -> Json:
        """A body, now and then with an id more: of something else that it may point at."""
        shape = shape_of(operation.body_schema, self._bench.contract)
        for name in shape.members:
            place = pointers.joined([name])
            is_free = is_id(place) and name not in (*body, *path)
            if is_free and name != "id" and self._bench.random.random() < 0.35:
                found = self._id_for(operation, {**body, name: ""}, place, path, [])
                body = body if found is pointers.MISSING else {**body, name: found}
        return body

    def pointers_of(self, operation: Operation) -> list[str]:
        """What the members of a body name: `owner` where there is an `owner_id`."""
        if operation.body_schema is None:
            return []
        members = shape_of(operation.body_schema, self._bench.contract).members
        return [stem_of(name) for name in members if is_id(f"/{name}") and stem_of(name)]

    def pointing(self, operation: Operation, path: Mapping[str, Json]) -> list[Json]:
        """Bodies that point at something else near what a request is about, one member each."""
        schema = operation.body_schema
        if schema is None:
            return []
        found = []
        for name in shape_of(schema, self._bench.contract).members:
            if is_id(pointers.joined([name])) and name not in path and name != "id":
                known = [k for k in self._knowledge.origins(name) if k.serial in self.near]
                bodies = [{name: k.value} for k in known if self._fits(schema, {name: k.value})]
                found += bodies[:5]
        return found

    def _id_for(
        self,
        operation: Operation,
        body: Json,
        place: str,
        path: Mapping[str, Json],
        used: list[Json],
    ) -> Json:
        random, schema = self._bench.random, operation.body_schema
        name = pointers.parts_of(place)[-1]
        known = [k for k in self._knowledge.origins(name) if k.value not in used]
        near = [k for k in known if k.serial in self.near]
        if near and random.random() < 0.7:
            known = near
        same = [v for v in path.values() if self._fits(schema, pointers.put(body, place, v))]
        if same and (name == "id" or name in path) and random.random() < 0.9:
            return same[0]
        fitting = [
            k.value for k in known[:40] if self._fits(schema, pointers.put(body, place, k.value))
        ]
        if not fitting:
            return pointers.MISSING
        return fitting[0] if random.random() < 0.3 else random.choice(fitting[:8])

    def _overlay(self, operation: Operation, rate: float) -> Iterator[Json]:
        overlays = self._bench.semantics.differential.bodies.get(operation.name, ())
        if overlays and self._bench.random.random() < 0.6 * rate:
            yield self._bench.fill(self._bench.random.choice(overlays))

    def _members(self, schema: Json, body: Json, at: str) -> Iterator[str]:
        """Members that a body has or might have, one level deep into what it has."""
        shape = shape_of(schema, self._bench.contract)
        names = dict.fromkeys([*body, *shape.members])
        for name in names:
            place = at + pointers.joined([name])
            yield place
            if not at and isinstance(body.get(name), dict) and name in shape.members:
                yield from self._members(shape.members[name], body[name], place)

    def _changed(self, schema: Json, body: Json, place: str, rate: float) -> Json:
        random = self._bench.random
        there = pointers.get(body, place) is not pointers.MISSING
        if is_id(place) or (
            place.count("/") > 1 and pointers.get(body, _above(place)) is pointers.MISSING
        ):
            return body
        chance = random.random() / rate
        options: list[Json] = []
        if there and chance < 0.1:
            options = [pointers.dropped(body, place)]
        elif chance < 0.5:
            options = [pointers.put(body, place, value) for value in self._values(schema, place)]
        random.shuffle(options)
        return next((each for each in options[:_FREE_TRIES] if self._fits(schema, each)), body)

    def values(self, operation: Operation, place: str) -> list[Json]:
        """Values for one member of a body."""
        return list(self._values(operation.body_schema, place))

    def _values(self, schema: Json, place: str) -> Iterator[Json]:
        hints = [v for p, vs in self._hints.items() if place == p for v in vs]
        for hint in hints:
            value = self.filled(hint, {})
            if value is not pointers.MISSING:
                yield self._shifted(value)
        member = schema_at(schema, place, self._bench.contract)
        if member is None or hints:
            return
        shape = shape_of(member, self._bench.contract)
        if shape.types == ("object",) and not shape.members:
            return  # a free object: the contract does not say what it means
        if shape.keywords.get("format") in ("date", "date-time"):
            yield from self._soon(shape.keywords["format"])
            return
        for _ in range(2):
            try:
                yield draw(member, self._bench.random, self._bench.contract)
            except Undrawable:
                return

    def _soon(self, form: str) -> Iterator[str]:
        for days in (-2, 1, 5, 30):
            text = moment_text(self._arena.now() + timedelta(days=days, hours=1))
            yield text[:10] if form == "date" else text

    def _shifted(self, value: Json) -> Json:
        """A moment, moved by minutes where the clocks of both sides are not quite the same."""
        if self._arena.is_frozen or moment(value) is None or len(str(value)) < 20:
            return value
        known = moment(value)
        assert known is not None
        return moment_text(known + timedelta(minutes=self._bench.random.choice((-17, 17))))

    def _fits(self, schema: Json, body: Json) -> bool:
        return bool(self._bench.contract.schemas.fits(schema, body))


def marked(template: Json) -> set[str]:
    """Members of a template that hold the mark of a record, or what it is made for."""
    return {
        place
        for place, value in leaves(template)
        if is_expression(value) and ("mark" in value or "." in value.split("'")[0])
    }


def _above(place: str) -> str:
    return pointers.joined(pointers.parts_of(place)[:-1])
