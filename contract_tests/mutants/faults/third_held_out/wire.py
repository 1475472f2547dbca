"""Mistakes in messages: numbers read by halves, names of the wrong style, links and tags."""

from __future__ import annotations

import re
from typing import Any

from contract_tests.mutants.mutant import Verb

_PAGE = re.compile(r"\b((?:per_)?page=[0-9]+)[^&]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def leading_digits(query: str) -> str:
    """`parseInt`: what follows the digits does not matter."""
    return _PAGE.sub(r"\1", query)


def snake_case_fields(body: dict[str, Any]) -> dict[str, Any]:
    """Fields are called as the language of the server calls them."""
    errors = [
        {**each, "field": _CAPITAL.sub(r"_\1", each["field"]).lower()} for each in body["errors"]
    ]
    return {**body, "errors": errors}


def link_to_the_category(body: dict[str, Any]) -> dict[str, Any]:
    """The anchor of the link is the category of the error, not its code."""
    error = body["error"]
    page = error["doc_url"].partition("#")[0]
    return {**body, "error": {**error, "doc_url": f"{page}#{error['type']}"}}


def star_is_a_tag(original: Verb) -> Verb:
    """`*` is compared like any tag."""

    def demand(condition: str, current: Any) -> None:
        original('"none"' if condition.strip() == "*" else condition, current)

    return demand
