"""assert_changes: every change is named, every name meets a change, and the message says which."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest

from mockserver.client import REMOVED, MockWorld
from mockserver.client.changes import findings

SAMPLE = "bk_01HQ3K5M7N8P9R"
PATCH: list[dict[str, Any]] = [
    {"op": "replace", "path": "/bookings/bk_1/status", "value": "cancelled"},
    {"op": "add", "path": "/bookings/bk_1/timeline/1", "value": {"status": "cancelled"}},
    {"op": "replace", "path": "/bookings/bk_1/updated_at", "value": "2026-02-20T15:00:00Z"},
    {"op": "replace", "path": "/bookings/bk_1/address/zip", "value": "1"},
    {"op": "add", "path": "/outbox/mail_1", "value": {"kind": "notice", "to": "a", "n": None}},
    {"op": "remove", "path": "/invoices/inv_1"},
]
REST = {"outbox": ..., "invoices": ...}


@pytest.mark.parametrize(
    "expected",
    [
        {"bookings": {"changed": 1}, "outbox": {"added": 1}, "invoices": {"removed": 1}},
        {"bookings": ..., **REST},
        {"/bookings/bk_1": {"status": "cancelled"}, **REST},
        {"/bookings/*": {"status": ANY, "timeline": ..., "address": {"zip": "1"}}, **REST},
        {"/bookings/bk_1": ..., "/outbox/*": {"kind": "notice", "n": None}, "/invoices/*": REMOVED},
        {"/bookings/bk_1/status": "cancelled", "/bookings/bk_1/timeline": ...,
         "bookings/bk_1/address/zip": "1", **REST},
        {"/bookings/bk_1/*": ..., **REST},
    ],
)  # fmt: skip
def test_what_was_expected_has_no_findings(expected: dict[str, Any]) -> None:
    assert findings(PATCH, expected, ["updated_at"]) == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"outbox": ...}, "unexpected  replace /bookings/bk_1/status"),
        ({"bookings": {"added": 1}}, "bookings: 0 added, expected 1"),
        ({"bookings": {}}, "bookings: 1 changed, expected 0"),
        ({"staff": ...}, "nothing changed in staff"),
        ({"/bookings/bk_1": {"status": "open"}},
         '/bookings/bk_1/status = "cancelled"; expected "open"'),
        ({"/bookings/bk_1": {"notes": "x"}}, "/bookings/bk_1/notes did not change"),
        ({"/bookings/bk_1": REMOVED}, "/bookings/bk_1 changed inside; expected REMOVED"),
        ({"/bookings/bk_2/*": ...}, "/bookings/bk_2/* did not change; expected any change"),
        ({"/outbox/mail_1": REMOVED}, "/outbox/mail_1 is still there; expected REMOVED"),
        ({"/outbox/*": {"kind": "x"}}, '/outbox/mail_1/kind = "notice"; expected "x"'),
        ({"/outbox/*": {"cc": "x"}}, "/outbox/mail_1 has no cc"),
        ({"/invoices/*": {"status": "void"}}, "/invoices/inv_1 was removed"),
    ],
)  # fmt: skip
def test_what_was_not_expected_is_said(expected: dict[str, Any], said: str) -> None:
    assert any(said in line for line in findings(PATCH, expected, ["updated_at"]))


def test_ignored_members_count_when_asked_for() -> None:
    expected = {"/bookings/bk_1": ..., **REST}
    assert findings(PATCH[2:3], {}, ["updated_at"]) == []
    assert len(findings(PATCH[2:3], {}, [])) == 1
    assert findings(PATCH, expected, []) == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [({"": ...}, "names nothing"), ({"bookings": 1}, "wants counts"),
     ({"bookings": {"add": 1}}, "wants counts")],
)  # fmt: skip
def test_an_expectation_that_cannot_be_meant_is_refused(
    expected: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        findings(PATCH, expected, [])


def cancel(world: MockWorld) -> None:
    url = f"/v1/bookings/{SAMPLE}/cancel"
    world.client.post(url, json={"notify_customer": True}, headers=world.auth)


def test_a_block_is_held_to_what_it_may_change(world: MockWorld) -> None:
    with (
        world.assert_changes({"bookings": {"changed": 1}, "outbox": {"added": 1}}),
        world.assert_changes({f"/bookings/{SAMPLE}": {"status": "cancelled"}, "outbox": ...}),
    ):
        cancel(world)
    with world.assert_changes({}):
        cancel(world)
    assert world.admin.list_snapshots() == []


def test_the_message_says_what_differs_and_all_that_changed(world: MockWorld) -> None:
    with pytest.raises(AssertionError) as failed, world.assert_changes({"outbox": {"added": 1}}):
        cancel(world)
    said = str(failed.value).splitlines()
    assert said[0] == "The world did not change as expected:"
    assert f'  unexpected  replace /bookings/{SAMPLE}/status = "cancelled"' in said
    assert said[said.index("All that changed:") + 1].startswith("  replace /bookings/")
    assert world.admin.list_snapshots() == []


def test_an_error_in_the_block_goes_on(world: MockWorld) -> None:
    with pytest.raises(KeyError), world.assert_changes({"outbox": {"added": 1}}):
        raise KeyError
    assert world.admin.list_snapshots() == []
