"""`/docs` shows every operation of the contract, and calls one at a click."""

from __future__ import annotations

import pytest

from mockserver.bundle import contract_path
from mockserver.contract import load_document, read_document
from tests.inspector.browser.looking import Page, expect

pytestmark = pytest.mark.xdist_group("inspector")
METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}


def test_every_operation_is_there_and_can_be_tried_out(page: Page, url: str) -> None:
    path = contract_path()
    document = load_document(read_document(path), str(path))
    operations = [m for item in document["paths"].values() for m in item if m in METHODS]
    page.goto(f"{url}/docs")
    expect(page.locator(".opblock")).to_have_count(len(operations))
    block = page.locator(".opblock", has_text="/api/v1/merchant/customers").first
    block.locator("button.opblock-summary-control").click()
    with page.expect_response(lambda answer: "/merchant/customers" in answer.url) as asked:
        block.get_by_role("button", name="Execute").click()
    assert asked.value.status in {200, 401}  # 401 for who has not pasted a credential yet
    expect(block.locator(".live-responses-table .response-col_status").first).to_be_visible()
