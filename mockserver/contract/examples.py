"""The examples a document gives, and what stands in for one where it gives none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.contract.media import is_json
from mockserver.contract.model import Contract, Operation, Parameter
from mockserver.contract.places import Place, Places
from mockserver.contract.schemas import Validator
from mockserver.contract.smallest import UnfillableError, smallest


@dataclass(frozen=True, slots=True)
class Example:
    """One value of one media type. `name` is None where the document does not name it.

    `documented` is False for a value that was made because the document has none that fits.
    """

    name: str | None
    media_type: str
    value: Any
    documented: bool = True


def response_examples(contract: Contract, operation: Operation, status: int) -> list[Example]:
    """What a status can be answered with, the first one being the one to take unasked.

    Only values that keep to their schema are given: the named examples in the order of the
    document, then the unnamed one, then that of the schema, then one that was made. Empty when the
    status is not declared, has no content, or nothing can be made that fits.
    """
    rule = operation.response_for(status)
    if rule is None:
        return []
    places = Places(contract.document)
    content = places.below(places.response(operation, status), "content")
    return _of_content(contract, places, content, rule.media_types)


def request_examples(contract: Contract, operation: Operation) -> list[Example]:
    """Bodies to call an operation with, in the same order; empty when it takes none."""
    if operation.body is None:
        return []
    places = Places(contract.document)
    return _of_content(contract, places, places.content(operation), operation.body.media_types)


def parameter_example(contract: Contract, operation: Operation, parameter: Parameter) -> Any:
    """A value for a parameter, checked, and not empty if there is such a one; None without any."""
    places = Places(contract.document)
    place = places.parameter(operation, parameter.name, parameter.location)
    if place is None:
        return None
    found = [value for _, value, _ in _values(contract, places, place)]
    fitting = [value for value in found if parameter.validator.is_valid(value)]
    return next((value for value in fitting if value != ""), next(iter(fitting), None))


def header_values(contract: Contract, operation: Operation, status: int) -> dict[str, str]:
    """A text for each header that the answer of a status always carries."""
    rule = operation.response_for(status)
    places = Places(contract.document)
    headers = places.below(places.response(operation, status), "headers")
    found: dict[str, str] = {}
    for name in rule.required_headers if rule else ():
        place = places.below(headers, name)
        value = next((v for _, v, _ in _values(contract, places, place)), "") if place else ""
        found[name] = _header_text(value)
    return found


def _of_content(
    contract: Contract, places: Places, content: Place | None, rules: Mapping[str, Validator]
) -> list[Example]:
    """The fitting examples of every media type, JSON first."""
    found: list[Example] = []
    for media_type in sorted(content.node if content else (), key=lambda m: not is_json(m.lower())):
        place = places.below(content, media_type)
        assert place is not None
        validator = rules[media_type.lower()]
        fitting = [
            Example(name, media_type.lower(), value, documented)
            for name, value, documented in _values(contract, places, place)
            if validator.is_valid(value)
        ]
        documented = [example for example in fitting if example.documented]
        found.extend(documented or fitting[:1])
    return found


def _values(
    contract: Contract, places: Places, place: Place
) -> Iterator[tuple[str | None, Any, bool]]:
    """Name, value, and whether the document spells it out; `place` has a schema and examples."""
    examples = places.below(place, "examples")
    for name in examples.node if examples else ():
        one = places.below(examples, name)
        if one is not None and "value" in one.node:
            yield name, one.node["value"], True
    if "example" in place.node:
        yield None, place.node["example"], True
    schema = places.below(place, "schema")
    if schema is None:
        return
    if "example" in schema.node:
        yield None, schema.node["example"], True
    try:
        yield None, smallest(contract.document, schema.node), False
    except UnfillableError:
        return


def _header_text(value: Any) -> str:
    """A header value in the style `simple` (OpenAPI 3.0)."""
    if isinstance(value, list):
        return ",".join(map(_header_text, value))
    if isinstance(value, str):
        return value
    return json.dumps(value)
