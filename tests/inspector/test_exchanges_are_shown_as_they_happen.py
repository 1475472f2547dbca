"""What comes in is seen while it happens, found again, understood, and used further."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.inspector.looking import SAMPLE, Inspected, expect

pytestmark = pytest.mark.xdist_group("inspector")
CONTRACT = (Path(__file__).parents[2] / "openapi.yaml").read_text().splitlines()


def test_an_exchange_appears_without_a_click_and_the_first_call_is_given(
    inspected: Inspected,
) -> None:
    page = inspected.open()
    shown = page.locator(".welcome code")
    expect(shown).to_contain_text("curl 'http")
    line = shlex.split(shown.inner_text())
    assert line[1].startswith(inspected.url)
    assert f"X-Mock-World: {inspected.world}" in line
    inspected.client.get("/v1/customers?search=john&status=active")
    expect(inspected.lines).to_have_count(1)
    expect(inspected.lines.first).to_contain_text("/v1/customers?search=john&status=active")
    expect(inspected.lines.first).to_contain_text("listCustomers")
    expect(inspected.lines.first).to_contain_text("200")


def test_filters_ask_for_operation_status_verdict_and_path(inspected: Inspected) -> None:
    client = inspected.client
    client.get("/v1/customers")
    client.get("/v1/customers?per_page=abc")
    client.get("/v1/customers/cust_NOBODY")
    client.get("/v1/bookings?status=confirmed")
    page = inspected.open()
    expect(inspected.lines).to_have_count(4)
    page.get_by_label("Operation").select_option("listCustomers")
    expect(inspected.lines).to_have_count(2)
    page.get_by_label("Status").select_option("4xx")
    expect(inspected.lines).to_have_count(1)
    expect(inspected.lines.first).to_contain_text("per_page=abc")
    page.get_by_label("Operation").select_option("")
    expect(inspected.lines).to_have_count(2)
    page.get_by_label("Verdict").select_option("refused")
    expect(inspected.lines).to_have_count(1)
    page.get_by_label("Verdict").select_option("")
    page.get_by_label("Status").select_option("")
    for part in ("booking", "v1/book", "/v1/b", "/v1/bookings"):
        page.get_by_label("Path").fill(part)
        expect(inspected.lines).to_have_count(1)
        expect(inspected.lines.first).to_contain_text("/v1/bookings")


def test_another_world_is_one_choice_away(inspected: Inspected) -> None:
    page = inspected.open()
    other = f"{inspected.world[:50]}-other"
    inspected.client.get(f"/~{other}/v1/bookings", headers={"X-Mock-World": other})
    expect(page.locator("#world option", has_text=f"{other} · 1 new")).to_have_count(1)
    expect(inspected.lines).to_have_count(0)
    page.locator("#world").select_option(other)
    expect(inspected.lines).to_have_count(1)


def test_a_refusal_leads_to_its_line_in_the_contract(inspected: Inspected) -> None:
    inspected.client.post("/v1/customers", json={"first_name": 7})
    inspected.open(query="number=1")
    judged = inspected.detail.locator(".judged")
    expect(judged).to_contain_text("refused")
    expect(judged).to_contain_text("body last_name is required")
    place = judged.get_by_role("listitem").filter(has_text="body last_name is required")
    expect(place).to_contain_text(re.compile(r"contract line \d+"))
    found = re.search(r"contract line (\d+)", place.inner_text())
    assert found is not None
    assert "last_name" in CONTRACT[int(found[1]) - 1]
    assert "first_name" in inspected.detail.locator("pre.json").first.inner_text()


def test_headers_bodies_and_timing_are_there_and_secrets_are_not(inspected: Inspected) -> None:
    inspected.client.get(f"/v1/bookings/{SAMPLE}")
    inspected.open(query="number=1")
    detail = inspected.detail
    expect(detail.locator(".facts")).to_contain_text(" ms ")
    detail.get_by_text("headers").first.click()
    expect(detail).to_contain_text("Bearer [redacted]")
    expect(detail).not_to_contain_text("otesse_test_sk_tests")
    expect(detail.locator("pre.json")).to_contain_text('"cust_01HQ3K5M7N"')


def test_a_curl_line_sends_the_request_again(inspected: Inspected) -> None:
    body = {"note": 'it\'s "quoted" & $HOME'}
    inspected.client.patch("/v1/customers/cust_01HQ3K5M7N?x='1'", json=body)
    page = inspected.open(query="number=1")
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.locator("#toasts")).to_contain_text("copied")
    words = shlex.split(page.evaluate("navigator.clipboard.readText()"))
    assert words[:3] == ["curl", "-X", "PATCH"]
    assert words[3].startswith(f"{inspected.url}/v1/customers/cust_01HQ3K5M7N?x=")
    assert "authorization: Bearer $SECRET" in words
    assert f"X-Mock-World: {inspected.world}" in words
    assert json.loads(words[words.index("--data-raw") + 1]) == body


def test_a_replay_is_a_new_exchange_that_is_opened(inspected: Inspected) -> None:
    inspected.client.get(f"/v1/bookings/{SAMPLE}")
    page = inspected.open(query="number=1")
    page.get_by_role("button", name="Replay").click()
    expect(inspected.detail.locator(".facts")).to_contain_text("200 #2")
    expect(inspected.lines).to_have_count(2)


def test_an_exchange_is_saved_as_an_example_of_the_contract(inspected: Inspected) -> None:
    inspected.client.get(f"/v1/bookings/{SAMPLE}")
    page = inspected.open(query="number=1")
    page.get_by_role("button", name="Save as example").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        'paths."/v1/bookings/{id}".get.responses."200".content."application/json".examples'
    )
    dialog.get_by_label("Name").fill("two words")
    expect(dialog.get_by_role("button", name="Download")).to_be_disabled()
    dialog.get_by_label("Name").fill("the-sample")
    with page.expect_download() as started:
        dialog.get_by_role("button", name="Download").click()
    assert started.value.suggested_filename == "the-sample.json"
    example = json.loads(Path(started.value.path()).read_text())
    assert example["the-sample"]["value"]["id"] == SAMPLE


def test_what_an_exchange_changed_is_told_with_it(inspected: Inspected) -> None:
    page = inspected.open()
    inspected.cancel()
    inspected.lines.first.click()
    expect(inspected.detail.locator(".patch")).to_contain_text("status cancelled")
    inspected.detail.get_by_role("link", name=SAMPLE).click()
    expect(page.locator("mark").first).to_have_text('"cancelled"')


def test_whatever_was_sent_is_shown_as_text(inspected: Inspected) -> None:
    hostile = "<img src=x onerror=\"document.title='gone'\">"
    inspected.client.patch(
        "/v1/customers/cust_01HQ3K5M7N",
        params={"q": hostile},
        headers={"X-Mark": hostile, "Content-Type": "application/json"},
        content=hostile,
    )
    page = inspected.open(query="number=1")
    inspected.detail.get_by_text("headers").first.click()
    expect(inspected.detail.locator("dd", has_text=hostile)).to_have_count(1)
    expect(inspected.detail.locator("section pre").first).to_have_text(hostile)
    assert page.locator("main img").count() == 0
    assert "Inspector" in page.title()
