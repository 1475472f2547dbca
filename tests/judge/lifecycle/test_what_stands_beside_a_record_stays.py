"""Records alike, records beside and other views of one stay as they are, or that is found."""

from __future__ import annotations

import pytest
from starlette.types import ASGIApp

from contract_tests.pack import load_pack
from tests.judge.lifecycle.facing import facing, found


@pytest.mark.parametrize(
    ("mutant", "operation", "finding"),
    [
        ("transfer-takes-every-invoice", "transferBookings", "changed-another-record /customer/id"),
        ("refused-cancel-changes-the-reason", "cancelBooking",
         "changed-after-the-end /cancellation/reason"),
        ("blacklisted-is-inactive", "blacklistMerchantCustomer", "changed-besides /status"),
        ("empty-notes-become-null", "updateBooking", "change-not-kept /notes"),
        ("update-hits-namesakes", "updateMerchantCustomer", "changed-its-like /note"),
    ],
)  # fmt: skip
def test_the_lifecycle_pack_sees_it(
    reference: ASGIApp, mutant: str, operation: str, finding: str
) -> None:
    with facing(reference, operation, mutant) as bench:
        load_pack("lifecycle").judge(bench)
        assert finding in found(bench)
