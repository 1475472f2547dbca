"""Explain: pointer and line of the rule in openapi.yaml, what was sent, what would pass."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.app import Server
from mockserver.bundle import contract_path
from mockserver.contract import Contract, Operation, Violation, ViolationError
from mockserver.contract.explain import Explainer, Explanation, header_of
from mockserver.contract.parameters import read_path, read_query
from mockserver.contract.places import Places
from mockserver.errors import Conflict, FieldProblem, MockserverError, NotFound, RuleBroken
from tests.documents import read_contract


@pytest.fixture(scope="module")
def contract(built: Server) -> Contract:
    return built.contract


@pytest.fixture(scope="module")
def explainer(contract: Contract) -> Explainer:
    return Explainer(contract)


def operation(contract: Contract, name: str) -> Operation:
    return next(o for o in contract.operations if o.operation_id == name)


def body_problems(contract: Contract, name: str, body: Any) -> ViolationError:
    rule = operation(contract, name).body
    assert rule is not None
    return ViolationError(rule.media_types["application/json"].problems(body, "body"))


JANE = {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"}
BOOKING = {
    "customer_id": "cust_1", "industry": "cleaning", "scheduled_at": "2026-03-01T10:00:00Z",
    "address_id": "addr_1", "configuration": {"bedrooms": 1, "bathrooms": 1},
}  # fmt: skip
BODIES: list[tuple[str, Any, str, str]] = [
    ("createCustomer", {**JANE, "first_name": "x" * 101},
     "/components/schemas/CustomerNamePart/maxLength", "maxLength 100"),
    ("createCustomer", {**JANE, "email": "nobody"},
     "/components/schemas/CustomerEmail/format", 'format "email"'),
    ("createCustomer", {**JANE, "phone": 1},
     "/components/schemas/NewCustomer/properties/phone/type", 'type "string"'),
    ("createCustomer", {"first_name": "A", "last_name": "B"},
     "/components/schemas/NewCustomer/required/2", 'required "email"'),
    ("createCustomer", {**JANE, "nickname": "J"},
     "/components/schemas/NewCustomer/additionalProperties", "additionalProperties false"),
    ("createCustomer", {**JANE, "address": {"street": "s", "city": "c", "zip": "97401"}},
     "/components/schemas/NewAddress/required/2", 'required "state"'),
    ("createCustomer", [], "/components/schemas/NewCustomer/type", 'type "object"'),
    ("createBooking", {**BOOKING, "industry": "gardening"},
     "/components/schemas/NewBooking/discriminator",
     'discriminator ["cleaning", "junk-removal", "carpet-cleaning"]'),
    ("createBooking", {**BOOKING, "configuration": {"bedrooms": 99, "bathrooms": 1}},
     "/components/schemas/CleaningRooms/maximum", "maximum 20"),
    ("createBooking", {**BOOKING, "industry": "junk-removal", "address_id": 1},
     "/components/schemas/AddressId/type", 'type "string"'),
    ("createLeadsCustomer", {"firstName": "Ann", "lastName": "Lee", "email": "a@b.co",
                             "preferredContactMethods": ["Fax"]},
     "/components/schemas/NewLeadsCustomer/properties/preferredContactMethods/items/enum",
     'enum ["Email", "Phone", "SMS"]'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "pointer", "rule"), BODIES)
def test_a_violation_of_a_body_leads_to_its_keyword(
    contract: Contract, explainer: Explainer, name: str, body: Any, pointer: str, rule: str
) -> None:
    problem = body_problems(contract, name, body)
    found = explainer.explain(operation(contract, name), problem, 422, body)
    assert (found[0].pointer, found[0].rule) == (pointer, rule)


QUERIES = [
    ("page=0", "/components/parameters/Page/schema/minimum"),
    ("page=x", "/components/parameters/Page/schema/type"),
    ("status=foo", "/components/schemas/CustomerStatus/enum"),
    ("search=%FF", "/paths/~1v1~1customers/get"),
]


@pytest.mark.parametrize(("query", "pointer"), QUERIES)
def test_a_violation_of_a_query_leads_to_its_parameter(
    contract: Contract, explainer: Explainer, query: str, pointer: str
) -> None:
    called = operation(contract, "listCustomers")
    found = explainer.explain(called, ViolationError(read_query(called, query)[1]), 400)
    assert found[0].pointer == pointer


def test_a_violation_of_a_path_leads_to_the_id(contract: Contract, explainer: Explainer) -> None:
    called = operation(contract, "getCustomer")
    problem = ViolationError(read_path(called, {"id": "nobody!"})[1])
    assert explainer.explain(called, problem, 404)[0].pointer == (
        "/components/schemas/CustomerId/pattern"
    )


@pytest.mark.parametrize(
    ("problem", "status", "pointer", "rule"),
    [
        (Conflict("resource_already_exists", "Taken.", "email"), 409,
         "/components/schemas/CustomerEmail", "resource_already_exists"),
        (NotFound("customer_not_found", "None."), 404,
         "/paths/~1v1~1customers/post", "customer_not_found"),
        (RuleBroken("x", "X.", None, (FieldProblem("address.zip", "bad_zip", "Bad."),)), 422,
         "/components/schemas/NewAddress/properties/zip", "bad_zip"),
        (MockserverError("No credential."), 401,
         "/paths/~1v1~1customers/post/security", "status 401"),
        (MockserverError("Wrong type."), 415,
         "/paths/~1v1~1customers/post/requestBody/content", "status 415"),
        (MockserverError("Too large."), 413,
         "/components/responses/OtessePayloadTooLarge", "status 413"),
        (ViolationError([Violation("body", (), "json", "is not JSON")]), 400,
         "/components/schemas/NewCustomer", "json"),
    ],
)  # fmt: skip
def test_other_refusals_lead_to_what_the_document_says_of_them(
    contract: Contract,
    explainer: Explainer,
    problem: MockserverError,
    status: int,
    pointer: str,
    rule: str,
) -> None:
    found = explainer.explain(operation(contract, "createCustomer"), problem, status)
    assert (found[0].pointer, found[0].rule) == (pointer, rule)


def test_the_line_is_the_one_of_the_rule(contract: Contract, explainer: Explainer) -> None:
    problem = body_problems(contract, "createCustomer", {**JANE, "first_name": "x" * 101})
    found = explainer.explain(operation(contract, "createCustomer"), problem, 422)[0]
    assert "maxLength: 100" in contract.source.splitlines()[found.line - 1]


def test_one_line_says_it_all(contract: Contract, explainer: Explainer) -> None:
    problem = body_problems(contract, "createCustomer", {**JANE, "email": "é\n", "b": 1})
    found = explainer.explain(operation(contract, "createCustomer"), problem, 422)
    header = header_of(found)
    pointer, line, *rest = header.split("; ")
    assert pointer == "/components/schemas/CustomerEmail/format"
    assert line == f"line={found[0].line}"
    assert rest == [
        'rule=format "email"', "at=body email", 'sent="\\xe9\\n"',
        'passes=such as "a@example.com"', "more=1",
    ]  # fmt: skip
    assert found[0].to_json() == {
        "pointer": "/components/schemas/CustomerEmail/format",
        "line": found[0].line,
        "rule": 'format "email"',
        "location": "body",
        "name": "email",
        "sent": '"é\\n"',
        "passes": 'such as "a@example.com"',
    }


def test_a_header_is_bounded_whatever_was_sent() -> None:
    long = Explanation("/" + "p" * 5000, 1, "r" * 900, "body", "n" * 900, "ü" * 900, "é" * 900)
    header = header_of((long, long))
    assert len(header) < 1024
    assert header.isascii()
    assert header.endswith("; more=1")


def test_a_tag_of_any_type_is_explained(contract: Contract, explainer: Explainer) -> None:
    tags: list[Any] = [[], {}, None, 1, [["cleaning"]]]
    for tag in tags:
        body = {**BOOKING, "industry": tag}
        problem = body_problems(contract, "createBooking", body)
        found = explainer.explain(operation(contract, "createBooking"), problem, 400, body)
        assert found[0].pointer == "/components/schemas/NewBooking/discriminator"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*BOOKING, *JANE, "address", "bedrooms", "items", "zip", "~/", "0"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)
FIXED = read_contract(contract_path())
FIXED_EXPLAINER = Explainer(FIXED)
WRITES = [o for o in FIXED.operations if o.body]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WRITES), VALUES)
def test_every_violation_leads_to_a_place_that_exists(called: Operation, body: Any) -> None:
    assert called.body is not None
    problems = called.body.media_types["application/json"].problems(body, "body")
    places = Places(FIXED.document)
    for known in (None, body):
        for problem in problems:
            found = FIXED_EXPLAINER.violation(called, problem, known)
            owner, _, last = found.pointer.rpartition("/")
            assert places.at(found.pointer) is not None or last == problem.keyword, owner
            assert found.line > 1
            assert header_of((found,)).isascii()
            if problem.keyword not in {"anyOf", "oneOf"}:
                assert problem.keyword in found.rule or "discriminator" in found.rule
