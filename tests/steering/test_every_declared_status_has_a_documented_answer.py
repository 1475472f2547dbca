"""`Prefer: code=…` answers every status that the contract declares, with a body that is valid."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockserver.app import Server
from mockserver.contract import Contract, Operation, build_contract
from mockserver.contract.examples import header_values, response_examples
from mockserver.errors import BadRequest
from mockserver.wire.steering import Steered, parse_preferences, steered_reply, steering_headers


@pytest.fixture(scope="module")
def contract(built: Server) -> Contract:
    return built.contract


def steer(contract: Contract, operation_id: str, prefer: str) -> Steered:
    operation = next(o for o in contract.operations if o.operation_id == operation_id)
    return steered_reply(contract, operation, parse_preferences(prefer, "")[0])


def pairs(contract: Contract) -> list[tuple[Operation, int]]:
    return [(o, int(status)) for o in contract.operations for status in o.responses]


def test_all_pairs_are_answered_and_valid(contract: Contract) -> None:
    assert len(pairs(contract)) > 200
    for operation, status in pairs(contract):
        steered = steer(contract, operation.operation_id, f"code={status}")
        rule = operation.responses[str(status)]
        reply = steered.reply
        assert reply is not None
        assert reply.status == status
        assert steered.applied == (f"code={status}",)
        assert steered.notes == ()
        assert set(rule.required_headers) <= set(reply.headers)
        if rule.media_types:
            assert rule.media_types[reply.media_type].problems(reply.body, "body") == []
        else:
            assert reply.body is None


def test_all_pairs_have_an_example_in_the_document(contract: Contract) -> None:
    for operation, status in pairs(contract):
        if operation.responses[str(status)].media_types:
            assert response_examples(contract, operation, status)[0].documented


def test_every_named_example_can_be_chosen(contract: Contract) -> None:
    for operation, status in pairs(contract):
        for example in response_examples(contract, operation, status):
            prefer = f'code={status}, example="{example.name}"'
            steered = steer(contract, operation.operation_id, prefer)
            assert steered.reply is not None
            assert steered.reply.body == example.value
            assert steered.applied == (f"code={status}", f"example={example.name}")


def test_required_headers_fit_their_schemas(contract: Contract) -> None:
    operation = next(o for o in contract.operations if o.operation_id == "createCustomer")
    assert header_values(contract, operation, 201)["Location"].startswith("/v1/customers/cust_")
    assert header_values(contract, operation, 401)["WWW-Authenticate"] == 'Bearer realm="otesse"'
    assert header_values(contract, operation, 429)["Retry-After"] == "30"


def test_an_example_alone_is_sought_in_the_successes_first(contract: Contract) -> None:
    found = steer(contract, "listCustomers", "example=nothing_found")
    assert found.reply is not None
    assert (found.reply.status, found.reply.body["data"]) == (200, [])
    refused = steer(contract, "createCustomer", "example=email_taken")
    assert refused.reply is not None
    assert (refused.reply.status, refused.applied) == (409, ("example=email_taken",))


def test_static_means_the_documented_success(contract: Contract) -> None:
    steered = steer(contract, "createCustomer", "dynamic=false")
    assert steered.reply is not None
    assert (steered.reply.status, steered.applied) == (201, ("dynamic=false",))
    assert steered.reply.body["first_name"] == "Jane"


def test_a_seed_chooses_one_of_the_documented_answers_always_the_same(contract: Contract) -> None:
    def bodies(seeds: range) -> list[object]:
        steered = [steer(contract, "cancelBooking", f"seed={seed}") for seed in seeds]
        assert all(
            one.applied == (f"seed={seed}",) for one, seed in zip(steered, seeds, strict=True)
        )
        return [one.reply.body for one in steered if one.reply]

    assert bodies(range(20)) == bodies(range(20))
    assert len({str(body) for body in bodies(range(20))}) > 1
    one = steer(contract, "createCustomer", "code=409, seed=abc")
    assert one.applied == ("code=409", "seed=abc")


def test_dynamic_means_the_living_answer(contract: Contract) -> None:
    assert steer(contract, "createCustomer", "dynamic=true") == (None, ("dynamic=true",), ())
    assert steer(contract, "createCustomer", "") == (None, (), ())


@pytest.mark.parametrize(
    ("prefer", "told"),
    [
        ("code=418", "it declares 201, 400, 401, 403, 409"),
        ("example=nope", "has no example 'nope'; it has documented"),
        ("code=409, example=nope", "has no example 'nope' for 409; it has email_taken"),
        ("dynamic=true, seed=1", "give the world another seed"),
        ("code=404x", "status from 200 to 599"),
        ("delay=99999", "0 to 60000 milliseconds"),
        ("code=409, dynamic=true", "the living answer"),
    ],
)
def test_what_cannot_be_used_is_left_out_or_refused(
    contract: Contract, prefer: str, told: str
) -> None:
    lenient = steer(contract, "createCustomer", prefer)
    assert any(told in note for note in lenient.notes)
    with pytest.raises(BadRequest, match=re.escape(told)) as refused:
        steer(contract, "createCustomer", prefer + ", handling=strict")
    assert refused.value.code == "unusable_preference"


def test_what_can_be_used_beside_is_still_applied(contract: Contract) -> None:
    steered = steer(contract, "createCustomer", "code=409, example=nope, delay=5")
    assert steered.reply is not None
    assert steered.reply.status == 409
    assert steered.applied == ("code=409", "delay=5")


def test_the_headers_say_what_was_honoured() -> None:
    preferences, _ = parse_preferences("code=404, explain; seed=ü\n", "")
    steered = Steered(None, ("code=404",), ("a\r\nb ü",))
    assert steering_headers(preferences, steered, explained=True) == {
        "Vary": "Prefer",
        "Preference-Applied": "code=404, explain",
        "X-Mock-Note": "a  b \\xfc",
    }
    assert steering_headers(preferences, Steered(None, (), ())) == {"Vary": "Prefer"}


def test_a_refused_request_keeps_what_does_not_choose() -> None:
    steered = Steered(None, ("code=404", "delay=5"), ("a",))
    note = "Not applied, the request was refused: code=404."
    assert steered.refused == Steered(None, ("delay=5",), (note, "a"))
    assert Steered(None, (), ()).refused == Steered(None, (), ())


def foreign(response: dict[str, Any], status: str = "200") -> tuple[Contract, Operation]:
    operation = {"operationId": "x", "responses": {status: {"description": "", **response}}}
    document = {"openapi": "3.0.3", "info": {}, "paths": {"/x": {"get": operation}}}
    contract = build_contract(document, "")
    return contract, contract.operations[0]


PET = {
    "type": "object",
    "required": ["id", "name", "tag"],
    "properties": {
        "id": {"type": "integer", "minimum": 7},
        "name": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]+$"},
        "tag": {"type": "string", "enum": ["cat"]},
        "more": {"type": "string"},
    },
}


@pytest.mark.parametrize("examples", [{}, {"example": {"id": "wrong"}}])
def test_a_contract_without_a_fitting_example_gets_the_smallest_value(
    examples: dict[str, Any],
) -> None:
    content = {"content": {"application/json": {"schema": PET, **examples}}}
    contract, operation = foreign(content)
    reply = steered_reply(contract, operation, parse_preferences("code=200", "")[0]).reply
    assert reply is not None
    assert reply.body == {"id": 7, "name": "AAA-0", "tag": "cat"}


def test_a_range_and_the_default_answer_for_their_statuses() -> None:
    for declared in ("4XX", "default"):
        contract, operation = foreign({}, declared)
        steered = steered_reply(contract, operation, parse_preferences("code=418", "")[0])
        assert steered.reply is not None
        assert (steered.reply.status, steered.reply.body) == (418, None)


def test_a_schema_that_needs_itself_is_told() -> None:
    reference = {"$ref": "#/components/schemas/Node"}
    node = {"type": "object", "required": ["next"], "properties": {"next": reference}}
    content = {"application/json": {"schema": reference}}
    operation = {"responses": {"200": {"description": "", "content": content}}}
    document = {
        "openapi": "3.0.3",
        "info": {},
        "paths": {"/x": {"get": operation}},
        "components": {"schemas": {"Node": node}},
    }
    contract = build_contract(document, "")
    preferences, _ = parse_preferences("code=200", "")
    steered = steered_reply(contract, contract.operations[0], preferences)
    assert steered == (None, (), ("code=200 has no example, and none can be made.",))
