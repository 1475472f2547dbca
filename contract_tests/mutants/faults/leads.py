"""Mistakes of the leads API: its rules about names and channels, and its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import orjson

from contract_tests.mutants.layers import answered
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.contract import Violation
from mockserver.domain.records import Customer
from mockserver.errors import FieldProblem
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

_DIGIT = re.compile(r"[0-9]")


def without_problem(field: str, code: str, about: str = "") -> Callable[[Verb], Verb]:
    """One rule about a member is not checked; `about` tells it from others of the same code."""

    def make(original: Verb) -> Verb:
        def problems(*given: Any) -> Iterator[FieldProblem]:
            for problem in original(*given):
                skipped = problem.field == field and problem.code == code
                if not (skipped and about in problem.message):
                    yield problem

        return problems

    return make


def is_digit_in_last_name(violation: Violation) -> bool:
    """Whether the form of a last name is at fault, and not for control characters."""
    named = (violation.name, violation.keyword) == ("lastName", "pattern")
    return named and isinstance(violation.value, str) and violation.value.isprintable()


def digits_count_as_letters(original: Verb) -> Verb:
    """The last name is not asked for digits."""

    def problems(field: str, name: str | None) -> Iterator[FieldProblem]:
        read = _DIGIT.sub("x", name) if name and field == "lastName" else name
        yield from original(field, read)

    return problems


def is_letter_as_first_name(violation: Violation) -> bool:
    """Whether a first name of one letter is at fault."""
    return violation.name == "firstName" and _is_letter(violation.value)


def one_letter_is_enough(original: Verb) -> Verb:
    """The least length of a first name is one letter."""

    def problems(field: str, name: str | None) -> Iterator[FieldProblem]:
        if field != "firstName" or not _is_letter(name):
            yield from original(field, name)

    return problems


def _is_letter(name: object) -> bool:
    return isinstance(name, str) and len(name.strip(" ")) == 1 and name.strip(" ").isalpha()


def is_missing_channel(violation: Violation) -> bool:
    """Whether an e-mail address or a phone is missing."""
    return violation.keyword == "required" and violation.name in ("email", "phoneNumber")


def email_not_asked(original: Verb) -> Verb:
    """Without either channel, the e-mail address is looked at as if there were a phone."""

    def problems(customer: Customer) -> Iterator[FieldProblem]:
        alone = not customer.email and not customer.phone
        yield from original(replace(customer, phone="+15550100000") if alone else customer)

    return problems


def phone_not_asked(original: Verb) -> Verb:
    """Without either channel, the phone is looked at as if there were an e-mail address."""

    def problems(customer: Customer, is_new: bool) -> Iterator[FieldProblem]:
        alone = not customer.email and not customer.phone
        yield from original(replace(customer, email="a@b.example") if alone else customer, is_new)

    return problems


def billing_as_first_shown() -> tuple[Patch, ...]:
    """The billing address is copied when a customer is first shown, and never again."""
    first: Memory[dict[str, dict[str, Any]]] = Memory(dict)

    def edit(exchange: Exchange, given: Answered) -> Answered:
        if given.status != 200 or exchange.steered.reply is not None:
            return given
        shown = orjson.loads(given.body)["data"]
        billing = {name: shown[name] for name in shown if name.startswith("billing")}
        kept = first.of(exchange.served.world).setdefault(shown["id"], billing)
        return given._replace(body=orjson.dumps({"data": {**shown, **kept}}))

    return answered(edit, "getLeadsCustomer")()


def first_problem_told(body: dict[str, Any]) -> dict[str, Any]:
    """Only the first failing member is named."""
    return {**body, "errors": body["errors"][:1]}
