"""What the leads family demands of a customer it writes (S4; domain D.2), all told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mockserver.domain.absence import Unset
from mockserver.domain.records import Customer
from mockserver.errors import FieldProblem, RuleBroken

_METHODS = ("Email", "Phone", "SMS")
_EMAIL = re.compile(r".+@.+", re.DOTALL)
_PHONE = re.compile(r"\+[1-9]\d{1,14}", re.ASCII)
_UNFIT_FOR_NAMES = re.compile(r"[0-9\x00-\x1f\x7f]")
_SHORTEST, _LONGEST = 2, 50


def record_problems(
    customer: Customer, methods: Sequence[str] | Unset, *, phone_is_new: bool
) -> tuple[FieldProblem, ...]:
    """Every problem of a merged record.

    ``methods`` are the contact methods as the caller spelled them; a phone number's form is only
    looked at when it is new, since the other families write theirs as they like.
    """
    return (
        *_name_problems("firstName", customer.first_name),
        *_name_problems("lastName", customer.last_name),
        *_email_problems(customer),
        *_phone_problems(customer, phone_is_new),
        *_method_problems(methods or ()),
    )


def nobody(uuid: str) -> FieldProblem:
    """The problem of an update of an unknown customer (D.4.2)."""
    return FieldProblem("customerId", "NOT_FOUND", f"There is no customer {uuid!r}.")


def other_id(customer: Customer, body_id: str | Unset | None) -> Iterator[FieldProblem]:
    """The problem of a body that names another customer than the path (D.4.2)."""
    if isinstance(body_id, str) and body_id.lower() != customer.uuid:
        message = "customerId in the body differs from the one in the path."
        yield FieldProblem("customerId", "INVALID_VALUE", message)


def refusal(problems: Iterable[FieldProblem]) -> RuleBroken:
    """The refusal that carries field problems in D's spelling."""
    listed = tuple(problems)
    return RuleBroken(
        "validation_error", "One or more fields failed validation.", listed[0].field, listed
    )


def _name_problems(field: str, name: str | None) -> Iterator[FieldProblem]:
    length = len((name or "").strip(" "))
    if not length:
        yield FieldProblem(field, "REQUIRED", f"{field} is required.")
    elif not _SHORTEST <= length <= _LONGEST:
        message = f"{field} must have 2 to 50 characters, not {length}."
        yield FieldProblem(field, "INVALID_LENGTH", message)
    elif _UNFIT_FOR_NAMES.search(name or ""):
        message = f"{field} must not contain numbers or control characters."
        yield FieldProblem(field, "INVALID_FORMAT", message)


def _email_problems(customer: Customer) -> Iterator[FieldProblem]:
    if not customer.email:
        if not customer.phone:
            message = "email is required when phoneNumber is missing."
            yield FieldProblem("email", "REQUIRED", message)
        elif customer.marketing_email_opt_in:
            message = "email is required when marketingEmailOptIn is true."
            yield FieldProblem("email", "REQUIRED", message)
    elif not _EMAIL.fullmatch(customer.email):
        message = f"email {customer.email!r} is not an e-mail address."
        yield FieldProblem("email", "INVALID_FORMAT", message)


def _phone_problems(customer: Customer, is_new: bool) -> Iterator[FieldProblem]:
    if not customer.phone:
        if not customer.email:
            message = "phoneNumber is required when email is missing."
            yield FieldProblem("phoneNumber", "REQUIRED", message)
        elif customer.marketing_sms_opt_in:
            message = "phoneNumber is required when marketingSmsOptIn is true."
            yield FieldProblem("phoneNumber", "REQUIRED", message)
    elif is_new and not _PHONE.fullmatch(customer.phone):
        message = f"phoneNumber {customer.phone!r} must be international, such as +14155552671."
        yield FieldProblem("phoneNumber", "INVALID_FORMAT", message)


def _method_problems(methods: Sequence[str]) -> Iterator[FieldProblem]:
    for index, method in enumerate(methods):
        if method not in _METHODS:
            message = f"{method!r} must be one of {', '.join(_METHODS)}."
            yield FieldProblem(f"preferredContactMethods[{index}]", "INVALID_VALUE", message)
