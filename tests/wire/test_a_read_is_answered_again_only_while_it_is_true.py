"""What was kept of a read's answer is sent again only as long as it would be answered the same."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.wire.compiled.reads import Read
from tests.client import OTESSE, Client

JOHN = "/v1/customers/cust_01HQ3K5M7N"
BOOKINGS = "/v1/bookings?per_page=100"


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[Read]:
    """The answers that were sent again."""
    sent: list[Read] = []
    whole = Read.answered

    def counting(self: Read, exchange: Any) -> Any:
        sent.append(self)
        return whole(self, exchange)

    monkeypatch.setattr(Read, "answered", counting)
    return sent


def _phone(client: Client, prefix: str = "") -> Any:
    return client.get(prefix + JOHN, headers=OTESSE).json()["phone"]


def _change(client: Client, phone: str, prefix: str = "") -> None:
    changed = client.patch(prefix + JOHN, headers=OTESSE, json={"phone": phone})
    changed.raise_for_status()


def test_the_same_read_is_answered_the_same_and_counted(client: Client, again: list[Read]) -> None:
    first, second = (client.get(JOHN, headers=OTESSE) for _ in range(2))
    assert len(again) == 1
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    left = [int(each.headers["X-RateLimit-Remaining"]) for each in (first, second)]
    assert left[0] == left[1] + 1
    listed = client.get("/__admin/requests").json()["data"]
    assert [each["operation_id"] for each in listed] == ["getCustomer", "getCustomer"]


def test_each_time_is_in_the_journal_as_it_was_answered(client: Client, again: list[Read]) -> None:
    answers = [client.get(JOHN, headers=OTESSE) for _ in range(4)]
    client.patch("/__admin/clock", json={"advance": "PT1S"}).raise_for_status()
    answers += [client.get(JOHN, headers=OTESSE) for _ in range(3)]
    assert len(again) == 5
    rows = client.get("/__admin/requests").json()["data"][::-1]
    kept = [client.get(f"/__admin/requests/{row['number']}").json() for row in rows]
    told = [each["response"]["headers"]["x-ratelimit-remaining"] for each in kept]
    assert told == [answer.headers["X-RateLimit-Remaining"] for answer in answers]
    assert [each["response"]["body"]["json"] for each in kept] == [
        answer.json() for answer in answers
    ]
    assert [row["number"] for row in rows] == list(range(1, 8))
    assert rows[3]["at"] < rows[4]["at"]


def test_a_change_is_seen_by_the_next_read(client: Client, again: list[Read]) -> None:
    for number in range(3):
        _change(client, f"+1555000000{number}")
        assert [_phone(client) for _ in range(2)] == [f"+1555000000{number}"] * 2
    assert len(again) == 3


def test_a_world_sees_its_own_rows(client: Client) -> None:
    before = _phone(client)
    _change(client, "+15550001111", "/~one")
    assert [_phone(client, prefix) for prefix in ("", "/~one", "/~two", "/~one")] == [
        before, "+15550001111", before, "+15550001111"
    ]  # fmt: skip


def test_a_world_that_is_put_back_has_its_old_rows(client: Client) -> None:
    before = _phone(client)
    _change(client, "+15550001111")
    assert _phone(client) == "+15550001111"
    client.post("/__admin/reset").raise_for_status()
    assert _phone(client) == before


def test_a_snapshot_that_is_restored_has_its_old_rows(client: Client) -> None:
    client.post("/__admin/snapshots/early").raise_for_status()
    before = _phone(client)
    _change(client, "+15550001111")
    assert _phone(client) == "+15550001111"
    client.post("/__admin/snapshots/early/restore").raise_for_status()
    assert _phone(client) == before


def test_time_makes_an_answer_old(client: Client, again: list[Read]) -> None:
    first, _ = (client.get(BOOKINGS, headers=OTESSE).json() for _ in range(2))
    assert len(again) == 1
    client.patch("/__admin/clock", json={"advance": "P30D"}).raise_for_status()
    later = client.get(BOOKINGS, headers=OTESSE).json()
    assert len(again) == 1
    assert later != first


def test_callers_are_told_apart(client: Client) -> None:
    allowed = client.get(JOHN, headers=OTESSE)
    assert client.get(JOHN).status_code == 401
    tag = allowed.headers["ETag"]
    unchanged = [client.get(JOHN, headers={**OTESSE, "If-None-Match": tag}) for _ in range(2)]
    assert [each.status_code for each in unchanged] == [304, 304]
    assert client.get(JOHN, headers=OTESSE).content == allowed.content
