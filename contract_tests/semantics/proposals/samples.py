"""Values that fit a schema: the example where there is one, else the smallest that serves."""

from __future__ import annotations

import re
from random import Random
from typing import Any, Final

from contract_tests.semantics.expressions import ExpressionError, Expressions, Scope
from contract_tests.semantics.proposals.shapes import Shapes, words
from contract_tests.values.texts import matching

Json = Any
NOTHING: Final = object()
_MOST_DEPTH = 6
_MARK = "bcdfghjklmnpqr"  # as long as the marks of a run
_SCOPE = {"mark": _MARK, "number": "1234567"}
_BY_FORMAT = {
    "email": "ann@example.com",
    "date": "2030-01-15",
    "date-time": "2030-01-15T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "YQ==",
}
_LATER = {"date": ["2031-12-31", "2024-02-29"],
          "date-time": ["2031-12-31T23:59:59Z", "2024-02-29T12:30:00Z"]}  # fmt: skip
_UNIQUE = {"name", "title", "slug", "username", "login", "handle", "nickname", "sku", "subject",
           "reference", "label", "code", "isbn", "barcode", "summary", "key"}  # fmt: skip
_SHARED = {"country", "zip", "postal", "postcode", "currency", "state", "language", "locale",
           "color", "colour", "coupon", "promo", "status", "time", "zone"}  # fmt: skip
