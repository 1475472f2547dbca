"""Parameters, bodies and answers of an operation, in two versions."""

from __future__ import annotations

from typing import Any

from contract_tests.packs.diff.canonical import canonical
from contract_tests.packs.diff.changes import Direction, Log, Spot, Weight
from contract_tests.packs.diff.flat import flat
from contract_tests.packs.diff.schemas import compare_schemas
from contract_tests.packs.diff.walk import Walk

Json = Any
Keyed = dict[tuple[str, str], Spot]


def compare_parameters(before: Keyed, after: Keyed, spots: tuple[Spot, Spot], log: Log) -> None:
    """Parameters by place and name; those of the path by their order in it."""
    for key in before.keys() - after.keys():
        if key[0] != "path":
            place, name = key[0], before[key].value["name"]
            sentence = f"the {place} parameter {name} is gone: it may be ignored or refused"
            log.add("parameter.removed", Weight.MAYBE, sentence, before[key], spots[1],
                    (before[key].value, None))  # fmt: skip
    for key in after.keys() - before.keys():
        is_required = bool(after[key].value.get("required"))
        how = "new and required" if is_required else "new"
        weight = Weight.BREAKING if is_required else Weight.COMPATIBLE
        code = "parameter.required-added" if is_required else "parameter.added"
        sentence = f"the {key[0]} parameter {after[key].value['name']} is {how}"
        log.add(code, weight, sentence, spots[0], after[key], (None, after[key].value))
    for key in before:
        if key in after:
            _compare_parameter(key, before[key], after[key], log)


def _compare_parameter(key: tuple[str, str], old: Spot, new: Spot, log: Log) -> None:
    place, name = key
    what = f"the {place} parameter {old.value.get('name', name)}"
    was, is_ = (bool(each.value.get("required")) or place == "path" for each in (old, new))
    if is_ and not was:
        sentence = f"{what} is required now"
        log.add("parameter.required", Weight.BREAKING, sentence, old, new, (False, True))
    elif was and not is_:
        sentence = f"{what} is optional now"
        log.add("parameter.optional", Weight.COMPATIBLE, sentence, old, new, (True, False))
    if new.value.get("deprecated") and not old.value.get("deprecated"):
        sentence = f"{what} is deprecated now"
        log.add("parameter.deprecated", Weight.COMPATIBLE, sentence, old, new, (False, True))
    if ("content" in old.value) != ("content" in new.value):
        sentence = f"{what}: how it is written changed, could not be classified"
        log.add("parameter.unclassified", Weight.MAYBE, sentence, old, new)
        return
    _compare_style(what, place, old, new, log)
    if "content" in old.value:
        compare_content(old.at("content"), new.at("content"), Direction.REQUEST, what, log)
    else:
        walk = Walk(log, Direction.REQUEST, what, is_text=True)
        compare_schemas(old.at("schema"), new.at("schema"), walk)


def _compare_style(what: str, place: str, old: Spot, new: Spot, log: Log) -> None:
    """How a value is written; for a single one, explode and most styles mean the same."""
    kinds = flat(old.at("schema")).types & flat(new.at("schema")).types
    before, after = (_style(place, each.value) for each in (old, new))
    is_many = bool(kinds & {"array", "object"}) and "string" not in kinds
    if before == after or (not is_many and before[0] == after[0]):
        return
    sentence = f"{what} is written as {_written(after)}, no longer as {_written(before)}"
    log.add("parameter.style", Weight.BREAKING, sentence, old, new, (list(before), list(after)))


def _style(place: str, value: Json) -> tuple[str, bool]:
    style = value.get("style", "form" if place in ("query", "cookie") else "simple")
    return str(style), bool(value.get("explode", style == "form"))


def _written(style: tuple[str, bool]) -> str:
    return f"{style[0]}{', exploded' if style[1] else ''}"


def compare_request_body(old: Spot, new: Spot, spots: tuple[Spot, Spot], log: Log) -> None:
    """Request bodies; an empty one is none."""
    was, is_ = (bool(each.value.get("required")) for each in (old, new))
    if not old.value and not new.value:
        return
    if not new.value:
        sentence = "the request body is gone: it may be ignored or refused"
        log.add("body.removed", Weight.MAYBE, sentence, old, spots[1])
        return
    if not old.value:
        weight = Weight.BREAKING if is_ else Weight.COMPATIBLE
        how = "and is required" if is_ else "and is optional"
        log.add("body.added", weight, f"the request takes a body now {how}", spots[0], new)
        return
    if is_ != was:
        weight = Weight.BREAKING if is_ else Weight.COMPATIBLE
        sentence = f"the request body is {'required' if is_ else 'optional'} now"
        log.add("body.required" if is_ else "body.optional", weight, sentence, old, new, (was, is_))
    content = old.at("content"), new.at("content")
    compare_content(*content, Direction.REQUEST, "request body", log)


