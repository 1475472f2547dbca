"""Nothing is found where nothing is wrong, and the same seed sends the same requests."""

from __future__ import annotations

import pytest

from tests.judge.lifecycle.tampering import judged


@pytest.mark.parametrize(
    "operation",
    [
        "createCustomer",
        "getCustomer",
        "addCustomerAddress",
        "listCustomerBookings",
        "updateBooking",
        "cancelBooking",
        "createInvoice",
        "voidInvoice",
        "transferBookings",
        "unblacklistMerchantCustomer",
        "deleteMerchantCustomer",
        "createLeadsCustomer",
        "updateLeadsCustomer",
    ],
)
def test_nothing_is_found_on_a_right_server(operation: str) -> None:
    findings = judged("lifecycle", operation)

    assert findings == []
