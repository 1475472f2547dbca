"""The members of one object agree: names with addresses, places with currencies, times in order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.data.drawing import drawn, maker, many

TEXT = {"type": "string"}
INSTANT = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}
AMOUNT = {"type": "number"}
WHOLE = {"type": "integer"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def test_an_address_of_mail_is_that_of_the_name() -> None:
    for person in many(_object(email={**TEXT, "format": "email"}, first_name=TEXT, last_name=TEXT)):
        assert person["email"].startswith(f"{person['first_name']}.{person['last_name']}".lower())


def test_a_whole_name_is_made_of_its_parts() -> None:
    for person in many(_object(firstName=TEXT, lastName=TEXT, email=TEXT, name=TEXT)):
        assert person["name"] == f"{person['firstName']} {person['lastName']}"


def test_a_slug_is_that_of_the_title() -> None:
    for article in many(_object(slug=TEXT, title=TEXT)):
        assert article["slug"] == article["title"].lower().replace(" ", "-")


def test_a_place_is_in_its_country_and_pays_in_its_currency() -> None:
    seen: dict[str, tuple[str, ...]] = {}
    for shop in many(_object(city=TEXT, country_code=TEXT, currency=TEXT, country=TEXT), 200):
        told = (shop["country_code"], shop["currency"], shop["country"])
        assert seen.setdefault(shop["city"], told) == told
    assert len(set(seen.values())) > 3


def test_what_is_given_decides_the_rest() -> None:
    thing = _object(
        name=TEXT, email=TEXT, city=TEXT, currency=TEXT, created_at=INSTANT, updated_at=INSTANT
    )
    given = {"name": "Ada Lovelace", "city": "Zürich", "created_at": "2026-01-31T00:00:00Z"}
    value = drawn(maker(thing), given=given)
    assert {name: value[name] for name in given} == given
    assert value["email"].startswith("ada.lovelace@")
    assert value["currency"] == "CHF"
    assert "2026-01-31" <= value["updated_at"][:10] <= "2026-02-01"


@pytest.mark.parametrize(
    ("earlier", "later", "form"),
    [
        ("created_at", "updated_at", INSTANT),
        ("createdAt", "paidAt", INSTANT),
        ("ordered_at", "shipped_at", INSTANT),
        ("start_time", "end_time", INSTANT),
        ("startDate", "endDate", DAY),
        ("valid_from", "valid_until", DAY),
        ("issued_on", "due_date", DAY),
        ("updated_at", "last_seen_at", INSTANT),
        ("date_of_birth", "created", DAY),
    ],
)
def test_what_comes_first_is_earlier(earlier: str, later: str, form: dict[str, Any]) -> None:
    for value in many(_object(**{later: form, earlier: form})):
        assert value[earlier] <= value[later]


def test_nothing_was_made_in_the_future() -> None:
    for value in many(_object(created_at=INSTANT, updated_at=INSTANT, last_login_at=INSTANT)):
        assert max(value.values()) <= "2026-02-01T12:00:00Z"


def test_a_line_costs_what_its_pieces_cost() -> None:
    for line in many(_object(quantity=WHOLE, unit_price=AMOUNT, total=AMOUNT)):
        assert line["total"] == pytest.approx(line["quantity"] * line["unit_price"], abs=0.01)


def test_a_total_is_the_sum_of_its_parts() -> None:
    for bill in many(_object(subtotal=WHOLE, tax=WHOLE, discount=WHOLE, total=WHOLE)):
        expected = bill["subtotal"] + bill["tax"] - bill["discount"]
        assert bill["total"] == max(0, expected)


def test_a_count_is_that_of_the_list_beside_it() -> None:
    thing = _object(items={"type": "array", "items": _object(id=WHOLE)}, total_count=WHOLE)
    for page in many(thing):
        assert page["total_count"] == len(page["items"])


def test_bounds_are_in_order() -> None:
    for value in many(_object(max_price=AMOUNT, min_price=AMOUNT)):
        assert value["min_price"] <= value["max_price"]


def test_rows_of_a_list_are_different_things() -> None:
    thing = {"type": "array", "minItems": 10, "items": _object(id=TEXT, email=TEXT, name=TEXT)}
    rows = drawn(maker(thing))
    for member in ("id", "email", "name"):
        assert len({row[member] for row in rows}) >= 9
