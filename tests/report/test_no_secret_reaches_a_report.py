from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from contract_tests.report import FILES, summary, write_reports
from tests.report.runs import TOKEN, clean, exchange, finding, item


def test_a_credential_is_named_and_never_shown(tmp_path: Path) -> None:
    echo = exchange(
        "POST",
        f"/v1/customers?key={TOKEN}",
        200,
        {"you_sent": TOKEN},
        body={"secret": TOKEN},
        headers=(("X-Echo", TOKEN),),
    )
    found = finding(
        title=f"{TOKEN} is echoed",
        expected="no credential",
        got={"you_sent": TOKEN},
        exchanges=(echo,),
        reference=(echo,),
        reproduction=f"TOKEN = {TOKEN!r}",
    )
    run = replace(clean(), items=(item(found),), url="https://me:hunter2@api.example")
    for path in write_reports(run, FILES, tmp_path):
        text = path.read_text("utf-8")
        assert TOKEN not in text, path.name
        assert "hunter2" not in text, path.name
        assert "$BEARER_VALID" in text, path.name
    assert TOKEN not in summary(run)


def test_a_short_secret_does_not_spoil_the_answers(tmp_path: Path) -> None:
    called = exchange("GET", "/", 200, {"data": "a banana"}, secrets=(("a", "SHORT"),))
    run = replace(clean(), items=(item(finding(exchanges=(called,))),))
    (path,) = write_reports(run, ["json"], tmp_path)
    assert "a banana" in path.read_text("utf-8")
