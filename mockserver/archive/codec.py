"""Records and JSON: readers compiled once from type hints, and one writer for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

from mockserver.archive.kinds import (
    Kind,
    Member,
    choice,
    day,
    decimal,
    flag,
    instant,
    listing,
    mapping,
    optional,
    record,
    text,
    whole,
)
from mockserver.archive.limits import LIMITS, Limit, Limits

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_NO_LIMITS: Limits = MappingProxyType({})
_LEAVES: Mapping[Any, Kind] = MappingProxyType(
    {
        str: text(),
        int: whole(),
        bool: flag(),
        datetime: instant(),
        date: day(),
        Decimal: decimal(100),
    }
)


def kind_of(record_type: type[Any], limits: Limits | None = None) -> Kind:
    """The kind of a record: a closed object with a member per field of the dataclass.

    A field with a default may be left out. A record type held by another one is an object in the
    object; ``limits`` are those of ``limits.LIMITS`` unless given.
    """
    hints = get_type_hints(record_type)
    known = LIMITS.get(record_type, _NO_LIMITS) if limits is None else limits
    return record(
        record_type,
        {
            field.name: Member(_kind(hints[field.name], _limit(known, field.name)), _needed(field))
            for field in fields(record_type)
        },
    )


def write(value: Any) -> bytes:
    """JSON text of records and of what holds them: members in the order of the fields.

    Instants are ``…Z``, days ISO dates, decimals texts.
    """
    return orjson.dumps(value, _plain, _OPTIONS)


def data_of(value: Any) -> Any:
    """The JSON values of records and of what holds them; see :func:`write`."""
    return orjson.loads(write(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")


def _limit(limits: Limits, name: str) -> Limit:
    found = limits.get(name)
    return Limit(found) if isinstance(found, Kind) else found or Limit()


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _kind(hint: Any, limit: Limit) -> Kind:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = [argument for argument in arguments if argument is not NoneType]
        return optional(_kind(inner[0], limit))
    if origin is tuple:
        return listing(_kind(arguments[0], limit), limit.most, unique=limit.unique)
    if origin is not None and arguments[-1] is not Any and _is_mapping(origin):
        return mapping(limit.key or text(), _kind(arguments[1], limit), limit.most)
    if limit.kind is not None:
        return limit.kind
    if origin is Literal:
        return choice(arguments)
    leaf = _LEAVES.get(hint)
    return kind_of(hint) if leaf is None else leaf


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)
