"""Plans for the nodes of a document, each made when it is first needed and kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mockserver.contract.schemas import Direction
from mockserver.engine.data.arrays import ArrayPlan
from mockserver.engine.data.canonical import Dialect, Node, canonical, matches
from mockserver.engine.data.describing import (
    USES,
    documented_of,
    fact_of,
    kinds_of,
    limits_of,
    listed_plan,
    main_of,
    null_share,
    share_of,
    thing_of,
)
from mockserver.engine.data.judging import Judge, identity
from mockserver.engine.data.merging import Contradiction, Flat, Flattener, applicable
from mockserver.engine.data.naming import joined, singular, spelled, words_of
from mockserver.engine.data.objects import Extras, Member, ObjectPlan
from mockserver.engine.data.scalars import FlagPlan, NullPlan, copied, number_plan
from mockserver.engine.data.scene import MISSING, Plan, Scene
from mockserver.engine.data.settling import settlements
from mockserver.engine.data.texts import TextPlan
from mockserver.engine.data.unions import DocumentedPlan, UnionPlan
from mockserver.errors import SetupError

Examples = Literal["first", "only", "never"]

_MOST_OPTIONS = 60
# What only a check of the whole can tell.
_CONDITIONS = frozenset({"not", "propertyNames", "contains", "patternProperties", "exclusive"})
# Keywords that say more of a text than that it is one.
_TELLING = frozenset({"enum", "format", "pattern", "example", "examples", "$ref", "const"})
_PARTS = spelled(
    "attributes data properties profile name names address contact contacts details personal "
    "info metadata result geo coordinates location position fields item record"
)
_MAP_WORDS = spelled(
    "metadata meta labels attributes customfields settings extra tags properties annotations "
    "context parameters"
)


class Slot:
    """The plan of a node, made when it is first asked."""

    __slots__ = ("_extra", "_name", "_node", "_parent", "_plan", "_planner")

    def __init__(
        self, planner: Planner, node: Node, name: str, parent: str, extra: Sequence[Any] = ()
    ) -> None:
        self._planner = planner
        self._node = node
        self._name = name
        self._parent = parent
        self._extra = extra
        self._plan: Plan | None = None

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """What the plan makes."""
        return self.plan.make(scene, given)

    def affinity(self, value: Any) -> float:
        """What the plan says."""
        return self.plan.affinity(value)

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        if self._plan is None:
            self._plan = self._planner.plan(self._node, self._name, self._parent, self._extra)
        return self._plan


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: the name of the property, what has it, and documented values of it."""

    name: str
    parent: str
    documented: list[Any] = field(default_factory=list)


