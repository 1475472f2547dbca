"""Lists as a contract shows them: where the items are, how they are paged and filtered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Operation, Parameter
from contract_tests.semantics.proposals.draft import Path
from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.places import items_in, page_facts, success
from contract_tests.semantics.proposals.shapes import accessor, singular, snake, words
from contract_tests.semantics.proposals.sight import Sight

Json = Any
_PAGES = {"page", "page_number", "page_no", "page_num", "p"}
_SIZES = {"per_page", "page_size", "limit", "size", "pagesize", "perpage"}
_OFFSETS = {"offset", "skip"}
_OTHERWISE = {"cursor", "after", "before", "page_token", "next_token",
              "starting_after", "ending_before", "continuation", "start"}  # fmt: skip
_SORTS = {"sort", "sort_by", "order", "order_by", "ordering", "direction", "sort_order", "sort_dir"}
_SEARCHES = {"q", "query", "search", "term", "keyword", "filter", "s"}
_ALIKE = 0.6
_BOUNDS = {
    "from",
    "to",
    "since",
    "until",
    "after",
    "before",
    "min",
    "max",
    "gte",
    "lte",
    "gt",
    "lt",
}


@dataclass(slots=True)
class Lists:
    """Draws collections."""

    sight: Sight

    def propose(self, operation: Operation) -> None:
        """Put a list into the draft, when its items are records of a resource."""
        schema = success(operation)
        last = next((p for p in reversed(operation.path.split("/")) if p and "{" not in p), "")
        items = items_in(self.sight.shapes, schema, snake(last)) if schema is not None else None
        if operation.method != "GET" or items is None or operation.path.endswith("}"):
            return
        resource = self._resource(operation, items[1], singular(snake(last)))
        path = ("collections", operation.name)
        if resource is None:
            return
        raw: dict[str, Json] = {"resource": resource, "items": items[0]}
        self.sight.draft.raw.setdefault("collections", {})[operation.name] = raw
        owners = self._owners(operation, resource)
        if owners:
            raw["path"] = owners[1]
        paging = self._paging(operation, schema, path)
        raw.update({"paging": paging} if paging else {})
        filters = self._filters(operation, items[1], path)
        raw.update({"filters": filters} if filters else {})
        population = self._population(operation, resource, filters, owners)
        if population:
            raw["population"] = population
        else:
            self.sight.draft.ask(
                path, "say with `population` how to fill it and what leaves only that."
            )
        created = self.sight.draft.raw["resources"][resource].get("created", "")[1:]
        if created:
            rule = f"order: [a.{created} >= b.{created}]   # if it is sorted: any neighbours a, b"
            self.sight.draft.offer(path, [rule])

    def _resource(self, operation: Operation, item: Json, name: str) -> str | None:
        """The resource whose records are listed: by path, by schema, or by the name of the list."""
        known = self.sight.places
        beside = [n for n, g in self.sight.groups.items() if g.listing is operation and n in known]
        target = self.sight.shapes.flat(item)
        same = [n for n, place in known.items() if self.sight.shapes.flat(place.schema) == target]
        shared = {n: self._shared(item, place.schema) for n, place in known.items()}
        alike = [n for n in known if n.endswith(name) and shared[n] >= _ALIKE]
        alike.sort(key=lambda each: -shared[each])
        return next(iter([*beside, *same, *alike]), None)

    def _shared(self, item: Json, record: Json) -> float:
        """Which part of the members of an item a record has too."""
        ours, theirs = self.sight.shapes.members(item), self.sight.shapes.members(record)
        return len(set(ours) & set(theirs)) / len(ours) if ours else 0.0

    def _owners(
        self, operation: Operation, resource: str
    ) -> tuple[dict[str, str], dict[str, str]] | None:
        """What a nested list needs to be made first, and the ids in its path."""
        names = re.findall(r"{([^}]+)}", operation.path)
        if not names:
            return None
        group = self.sight.groups[resource]
        if group.listing is operation and group.parent is not None:
            return {group.parent.name: group.parent.name}, self.sight.owners(group, operation)
        parent = self.groups_at(operation.path[: operation.path.rfind("/{")])
        if parent is None or len(names) > 1:
            return None
        needs = self._needs_of(resource)
        own = next((name for name, each in needs.items() if each == parent.name), parent.name)
        return {own: parent.name}, {names[0]: f"= {own}.id"}

    def groups_at(self, path: str) -> Group | None:
        """The group of a path."""
        return next((group for group in self.sight.groups.values() if group.path == path), None)

    def _needs_of(self, resource: str) -> dict[str, str]:
        made = self.sight.draft.raw["resources"][resource].get("create", {})
        return dict(made.get("needs", {}))

    # --- pages

    def _paging(self, operation: Operation, schema: Json, path: Path) -> dict[str, Json] | None:
        by_name = {snake(each.name): each for each in operation.parameters_in("query")}
        page = next((by_name[name] for name in by_name if name in _PAGES | _OFFSETS), None)
        size = next((by_name[name] for name in by_name if name in _SIZES), None)
        other = [each.name for name, each in by_name.items() if name in _OTHERWISE]
        if page is None or size is None:
            if other or size is not None or page is not None:
                given = ", ".join([*other, *(p.name for p in (page, size) if p is not None)])
                self.sight.draft.note(
                    path, f"Paged by {given}: only pages by number or offset can be declared."
                )
            return None
        default, maximum = self._bounds(size)
        if default is None or maximum is None:
            lacking = "default" if default is None else "maximum"
            self.sight.draft.ask(
                path, f"add `paging`: the schema of {size.name} declares no {lacking} page size."
            )
            return None
        facts = page_facts(self.sight.shapes, schema)
        is_offset = snake(page.name) in _OFFSETS
        told = ("length", "total", "pages") if is_offset else ("number", "length", "total", "pages")
        return {
            "page": page.name,
            **({"counts": "rows"} if is_offset else {}),
            "size": size.name,
            "default": default,
            "maximum": maximum,
            **{name: facts[name] for name in told if name in facts},
        }

    def _bounds(self, size: Parameter) -> tuple[int | None, int | None]:
        flat = self.sight.shapes.flat(size.schema)
        return flat.get("default"), flat.get("maximum")

    # --- filters

    def _filters(self, operation: Operation, item: Json, path: Path) -> dict[str, Json]:
        found: dict[str, Json] = {}
        members = {
            snake(name): (name, each) for name, each in self.sight.shapes.members(item).items()
        }
        for parameter in operation.parameters_in("query"):
            name = snake(parameter.name)
            if name in _PAGES | _OFFSETS | _SIZES | _OTHERWISE:
                continue
            here = (*path, "filters", parameter.name)
            if name in members:
                found[parameter.name] = self._equal(parameter, *members[name])
            elif name.endswith("_id") and self._inner_id(members, name):
                found[parameter.name] = self._by(f"item.{self._inner_id(members, name)}")
            elif name in _SEARCHES:
                drawn = self._texts(item)
                found[parameter.name] = {"draws": drawn} if drawn else {}
                self.sight.draft.ask(
                    here, "`keeps`: what does it search, and how? `cuts: true` if parts."
                )
            else:
                self._leave(parameter, path)
        return found

    def _leave(self, parameter: Parameter, path: Path) -> None:
        name = snake(parameter.name)
        if name in _SORTS:
            self.sight.draft.note(
                path, f"{parameter.name} sorts: left out, `order` tells the default."
            )
        elif set(words(name)) & _BOUNDS:
            self.sight.draft.ask(
                path, f"{parameter.name} looks like a bound; is the bound itself kept?"
            )
        else:
            self.sight.draft.ask(
                path, f"add `filters` for {parameter.name} if it narrows the list."
            )

    def _equal(self, parameter: Parameter, name: str, member: Json) -> dict[str, Json]:
        kind = self.sight.shapes.kind(member)
        item = accessor("item", name)
        values = self.sight.shapes.flat(parameter.schema).get("enum") or self.sight.shapes.flat(
            member
        ).get("enum")
        if kind == "boolean":
            return {"keeps": f"({item} ? 'true' : 'false') == value", "values": ["true", "false"]}
        raw = self._by(item, is_number=kind in ("integer", "number"))
        if kind == "array":
            raw = {"keeps": f"value in {item}", "draws": [f"{item}[0]"]}
        if values:
            return {"keeps": raw["keeps"], "values": [v for v in values if isinstance(v, str)]}
        return raw

    def _by(self, member: str, *, is_number: bool = False) -> dict[str, Json]:
        keeps = f"string({member}) == value" if is_number else f"{member} == value"
        return {"keeps": keeps, "draws": [member]}

    def _inner_id(self, members: dict[str, tuple[str, Json]], name: str) -> str | None:
        """`customer_id` is told by `customer.id` of an item that holds the customer."""
        outer = members.get(name.removesuffix("_id"))
        is_there = outer is not None and "id" in self.sight.shapes.members(outer[1])
        return f"{outer[0]}.id" if outer and is_there else None

    def _texts(self, item: Json) -> list[str]:
        return [
            accessor("item", name)
            for name, member in self.sight.shapes.members(item).items()
            if self.sight.shapes.kind(member) == "string"
            and not {"enum", "format", "const"} & set(self.sight.shapes.flat(member))
        ]

    # --- filling it

    def _population(
        self,
        operation: Operation,
        resource: str,
        filters: dict[str, Json],
        owners: tuple[dict[str, str], dict[str, str]] | None,
    ) -> dict[str, Json] | None:
        if "create" not in self.sight.draft.raw["resources"][resource]:
            return None
        records = self._varied(resource, filters)
        if owners is not None:
            return {"needs": owners[0], "records": records}
        if "{" in operation.path:
            return None
        for name, needed in self._needs_of(resource).items():
            for parameter in filters:
                if snake(parameter) in (f"{name}_id", name):
                    narrow = {parameter: f"= {name}.id"}
                    return {"needs": {name: needed}, "narrow": narrow, "records": records}
        return self._narrowed(filters, records)

    def _narrowed(self, filters: dict[str, Json], records: list[Json]) -> dict[str, Json] | None:
        """Filled for a search: what it finds by the text that all records of a group share."""
        search = next((each for each in filters if snake(each) in _SEARCHES), None)
        return {"narrow": {search: "= group"}, "records": records} if search else None

    def _varied(self, resource: str, filters: dict[str, Json]) -> list[Json]:
        """Three records that differ in what can be filtered, and in letters."""
        made = self.sight.draft.raw["resources"][resource]["create"]
        operation = self.sight.groups[resource].creating
        changes: list[dict[str, Json]] = [{}, {}, {}]
        if operation is None or not isinstance(made["body"], dict):
            return [{}, {}, {}]
        filtered = {snake(each) for each in filters}
        for name, member in self.sight.shapes.members(operation.body_schema).items():
            values = self.sight.shapes.flat(member).get("enum", [])
            given = made["body"].get(name)
            if isinstance(given, str) and given.endswith("' + mark") and not any(changes):
                changes[2][f"/{name}"] = "= 'ZOË ' + mark"
            elif snake(name) in filtered and len(values) > 1:
                for change, value in zip(changes[1:], [*values[1:], values[0]], strict=False):
                    change[f"/{name}"] = value
            elif snake(name) in filtered and isinstance(given, bool):
                changes[1][f"/{name}"] = not given
        return [{"with": change} if change else {} for change in changes]
