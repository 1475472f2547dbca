"""A value that no two records may share is free again once its owner has another."""

from __future__ import annotations

import json
from dataclasses import replace

from contract_tests.exchanges import Answer, Sent
from tests.judge.lifecycle.tampering import codes, judged, path_of
from tests.judge.tampered import Send


def test_a_value_that_stays_taken_is_seen() -> None:
    taken: set[str] = set()

    def keeps_them_all(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method != "POST" or path_of(sent) != "/v1/customers" or answer.status != 201:
            return answer
        email = json.loads(sent.body or b"{}")["email"]
        is_known = email in taken
        taken.add(email)
        return replace(answer, status=409) if is_known else answer

    found = codes(judged("lifecycle", "updateCustomer", keeps_them_all, "standard"))
    assert found == {"given-up-and-still-taken"}


def test_nothing_is_found_where_it_is_free_again() -> None:
    assert judged("lifecycle", "updateCustomer", profile="standard") == []