class Planner:
    """Makes plans for the nodes of one document in one direction."""

    def __init__(
        self, judge: Judge, dialect: Dialect, direction: Direction, examples: Examples
    ) -> None:
        self._judge = judge
        self._dialect = dialect
        self._direction = direction
        self._examples = examples
        self._flattener = Flattener(judge, dialect, direction)
        self._slots: dict[tuple[Any, str, str], tuple[Node, Slot]] = {}

    def slot(self, node: Node, name: str, parent: str) -> Slot:
        """The slot of a node; the same for the same node under the same name."""
        key = (identity(node), name, parent)
        if key not in self._slots:
            self._slots[key] = (node, Slot(self, node, name, parent))
        return self._slots[key][1]

    def plan(self, node: Node, name: str, parent: str, extra: Sequence[Any] = ()) -> Plan:
        """The plan of a node; one that always contradicts where no value can be."""
        try:
            whole = self._flattener.flat(node)
        except Contradiction:
            return UnionPlan((), None, None)
        documented = [] if self._examples == "never" else [*documented_of(whole), *extra]
        place = _Place(name, parent, documented)
        plan = self._union(node, whole, place)
        if self._examples != "only" or not documented:
            return plan
        valid = [value for value in documented if self._is_valid(node, value)]
        return DocumentedPlan(valid, plan) if valid else plan

    def documented(self, node: Node) -> list[Any]:
        """The values that the document gives for a node, none where examples are not asked for."""
        try:
            flat = self._flattener.flat(node)
        except Contradiction:
            return []
        return [] if self._examples == "never" else documented_of(flat)

    def _is_valid(self, node: Node, value: Any) -> bool:
        try:
            return self._judge.verdict(node, self._direction).is_valid(value)
        except SetupError:
            return False

    def _union(self, node: Node, whole: Flat, place: _Place) -> Plan:
        options: list[Plan] = []
        kinds: list[str] = []
        told: set[str] = set()
        may_be_null = False
        for flat in itertools.islice(self._flattener.chosen(whole), _MOST_OPTIONS):
            told |= _CONDITIONS & flat.keys()
            for kind in kinds_of(flat):
                if kind == "null":
                    may_be_null = True
                else:
                    kinds.append("number" if kind == "integer" else kind)
                    options.extend(self._option(flat, kind, place))
        if len(set(kinds)) == len(kinds):
            told.discard("exclusive")
        if len(options) == 1 and not told and not may_be_null:
            return options[0]
        if not options and may_be_null:
            return NullPlan()
        share = null_share(place.name) if may_be_null else None
        check = (lambda value: self._is_valid(node, value)) if told else None
        return UnionPlan(tuple(options), share, check)

    def _option(self, flat: Flat, kind: str, place: _Place) -> Iterator[Plan]:
        try:
            yield self._of_kind({**flat, "type": [kind]}, kind, place)
        except Contradiction:
            return

    def _of_kind(self, flat: Flat, kind: str, place: _Place) -> Plan:
        if "enum" in flat:
            return listed_plan(flat, kind)
        if kind == "object":
            return self._object(flat, place)
        if kind == "array":
            return self._array(flat, place)
        if kind == "string":
            return TextPlan(flat, place.name, place.parent, place.documented)
        return (
            FlagPlan(place.name)
            if kind == "boolean"
            else number_plan(flat, place.name, place.documented)
        )

    def _array(self, flat: Flat, place: _Place) -> Plan:
        name = singular(place.name)
        extra = [item for value in place.documented if isinstance(value, list) for item in value]
        item = flat.get("items", True)
        rest = None if item is False else self._part(item, name, place.parent, extra)
        demanded = [
            self._part({"allOf": [wanted, item]}, name, place.parent, ())
            for wanted, least, _ in flat.get("contains", ())
            for _ in range(min(least, 100))
        ]
        shortest, longest = flat.get("minItems", 0), flat.get("maxItems")
        if longest is not None and shortest > longest:
            raise Contradiction
        first = [self._part(node, name, place.parent, ()) for node in flat.get("prefixItems", ())]
        return ArrayPlan(
            tuple(first), rest, tuple(demanded), shortest, longest, flat.get("uniqueItems", False),
            self._listed_values(item),
        )  # fmt: skip

    def _listed_values(self, item: Node) -> list[Any]:
        try:
            flat = self._flattener.flat(item)
        except Contradiction:
            return []
        return flat.get("enum") or ([True, False] if flat.get("type") == ["boolean"] else [])

    def _part(self, node: Node, name: str, parent: str, extra: Sequence[Any]) -> Slot:
        return Slot(self, node, name, parent, extra) if extra else self.slot(node, name, parent)

    def _object(self, flat: Flat, place: _Place) -> Plan:
        own = str(flat.get("name", ""))
        parent = own if set(words_of(own)) - USES else place.name or place.parent
        properties = self._properties(flat)
        required = list(flat.get("required", ()))
        if any(properties.get(name) is False for name in required):
            raise Contradiction
        kind = thing_of(parent, properties)
        context = " ".join((*kind, *([place.name] if place.name in {"name", "address"} else [])))
        members = tuple(
            self._member(name, node, name in required, context, place.documented)
            for name, node in properties.items()
            if node is not False
        )
        by_name = {member.name: member for member in members}
        lists = [n for n, node in properties.items() if self._is_list(node)]
        return ObjectPlan(
            members, by_name, self._extras(flat, place, bool(members)), limits_of(flat),
            tuple(settlements({m.name: m.plan for m in members}, lists)),
            main_of(properties, kind), kind, joined(place.name) in _PARTS,
            (own, *properties) if own else object(),
        )  # fmt: skip

    def _properties(self, flat: Flat) -> dict[str, Node]:
        """Every named member with its node: those required without being described as well."""
        properties = dict(flat.get("properties", {}))
        denied = {
            name
            for node in flat.get("not", ())
            if isinstance(node, dict) and node.keys() == {"required"}
            for name in (node["required"] if len(node["required"]) == 1 else ())
        }
        for name in flat.get("required", ()):
            if name in denied:
                raise Contradiction
            if name not in properties:
                parts = applicable(flat, name) or [flat.get("hidden", {}).get(name, True)]
                properties[name] = parts[0] if len(parts) == 1 else {"allOf": parts}
        tags = flat.get("tags", {})
        for name, pairs in tags.items():
            if name in properties:
                properties[name] = self._tagged(properties[name], pairs, str(flat.get("name", "")))
        return {name: node for name, node in properties.items() if name not in denied}

    def _tagged(self, node: Node, pairs: list[tuple[str, str]], own: str) -> Node:
        """The node with the tag by which the discriminator knows this schema, if it may have it."""
        mine = [tag for tag, target in pairs if target.rsplit("/", 1)[-1] == own]
        tags = mine or [tag for tag, _ in pairs] or ([own] if own else [])
        tagged = {"allOf": [node, {"enum": tags}]}
        return tagged if tags and any(True for _ in self._flattener.alternatives(tagged)) else node

    def _member(
        self, name: str, node: Node, is_required: bool, parent: str, documented: list[Any]
    ) -> Member:
        own = canonical(node, self._dialect, self._direction)
        extra = [value[name] for value in documented if isinstance(value, dict) and name in value]
        slot = self._part(node, name, parent, extra)
        values = own.get("enum", [])
        return Member(
            name, slot, is_required, isinstance(node, dict) and node.get("readOnly") is True,
            share_of(name, own),
            fact_of(own, name, parent), own.get("default", MISSING), tuple(values),
        )  # fmt: skip

    def _is_list(self, node: Node) -> bool:
        if not isinstance(node, dict):
            return False
        if isinstance(node.get("$ref"), str):
            node = self._judge.resolve(node["$ref"])
        return isinstance(node, dict) and "items" in node

    def _extras(self, flat: Flat, place: _Place, has_members: bool) -> Extras:
        names_node = flat.get("propertyNames", True)
        is_free = names_node is True or names_node == {}
        names = {"type": "string", "x-faker": "map_key"} if is_free else {
            "allOf": [names_node, {"type": "string"}]
        }  # fmt: skip
        rest = flat.get("additionalProperties", True)
        is_described = isinstance(rest, dict) and bool(rest)
        is_map = joined(place.name) in _MAP_WORDS
        patterns = tuple(
            (p, self.slot({"type": "string", "pattern": p}, "", ""), self._entry(node, is_map))
            for p, node in flat.get("patternProperties", {}).items()
            if node is not False
        )
        has_entries = not has_members and (is_described or is_map or patterns)
        return Extras(
            patterns, None if rest is False else self._entry(rest, is_map),
            self.slot(names, "", ""), self._name_check(names_node, flat),
            2 if has_entries and (rest is not False or patterns) else 0,
        )  # fmt: skip

    def _entry(self, node: Node, is_map: bool) -> Plan:
        """The plan of what a map holds; what nothing is said of is kept as it is given."""
        if isinstance(node, dict) and node and "x-faker" not in node:
            is_text = node.get("type") == "string" and not _TELLING & node.keys()
            return self.slot({**node, "x-faker": "map_value"} if is_text else node, "", "")
        return Open(self.slot({"x-faker": "map_value"} if is_map else {}, "entry", ""))

    def _name_check(self, names: Node, flat: Flat) -> Callable[[str], bool]:
        hidden = flat.get("hidden", {})
        forbidden = [p for p, node in flat.get("patternProperties", {}).items() if node is False]

        def takes(name: str) -> bool:
            if name in hidden or any(matches(pattern, name) for pattern in forbidden):
                return False
            return names is True or names == {} or self._is_valid(names, name)

        return takes


class Open:
    """A plan that keeps whatever is given, and makes something plain where nothing is."""

    __slots__ = ("_plan",)

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given value as it is."""
        return self._plan.make(scene) if given is MISSING else copied(given)

    def affinity(self, value: Any) -> float:  # noqa: ARG002 - one shape of plans
        """One, whatever the value."""
        return 1
