"""Places: records below records, single records, the same records seen from two sides."""

from __future__ import annotations

import pytest

from mockserver.errors import NotFound
from tests.engine.mock import Mock


def _owner(mock: Mock, name: str = "Ada") -> int:
    made: int = mock.post("/owners", {"id": 500 + len(name), "name": name})["id"]
    return made


def test_records_below_one_are_not_below_another() -> None:
    mock = Mock("clinic")
    ada, eve = _owner(mock, "Ada"), _owner(mock, "Evelyn")
    pet = mock.post(f"/owners/{ada}/pets", {"name": "Rex"})
    assert pet in mock.get(f"/owners/{ada}/pets")
    assert pet not in mock.get(f"/owners/{eve}/pets")


def test_a_record_names_the_one_around_it() -> None:
    mock = Mock("clinic")
    ada = _owner(mock)
    assert mock.post(f"/owners/{ada}/pets", {"name": "Rex"})["owner_id"] == ada
    assert {pet["owner_id"] for pet in mock.get(f"/owners/{ada}/pets")} == {ada}


@pytest.mark.parametrize("path", ["/owners/4711/pets", "/owners/4711/address"])
def test_nothing_is_found_below_an_unknown_record(path: str) -> None:
    with pytest.raises(NotFound, match="no owner '4711'"):
        Mock("clinic").get(path)


def test_with_a_record_goes_what_lies_below_it() -> None:
    mock = Mock("clinic")
    ada = _owner(mock)
    pet = mock.post(f"/owners/{ada}/pets", {"name": "Rex"})
    visit = mock.post(f"/owners/{ada}/visits", {"reason": "cough"})
    mock.call("DELETE", f"/owners/{ada}")
    for path in (f"/owners/{ada}/pets/{pet['id']}", f"/visits/{visit['id']}"):
        with pytest.raises(NotFound):
            mock.get(path)


def test_a_record_made_in_one_view_is_read_in_the_other() -> None:
    mock = Mock("clinic")
    ada, eve = _owner(mock, "Ada"), _owner(mock, "Evelyn")
    visit = mock.post(f"/owners/{ada}/visits", {"reason": "cough"})
    assert mock.get(f"/visits/{visit['id']}") == visit
    assert visit in mock.get(f"/owners/{ada}/visits")
    assert visit not in mock.get(f"/owners/{eve}/visits")


def test_there_is_one_address_for_each_owner() -> None:
    mock = Mock("clinic")
    ada, eve = _owner(mock, "Ada"), _owner(mock, "Evelyn")
    before = mock.get(f"/owners/{eve}/address")
    home = {"street": "1 Main St", "city": "Ulm"}
    assert mock.call("PUT", f"/owners/{ada}/address", home).body == home
    assert mock.get(f"/owners/{ada}/address") == home
    assert mock.get(f"/owners/{eve}/address") == before


def test_a_single_record_is_changed_in_part() -> None:
    mock = Mock("clinic")
    before = mock.get("/settings")
    mock.call("PATCH", "/settings", {"language": "de"})
    assert mock.get("/settings") == {**before, "language": "de"}


def test_where_nobody_can_know_the_ids_any_id_is_one_and_its_own() -> None:
    mock = Mock("petshop")
    lion = mock.get("/horoscopes/leo")
    assert lion["sign"] == "leo"
    assert mock.get("/horoscopes/leo") == lion
    assert mock.get("/horoscopes/virgo")["sign"] == "virgo"


def test_a_reference_names_a_record_that_exists() -> None:
    mock = Mock("orders")
    known = {customer["id"] for customer in mock.get("/customers")["items"]}
    orders = mock.get("/orders", limit=100)["data"]
    assert {order["customer_id"] for order in orders} <= known


def test_an_operation_that_fits_nothing_tells_back_what_was_sent() -> None:
    mock = Mock("clinic")
    told = mock.post("/estimates/cat", {"weight_kg": 4.5})
    assert (told["species"], told["weight_kg"]) == ("cat", 4.5)
    assert mock.post("/estimates/cat", {"weight_kg": 4.5}) == told
