"""Nothing is found where nothing is wrong."""

from __future__ import annotations

import pytest

from tests.judge.lifecycle.tampering import judged


@pytest.mark.parametrize(
    "operation",
    [
        "listCustomers",
        "listCustomerBookings",
        "listInvoices",
        "listBlacklistedCustomers",
        "listCalendarCustomers",
        "searchLeadsCustomers",
        "findLeadsCustomersByAddress",
    ],
)
def test_nothing_is_found_on_a_right_server(operation: str) -> None:
    findings = judged("collections", operation)

    assert findings == []
