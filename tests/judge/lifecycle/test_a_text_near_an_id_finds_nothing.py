"""An id names one record; what is nearly that id names nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from contract_tests.exchanges import Answer, Sent
from tests.judge.lifecycle.tampering import codes, judged
from tests.judge.tampered import Send, Tamper

_ID = re.compile(r"/cust_[^/?]+", re.IGNORECASE)
_LENGTH = len("/cust_") + 10


def _ids_read_as(edit: Callable[[str], str]) -> Tamper:
    """The server reads the id in a path in a way of its own."""

    def tamper(sent: Sent, send: Send) -> Answer:
        return send(replace(sent, target=_ID.sub(lambda found: edit(found[0]), sent.target)))

    return tamper


@pytest.mark.parametrize(
    "edit",
    [
        lambda part: part[:6].lower() + part[6:].upper(),
        lambda part: part.replace("%20", ""),
        lambda part: part[:_LENGTH],
    ],
    ids=["in any case", "without blanks", "as far as it goes"],
)
def test_an_id_that_is_read_loosely_is_seen(edit: Callable[[str], str]) -> None:
    found = codes(judged("lifecycle", "getCustomer", _ids_read_as(edit), "standard"))

    assert found == {"found-by-another-id"}


@pytest.mark.parametrize("operation", ["getCustomer", "getMerchantCustomer", "getLeadsCustomer"])
def test_nothing_is_found_where_ids_are_read_as_they_are(operation: str) -> None:
    assert judged("lifecycle", operation, profile="standard") == []
