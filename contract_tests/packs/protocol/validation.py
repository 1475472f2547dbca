"""Validation: a body that breaks its schema in one place is refused, one at its bounds is taken."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.calling import text_of
from contract_tests.packs.protocol.refusals import Bad, judge_refusal
from contract_tests.preparing import Prepared, prepare
from contract_tests.records import Made, Unable
from contract_tests.values import Shape, Spoilt, shape_of, spoilt

Json = Any
_KINDS = {
    "required": ("missing", "is missing"),
    "additionalProperties": ("unknown", "is not known"),
    "null": ("null", "is null"),
    "type": ("type", "has another type"),
    "minLength": ("value", "is too short"),
    "maxLength": ("value", "is too long"),
    "minimum": ("value", "is too small"),
    "maximum": ("value", "is too large"),
    "pattern": ("value", "breaks its pattern"),
    "format": ("value", "has another format"),
    "enum": ("value", "is none of its values"),
    "minItems": ("value", "has too few items"),
    "maxItems": ("value", "has too many items"),
    "uniqueItems": ("value", "has the same item twice"),
}
_LONGEST = 2500


def judge_validation(bench: Bench, prepared: Prepared) -> None:
    """Spoil the body in every place, one at a time; then bring each member to its bounds."""
    schema = bench.operation.body_schema
    if schema is None or not prepared.has_body or not isinstance(prepared.body, dict):
        return
    if not bench.contract.schemas.fits(schema, prepared.body):
        raise Unable("spoil the body", "the declared one breaks its own schema")
    found = [*spoilt(schema, prepared.body, Random(0), bench.contract)]
    found += _misspelt(bench, schema, prepared.body)
    found += _as_text(bench, schema, prepared.body)
    found += _of_the_record(bench, schema, prepared)
    order = sorted(found, key=lambda each: (each.pointer, each.what, str(each.value)))
    is_smoke = bench.plan.profile.name == "smoke"
    if is_smoke:
        order = list({each.what: each for each in order}.values())
    for each in order:
        exchange = prepared.with_body(each.value).call(bench)
        if not judge_refusal(bench, _bad(bench, each), exchange) and exchange.answer.status < 400:
            # It was taken: what was prepared may have changed.
            prepared = prepare(bench, bench.operation.name)
    if not is_smoke:
        _judge_bounds(bench, schema)


def _as_text(bench: Bench, schema: Json, body: Json) -> Iterator[Spoilt]:
    """Numbers and booleans as texts that spell them."""
    for pointer, _, value in _members(bench, _taken(bench, schema, body), body, ""):
        if isinstance(value, bool | int | float):
            spoilt_body = pointers.put(body, pointer, text_of(value))
            if not bench.contract.schemas.fits(schema, spoilt_body):
                yield Spoilt(pointer, "type", spoilt_body)


def _of_the_record(bench: Bench, schema: Json, prepared: Prepared) -> Iterator[Spoilt]:
    """Members of the record that a closed body does not have: they cannot be written here."""
    for made in prepared.made[:1]:
        for name, value in made.record.items() if isinstance(made.record, dict) else ():
            body = {**prepared.body, name: value}
            if name not in prepared.body and not bench.contract.schemas.fits(schema, body):
                yield Spoilt(pointers.joined([name]), "additionalProperties", body)


def _misspelt(bench: Bench, schema: Json, body: Json) -> Iterator[Spoilt]:
    """Texts that nearly keep their pattern or form: a digit, a blank or a sign too many."""
    for pointer, member, value in _members(bench, _taken(bench, schema, body), body, ""):
        said = shape_of(member, bench.contract).keywords
        if not isinstance(value, str) or not ("pattern" in said or "format" in said):
            continue
        middle = len(value) // 2
        for text in (
            value[:middle] + "7" + value[middle:],
            value[:middle] + " " + value[middle:],
            value[:middle] + "é" + value[middle:],
            value[:middle] + "\n" + value[middle:],
            value + "-",
            value[1:],
            value.swapcase(),
        ):
            spoilt_body = pointers.put(body, pointer, text)
            if not bench.contract.schemas.fits(schema, spoilt_body):
                yield Spoilt(pointer, "pattern" if "pattern" in said else "format", spoilt_body)


def _bad(bench: Bench, each: Spoilt) -> Bad:
    kind, what = _KINDS.get(each.what, ("value", f"breaks {each.what}"))
    breaches = bench.contract.schemas.breaches(bench.operation.body_schema, each.value, 1)
    said = breaches[0].message[:200] if breaches else each.what
    source = f"{bench.contract.document.path.name}, requestBody of {bench.operation.name}"
    return Bad(kind, each.pointer, what, f"{each.what}: {said}", source)


def _judge_bounds(bench: Bench, schema: Json) -> None:
    """Each member at its bounds: taken, where only the schema has a say in it."""
    index = 0
    while True:
        # A fresh body each time, the same but for its marks: the bounds keep their order.
        prepared = prepare(bench, bench.operation.name)
        bounds = list(_bounds(bench, schema, prepared))
        if index >= len(bounds):
            return
        pointer, what, body = bounds[index]
        exchange = prepared.with_body(body).call(bench)
        if exchange.answer.status in (400, 422):
            _refused(bench, pointer, what, body, exchange)
        index += 1


def _refused(bench: Bench, pointer: str, what: str, body: Json, exchange: Any) -> None:
    member = pointers.get(body, pointer)
    shown = "left out" if member is pointers.MISSING else member
    bench.found(
        "valid-refused",
        "major",
        f"{pointer} {what} keeps the schema, and the answer is {exchange.answer.status}",
        rule=f"The body keeps the schema of the request; {pointer} {what}.",
        source=f"{bench.contract.document.path.name}, requestBody of {bench.operation.name}",
        expected={"status": [each for each in bench.operation.statuses if each < 300]},
        got={
            "status": exchange.answer.status,
            pointer: shown,
            "body": exchange.answer.json or None,
        },
        exchanges=(exchange,),
        subject=f"{pointer} {what}",
    )


def _bounds(bench: Bench, schema: Json, prepared: Prepared) -> Iterator[tuple[str, str, Json]]:
    """Bodies that keep the schema with one member at a bound: where, what, and the body."""
    shape = _taken(bench, schema, prepared.body)
    ids = {each.id for each in _all_made(prepared)}
    for pointer, member, value in _members(bench, shape, prepared.body, ""):
        is_id = not isinstance(value, bool) and str(value) in ids
        if is_id or (isinstance(value, str) and _is_reference(value, prepared)):
            continue
        for what, bound in _of_member(bench, member, value):
            is_left_out = bound is pointers.MISSING
            body = (
                pointers.dropped(prepared.body, pointer)
                if is_left_out
                else pointers.put(prepared.body, pointer, bound)
            )
            if bench.contract.schemas.fits(schema, body):
                yield pointer, what, body


def _members(
    bench: Bench, shape: Shape, body: Json, pointer: str
) -> Iterator[tuple[str, Json, Json]]:
    for name, schema in shape.members.items():
        if name not in body:
            continue
        place = pointer + pointers.joined([name])
        if isinstance(body[name], dict):
            inner = _taken(bench, schema, body[name])
            yield from _members(bench, inner, body[name], place)
        else:
            yield place, schema, body[name]


def _of_member(bench: Bench, schema: Json, value: Json) -> Iterator[tuple[str, Json]]:
    """A member at its bounds. Texts of a form of their own (emails, codes) are left as they are."""
    shape = shape_of(schema, bench.contract)
    said = shape.keywords
    yield "is left out", pointers.MISSING
    if shape.is_nullable:
        yield "is null", None
    if isinstance(value, bool):
        yield "is the other boolean", not value
    elif isinstance(value, int | float):
        if "minimum" in said:
            yield "is at its minimum", said["minimum"]
        if "maximum" in said:
            yield "is at its maximum", said["maximum"]
    elif isinstance(value, str):
        for other in said.get("enum", ()):
            if isinstance(other, str) and other != value:
                yield f"is {other}", other
        most = said.get("maxLength", _LONGEST)
        if "format" not in said and "anyOf" not in said and "enum" not in said and most < _LONGEST:
            yield "is as long as it may be", "x" * most
            # Outside the basic plane a character is two units of UTF-16, and still one character.
            yield "is as long as it may be, in astral characters", "𝒳" * most


def _taken(bench: Bench, schema: Json, value: Json) -> Shape:
    """The shape of a schema with the alternatives that a value keeps."""
    shape = shape_of(schema, bench.contract)
    taken = []
    for choice in shape.choices:
        keeps = [each for each in choice if bench.contract.schemas.fits(each, value)]
        taken += keeps[:1]
    return shape_of(schema, bench.contract, *taken) if taken else shape


def _all_made(prepared: Prepared) -> Iterator[Made]:
    for each in prepared.made:
        yield each
        yield from each.needs.values()


def _is_reference(value: str, prepared: Prepared) -> bool:
    """Whether a value is an id within one of the records it was made for (an address of theirs)."""
    if len(value) < 6:
        return False
    return any(f'"{value}"' in str(each.record).replace("'", '"') for each in _all_made(prepared))
