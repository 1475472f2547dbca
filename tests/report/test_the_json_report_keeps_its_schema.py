from __future__ import annotations

import base64
import json
from dataclasses import replace

import jsonschema_rs
import pytest

from contract_tests.report import SCHEMA
from contract_tests.report.json_report import json_report
from contract_tests.results import RunResult
from tests.report.runs import clean, exchange, faulty, finding, hostile, item


@pytest.mark.parametrize("run", [faulty(), clean(), hostile("<\ud800\x00>")])
def test_every_report_fits_the_published_schema(run: RunResult) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.Draft202012Validator(schema).validate(json.loads(json_report(run)))


def test_it_holds_all_that_the_run_holds() -> None:
    run = faulty()
    known = replace(run, known=frozenset({run.findings[-1].fingerprint}))
    report = json.loads(json_report(known))
    assert [each["fingerprint"] for each in report["findings"]] == [
        each.fingerprint for each in known.findings
    ]
    assert len(report["known_findings"]) == 1
    assert len(report["items"]) == len(run.items)
    assert len(report["unreached"]) == len(run.unreached)
    assert report["leftovers"][0]["id"] == "cust_01KX"
    assert report["verdict"]["exit_code"] == 1
    odd = next(each for each in report["operations"] if each["operation"] == "searchLeads")
    assert {"status": 500, "declared": False, "seen": 1} in odd["statuses"]
    chain = report["findings"][1]["exchanges"]
    assert [step["sent"]["method"] for step in chain] == ["POST", "PATCH"]
    assert json.loads(chain[1]["answer"]["body"]["text"])["phone"] is None


def test_bytes_that_are_no_text_are_kept_in_base64() -> None:
    found = finding(exchanges=(exchange("GET", "/", 200, b"\xff\xfe\x00"),))
    report = json.loads(json_report(replace(clean(), items=(item(found),))))
    body = report["findings"][0]["exchanges"][0]["answer"]["body"]
    assert base64.b64decode(body["base64"]) == b"\xff\xfe\x00"


def test_the_order_in_which_items_ended_leaves_no_trace() -> None:
    run = faulty()
    assert json_report(run) == json_report(replace(run, items=run.items[::-1]))