def compare_answers(old: Spot, new: Spot, log: Log) -> None:
    """Every status of both versions; one that a range or `default` covers is compared with that."""
    before, after = ({str(key): key for key in each.value} for each in (old, new))
    for status in before:
        spot = old.at(before[status])
        cover = _cover(status, after)
        if cover is None:
            _status_removed(status, spot, new, log)
        else:
            _compare_answer(status, spot, new.at(after[cover]), log)
    for status in after.keys() - before.keys():
        spot = new.at(after[status])
        cover = _cover(status, before)
        if cover is not None:
            _compare_answer(status, old.at(before[cover]), spot, log)
        elif status != "default":
            # An error may always come, and a 304 only comes to those who ask for it.
            is_expected = status[:1] in ("4", "5") or status == "304"
            weight = Weight.COMPATIBLE if is_expected else Weight.MAYBE
            sentence = f"status {status} is new"
            log.add("status.added", weight, sentence, old, spot, (None, status))


def _cover(status: str, declared: dict[str, str]) -> str | None:
    keys = (status, f"{status[:1]}XX", f"{status[:1]}xx", "default")
    return next((key for key in keys if key in declared), None)


def _status_removed(status: str, spot: Spot, new: Spot, log: Log) -> None:
    is_success = status[:1] == "2"
    weight = Weight.BREAKING if is_success else Weight.MAYBE
    sentence = f"status {status} is no longer answered"
    log.add("status.removed", weight, sentence, spot, new, (status, None))


def _compare_answer(status: str, old: Spot, new: Spot, log: Log) -> None:
    what = f"response {status}"
    _compare_headers(what, old.at("headers"), new.at("headers"), log)
    before, after = old.at("content"), new.at("content")
    if before.value and not after.value:
        log.add("response.body-removed", Weight.BREAKING, f"{what}: there is no body any more",
                before, new)  # fmt: skip
    elif after.value and not before.value:
        log.add(
            "response.body-added", Weight.COMPATIBLE, f"{what}: there is a body now", old, after
        )
    else:
        compare_content(before, after, Direction.RESPONSE, what, log)


def _compare_headers(what: str, old: Spot, new: Spot, log: Log) -> None:
    before = {name.lower(): old.at(name) for name in old.value}
    after = {name.lower(): new.at(name) for name in new.value}
    for name, spot in before.items():
        was = bool(spot.value.get("required"))
        if name not in after:
            weight = Weight.BREAKING if was else Weight.MAYBE
            sentence = f"{what}: the header {name} is gone"
            log.add("header.removed", weight, sentence, spot, new, (name, None))
            continue
        is_ = bool(after[name].value.get("required"))
        if was and not is_:
            sentence = f"{what}: the header {name} is no longer required"
            log.add("header.optional", Weight.BREAKING, sentence, spot, after[name], (True, False))
        elif is_ and not was:
            sentence = f"{what}: the header {name} is always there now"
            log.add(
                "header.required", Weight.COMPATIBLE, sentence, spot, after[name], (False, True)
            )
        walk = Walk(log, Direction.RESPONSE, f"{what}, header {name}", is_text=True)
        compare_schemas(spot.at("schema"), after[name].at("schema"), walk)
    for name in after.keys() - before.keys():
        sentence = f"{what}: the header {name} is new"
        log.add("header.added", Weight.COMPATIBLE, sentence, old, after[name], (None, name))


def compare_content(old: Spot, new: Spot, direction: Direction, what: str, log: Log) -> None:
    """Media types, and the schema of each that both have."""
    before, after = (_media_types(each) for each in (old, new))
    for media_type, name in before.items():
        cover = next((each for each in _ranges(media_type) if each in after), None)
        if cover is None:
            sentence = f"{what}: the media type {media_type} is gone"
            log.add(f"{direction}.media-type-removed", Weight.BREAKING, sentence, old.at(name), new,
                    (media_type, None))  # fmt: skip
            continue
        one, other = old.at(name), new.at(after[cover])
        walk = Walk(log, direction, what)
        compare_schemas(one.at("schema"), other.at("schema"), walk)
        _compare_encoding(what, one, other, log)
    for media_type in after:
        if not any(each in before for each in _ranges(media_type)):
            sentence = f"{what}: the media type {media_type} is new"
            log.add(f"{direction}.media-type-added", Weight.COMPATIBLE, sentence, old,
                    new.at(after[media_type]), (None, media_type))  # fmt: skip


def _compare_encoding(what: str, old: Spot, new: Spot, log: Log) -> None:
    texts = [canonical(s.document, s.value.get("encoding", {})) for s in (old, new)]
    if texts[0] != texts[1]:
        sentence = f"{what}: the encoding of its parts changed, could not be classified"
        log.add("encoding.unclassified", Weight.MAYBE, sentence, old, new)


def _media_types(content: Spot) -> dict[str, str]:
    return {name.lower().split(";")[0].strip(): name for name in content.value}


def _ranges(media_type: str) -> tuple[str, ...]:
    return media_type, f"{media_type.partition('/')[0]}/*", "*/*"
