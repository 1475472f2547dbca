"""The schema pack reports what Schemathesis finds as findings of ours."""

from __future__ import annotations

import json
from pathlib import Path

from contract_tests.packs.schema.engine import configured, run_engine
from contract_tests.plan import CONTRACT
from contract_tests.semantics import Credential, Credentials
from tests.judge.rude import answering


def test_a_failed_check_comes_with_its_code_and_its_exchanges(tmp_path: Path) -> None:
    with answering(202, b'{"data": []}', "application/json") as url:
        configuration = configured(CONTRACT, Credentials((), shown=True), tmp_path)
        options = [
            "--include-operation-id",
            "listCalendarCustomers",
            "--phases",
            "coverage,fuzzing",
        ]
        run = run_engine(CONTRACT, url, configuration, tmp_path, options, 60)
    assert run.exit_code == 1
    failed = next(each for each in run.failures if each.check == "status_code_conformance")
    assert failed.code == "ST103"
    assert failed.label == "GET /api/v1/merchant/calendar/customers"
    assert failed.exchanges[-1].answer.status == 202
    assert failed.exchanges[-1].answer.json == {"data": []}
    assert ("GET /api/v1/merchant/calendar/customers", 202) in run.seen


def test_the_credentials_of_the_run_replace_those_of_the_configuration(tmp_path: Path) -> None:
    own = Credential("LeadsOAuth", 'quoted "token"', "valid", ())
    text = configured(CONTRACT, Credentials((own,), shown=False), tmp_path).read_text()
    assert f"[auth.openapi.LeadsOAuth]\nbearer = {json.dumps(own.text)}\n" in text
    assert 'bearer = "merchant-contract"' in text
