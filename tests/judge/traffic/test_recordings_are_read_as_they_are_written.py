from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_tests.packs.traffic import Recorded, TrafficError, judge_traffic, read_traffic
from contract_tests.packs.traffic.recorded import decoded
from contract_tests.packs.traffic.spool import HarFile
from tests.judge.traffic import talk
from tests.judge.traffic.talk import Json, entry, har, said, traffic

LIST = entry("GET /pets?key=hidden", 200, [], headers={"X-Total": "0", "Set-Cookie": "s=1; Path=/"})


def written(path: Path, value: Json, *, packed: bool = False) -> str:
    raw = json.dumps(value).encode()
    path.write_bytes(gzip.compress(raw) if packed else raw)
    return str(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_har_is_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    read = read_traffic(written(tmp_path / "a.har", har(LIST), packed=packed))
    assert [each.exchange.sent.target for each in read.recorded] == ["/pets?key=hidden"]


def test_a_body_in_base64_is_read(tmp_path: Path) -> None:
    each = entry("GET /pets", 200, [{"id": 1}], headers={"X-Total": "0"})
    content = each["response"]["content"]
    packed = gzip.compress(content["text"].encode())
    content.update(text=base64.b64encode(packed).decode(), encoding="base64")
    result = judge_traffic(talk.contract(tmp_path), traffic(each))
    assert said(result) == [
        "response_schema listPets 200:/*/id:type:",
        "response_schema listPets 200:/*:required:name",
    ]


def test_a_body_that_was_not_kept_is_not_judged(tmp_path: Path) -> None:
    each = entry("GET /pets", 200, [], headers={"X-Total": "0"})
    each["response"]["content"] = {"size": 1000}
    result = judge_traffic(talk.contract(tmp_path), traffic(each))
    assert said(result) == []
    assert ("listPets", "response body") in {(u.operation, u.what) for u in result.unreached}


def test_a_journal_is_read_with_the_oldest_first(tmp_path: Path) -> None:
    exchanges = [journal_line(number, status) for number, status in ((2, 500), (1, None), (0, 200))]
    read = read_traffic(written(tmp_path / "journal.json", {"data": exchanges}))
    assert [each.exchange.answer.status for each in read.recorded] == [200, 500]
    assert read.ignored == {"no answer": 1}


def journal_line(number: int, status: int | None) -> Json:
    side = {"headers": {"x-total": "0"}, "body": {"bytes": 2, "cut": False, "json": []}}
    return {"number": number, "method": "GET", "path": "/pets", "query": "limit=1",
            "status": status, "duration_us": 10, "request": {"headers": {}, "body": None},
            "response": side}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "is not JSON"),
        ("{}", "neither a HAR"),
        ('{"log": {}}', "log.entries"),
        ('{"log": {"entries": [{}]}}', "entry 1"),
        ('{"data": [{}]}', "no journal"),
    ],
)
def test_what_is_no_recording_is_told_in_one_sentence(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "it"
    path.write_text(content)
    with pytest.raises(TrafficError, match=complaint):
        read_traffic(str(path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrafficError, match="cannot be read"):
        read_traffic(str(tmp_path / "none.har"))


def spooled(path: Path, *entries: Json, keeps: bool = False) -> Json:
    file = HarFile(path, frozenset({"x-key", "key"}), keeps_secrets=keeps)
    for each in traffic(*entries).recorded:
        file.write(each, datetime(2026, 1, 1, tzinfo=UTC), "127.0.0.1")
        json.loads(path.read_text())
    file.close()
    return json.loads(path.read_text())


def test_a_recording_is_whole_after_every_entry(tmp_path: Path) -> None:
    assert spooled(tmp_path / "none.har")["log"]["entries"] == []
    found = spooled(tmp_path / "three.har", LIST, LIST, LIST)
    assert len(found["log"]["entries"]) == 3


def test_a_recording_is_read_back_as_it_was(tmp_path: Path) -> None:
    made = entry("POST /pets", 201, {"id": "a"}, body={"name": "Ж"})
    path = tmp_path / "out.har"
    spooled(path, LIST, made, keeps=True)
    before, after = traffic(LIST, made).recorded, read_traffic(str(path)).recorded
    assert list(map(comparable, before)) == list(map(comparable, after))


def comparable(recorded: Recorded) -> Json:
    exchange = recorded.exchange
    return (exchange.url, exchange.sent, exchange.answer.status, exchange.answer.body,
            recorded.is_answer_whole)  # fmt: skip


def test_secrets_are_redacted_in_a_recording(tmp_path: Path) -> None:
    sent = {"Authorization": "Bearer abc", "Cookie": "sid=xyz; b=2", "X-Key": "hush"}
    spooled(tmp_path / "out.har", entry("GET /pets?key=hidden", 200, [], sent=sent), LIST)
    text = (tmp_path / "out.har").read_text()
    for secret in ("abc", "xyz", "hush", "hidden", "s=1"):
        assert secret not in text
    assert "Bearer [redacted]" in text
    assert "sid=[redacted]" in text


def test_a_coding_is_undone_or_left() -> None:
    packed = gzip.compress(b"body")
    assert decoded(packed, "gzip") == b"body"
    assert decoded(packed, "") == packed
    assert decoded(packed[:-9], "gzip") is None
    assert decoded(b"body", "br") is None