# Times that have to lie ahead of whoever sends them.
_AHEAD = {"scheduled", "schedule", "start", "starts", "end", "ends", "due", "expires", "expiry",
          "deadline", "delivery", "departure", "arrival", "appointment", "until"}  # fmt: skip
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Samples:
    """Makes values and templates for the schemas of a contract."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._expressions = Expressions()

    def fits(self, schema: Json, value: Json) -> bool:
        """Whether a value, or what a template becomes, keeps a schema."""
        try:
            filled = self._expressions.fill(value, Scope(_SCOPE))
        except ExpressionError:
            return False
        return self._shapes.contract.schemas.fits(schema, filled)

    def value(self, schema: Json, depth: int = 0) -> Json:
        """A value that fits; NOTHING when none is at hand."""
        flat = self._shapes.flat(schema)
        for given in _given(flat):
            if self.fits(schema, given):
                return given
        drawn = NOTHING if depth > _MOST_DEPTH else self._drawn(flat, depth)
        return drawn if drawn is not NOTHING and self.fits(schema, drawn) else NOTHING

    def template(self, name: str, schema: Json, example: Json = None) -> str | None:
        """An expression that gives every record a text of its own; None where names need none."""
        flat = self._shapes.flat(schema)
        if self._shapes.kind(schema) != "string" or "enum" in flat or "const" in flat:
            return None
        given = [each for each in (example, *_given(flat)) if isinstance(each, str) and each]
        form = str(flat.get("format", ""))
        for candidate in _candidates(name, form, next(iter(given), "")):
            if self.fits(schema, candidate):
                return candidate
        return None

    def others(self, name: str, schema: Json) -> list[Json]:
        """A few values that a member may be changed to."""
        flat, kind = self._shapes.flat(schema), self._shapes.kind(schema)
        if "const" in flat:
            return []
        if "enum" in flat:
            return [each for each in flat["enum"] if each is not None][::-1][:3]
        if kind == "boolean":
            return [True, False]
        own = self.template(name, schema)
        if own is not None:
            return [_changed(own) if self.fits(schema, _changed(own)) else own]
        if "format" in flat and kind == "string":
            later = [each for each in _LATER.get(flat["format"], ()) if self.fits(schema, each)]
            return later or self._alone(schema)
        return [each for each in _variants(kind, flat) if self.fits(schema, each)][:2] or (
            self._alone(schema)
        )

    def _alone(self, schema: Json) -> list[Json]:
        value = self.value(schema)
        return [] if value is NOTHING or value in ([], {}) else [value]

    def wrong(self, schema: Json) -> Json:
        """A value that breaks a schema; NOTHING when every value is right."""
        for candidate in (*_near(self._shapes.flat(schema)), "not one of these", -1, {"not": 1}):
            if not self._shapes.contract.schemas.fits(schema, candidate):
                return candidate
        return NOTHING

    def unknown_id(self, schema: Json, examples: list[Json]) -> str | None:
        """An id that fits its schema and names nothing, as far as one can tell."""
        flat = self._shapes.flat(schema)
        if self._shapes.kind(schema) == "integer":
            most = flat.get("maximum", 999_999_999)
            return str(min(int(most), 999_999_999))
        given = [each for each in [*_given(flat), *examples] if isinstance(each, str)]
        zeros = [_zeroed(each) for each in given if not _UUID.fullmatch(each)]
        length = max(int(flat.get("minLength", 1)), 10)
        candidates = [*zeros, _BY_FORMAT["uuid"], "0" * length, "z" * length]
        kept = (
            flat if "nullable" not in flat else {k: v for k, v in flat.items() if k != "nullable"}
        )
        fitting = [each for each in candidates if self._shapes.contract.schemas.fits(kept, each)]
        by_format = flat.get("format") == "uuid" or not (zeros or "pattern" in flat)
        if by_format and _BY_FORMAT["uuid"] in fitting:
            return _BY_FORMAT["uuid"]
        known = [each for each in given if each != _BY_FORMAT["uuid"]]
        fitting = [each for each in fitting if each not in known]
        return next(iter(fitting or _found(flat)), None)

    def _drawn(self, flat: dict[str, Json], depth: int) -> Json:
        kind = self._shapes.kind(flat)
        if kind == "object":
            return self._object(flat, depth)
        if kind == "array":
            count = int(flat.get("minItems", 0))
            item = self.value(flat.get("items", {}), depth + 1) if count else None
            return NOTHING if item is NOTHING else [item] * count
        if kind in ("integer", "number"):
            return _number(flat)
        if kind == "boolean":
            return True
        return _text(flat) if kind == "string" else NOTHING

    def _object(self, flat: dict[str, Json], depth: int) -> Json:
        made = {}
        for name in dict.fromkeys(flat.get("required", ())):
            schema = flat.get("properties", {}).get(name, {})
            value = self.value(schema, depth + 1)
            if value is NOTHING:
                return NOTHING
            made[name] = value
        return made


def _given(flat: dict[str, Json]) -> list[Json]:
    """What the document itself gives as a value."""
    given = [flat[name] for name in ("const", "example") if name in flat]
    examples = flat.get("examples", [])
    given += examples if isinstance(examples, list) else []
    given += [flat["default"]] if "default" in flat else []
    return [each for each in [*given, *flat.get("enum", [])] if each is not None]


def _near(flat: dict[str, Json]) -> list[Json]:
    """Values that only just break a bound."""
    near: list[Json] = []
    if "enum" not in flat:
        near += [
            flat[name] + step for name, step in (("minimum", -1), ("maximum", 1)) if name in flat
        ]
        if flat.get("maxLength", 10_000) < 500:
            near.append("x" * (flat["maxLength"] + 1))
    return [*near, ""]


def _number(flat: dict[str, Json]) -> Json:
    step = flat.get("multipleOf", 1)
    least = flat.get("minimum", flat.get("exclusiveMinimum", 1))
    low = 1 if isinstance(least, bool) else least
    if "exclusiveMinimum" in flat:
        low += step
    value = max(low, min(step, flat.get("maximum", step)))
    return value if value % step == 0 else (value // step + 1) * step


def _text(flat: dict[str, Json]) -> Json:
    form = flat.get("format")
    if form in _BY_FORMAT:
        return _BY_FORMAT[form]
    if "pattern" in flat:
        return next(iter(_found(flat)), NOTHING)
    least, most = int(flat.get("minLength", 0)), flat.get("maxLength")
    return ("Example " * (least // 8 + 1))[: max(least, 7 if most is None else min(7, int(most)))]


def _found(flat: dict[str, Json]) -> list[str]:
    """A text of a pattern; nothing for one that Python does not read."""
    if "pattern" not in flat:
        return []
    least, most = int(flat.get("minLength", 0)), flat.get("maxLength")
    text = matching(Random(0), flat["pattern"], least, most)
    return [] if text is None else [text]


def _zeroed(example: str) -> str:
    """An id with its last part made of zeros: `cust_9f8s7` becomes `cust_00000`."""
    cut = max(example.rfind("_"), example.rfind("-")) + 1 if len(example) != 36 else 0
    return example[:cut] + "".join("0" if each.isalnum() else each for each in example[cut:])


def _candidates(name: str, form: str, example: str) -> list[str]:
    parts = words(name)
    last = parts[-1] if parts else ""
    if form == "email" or "email" in parts or last == "mail":
        return ["= mark + '@example.com'"]
    if last in ("phone", "mobile", "telephone") or "phone" in parts:
        return ["= '+1555' + number", "= '555' + number", "= number"]
    if form == "date-time" and _AHEAD & set(parts):
        return ["= later('P30D')"]
    if form or last not in _UNIQUE or _SHARED & set(parts):
        return []
    begun = [f"= '{example} ' + mark"] if example and not set("'\\") & set(example) else []
    if last in ("slug", "code", "username", "login", "handle", "sku", "isbn", "barcode", "key"):
        return ["= mark", "= number"]
    return [*begun, "= 'Example ' + mark", "= 'X' + mark", "= mark", "= number"]


def _changed(template: str) -> str:
    """The template of another value: `= 'Dune ' + mark` becomes `= 'Changed Zoë ' + mark`."""
    if template.endswith("'@example.com'"):
        return "= mark + '@example.org'"
    if template.startswith("= later"):
        return "= later('P45D')"
    if "number" in template:
        return template.replace("+1555", "+1503")
    return "= 'Changed Zoë ' + mark" if "' + mark" in template else "= 'n' + mark"


def _variants(kind: str, flat: dict[str, Json]) -> list[Json]:
    if kind in ("integer", "number"):
        first = _number(flat)
        step = flat.get("multipleOf", 1)
        return [first + step, first + 2 * step, first]
    if kind == "string":
        return ["Changed, Zoë", "changed", "CHANGED", "C"]
    if kind == "array" and flat.get("items", {}).get("type") == "string":
        return [["first", "second"], ["first"]]
    return []
