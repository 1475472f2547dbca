"""Turning the text of a parameter into the value it stands for, strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from mockserver.contract.coercion import coerce
from mockserver.contract.model import Operation, Parameter
from mockserver.contract.serialisation import Sent
from mockserver.contract.violations import Violation, shown


class UndecodableError(ValueError):
    """Percent-encoded text that is not UTF-8."""


def decode(text: str, plus_is_space: bool = False) -> str:
    """Percent-decode one name or value; UndecodableError when the bytes are not UTF-8."""
    if plus_is_space:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UndecodableError(text) from error


def split_query(query: str) -> list[tuple[str, str]]:
    """The decoded name-value pairs of a query string, in order; UndecodableError on bad bytes."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return [(decode(name, True), decode(value, True)) for name, _, value in pairs]


def read_path(operation: Operation, raw: dict[str, str]) -> tuple[dict[str, Any], list[Violation]]:
    """Decode and check the path parameters, given their still encoded segments."""
    values: dict[str, Any] = {}
    found: list[Violation] = []
    for parameter in operation.located["path"]:
        _read_one(parameter, [raw.get(parameter.name, "")], values, found, encoded=True)
    return values, found


def read_query(operation: Operation, query: str) -> tuple[dict[str, Any], list[Violation]]:
    """Check the declared query parameters; undeclared names are ignored.

    Where none is declared, the query is not even decoded.
    """
    declared = operation.located["query"]
    if not declared:
        return {}, []
    try:
        pairs = split_query(query) if query else []
    except UndecodableError as error:
        message = f"is not percent-encoded UTF-8: {shown(str(error))}"
        return {}, [Violation("query", (), "encoding", message)]
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return _read_all(declared, given)


def read_headers(
    operation: Operation, headers: Mapping[str, str]
) -> tuple[dict[str, Any], list[Violation]]:
    """Check the declared header parameters; `headers` has lower-case names."""
    declared = operation.located["header"]
    given = {p.name: [headers[p.name.lower()]] for p in declared if p.name.lower() in headers}
    return _read_all(declared, given)


def _read_all(
    declared: Iterable[Parameter], given: dict[str, list[str]]
) -> tuple[dict[str, Any], list[Violation]]:
    values: dict[str, Any] = {}
    found: list[Violation] = []
    for parameter in declared:
        written = parameter.serialisation
        texts = given.get(parameter.name) if written is None else written.sent(given)
        if texts is None:
            if parameter.has_default:
                values[parameter.name] = parameter.default
            elif parameter.required:
                found.append(_violation(parameter, "required", "is required"))
        elif parameter.allows_empty and texts == [""]:
            values[parameter.name] = ""
        else:
            _read_one(parameter, texts, values, found)
    return values, found


def _read_one(
    parameter: Parameter,
    texts: Sent,
    values: dict[str, Any],
    found: list[Violation],
    encoded: bool = False,
) -> None:
    try:
        value = _value(parameter, [decode(str(text)) for text in texts] if encoded else texts)
    except UndecodableError:
        found.append(_violation(parameter, "encoding", "is not percent-encoded UTF-8"))
        return
    except ValueError as error:
        found.append(_violation(parameter, "type", str(error)))
        return
    problems = parameter.validator.problems(value, parameter.location, (parameter.name,))
    found.extend(problems)
    if not problems:
        values[parameter.name] = value


def _violation(parameter: Parameter, keyword: str, message: str) -> Violation:
    return Violation(parameter.location, (parameter.name,), keyword, message)


def _value(parameter: Parameter, sent: Sent) -> Any:
    if parameter.serialisation is not None:
        return parameter.serialisation.value(sent)
    texts = cast(list[str], sent)
    if "array" in parameter.types:
        items = texts if parameter.explode else texts[0].split(parameter.separator)
        return [coerce(item, parameter.item_types) for item in items]
    if len(texts) > 1:
        raise ValueError(f"is given {len(texts)} times; give it once")
    return coerce(texts[0], parameter.types)
