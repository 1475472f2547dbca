"""An exchange that is shown tells everything but its secrets."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.traffic import Journal, Limits, exchange_json
from tests.traffic.recording import AT, JSON, operation, record

SECRET = "s3cr3t-value"


def shown(limit: int = 1000, **exchange: Any) -> dict[str, Any]:
    rendered = exchange_json(record(Journal(Limits(body_bytes=limit)), **exchange))
    assert SECRET not in orjson.dumps(rendered).decode()
    return rendered


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("authorization", f"Bearer {SECRET}", "Bearer [redacted]"),
        ("Authorization", f"basic {SECRET}", "basic [redacted]"),
        ("authorization", SECRET, "[redacted]"),
        ("authorization", f"{SECRET} and more", "[redacted]"),
        ("Proxy-Authorization", f"Digest {SECRET}", "Digest [redacted]"),
        ("cookie", f"session_token={SECRET}; a=b", "[redacted]"),
        ("x-api-key", SECRET, "[redacted]"),
        ("X-Auth-Token", SECRET, "[redacted]"),
        ("accept", "text/html", "text/html"),
        ("x-token-type", "jwt", "jwt"),
    ],
)
def test_headers_keep_no_more_than_the_scheme(name: str, value: str, left: str) -> None:
    assert shown(headers={name: value})["request"]["headers"] == {name: left}


def test_a_cookie_that_is_set_is_a_secret() -> None:
    rendered = shown(returned={"Set-Cookie": f"a={SECRET}; Path=/", "ETag": '"1"'})
    assert rendered["response"]["headers"] == {"Set-Cookie": "[redacted]", "ETag": '"1"'}


def test_members_named_like_secrets_are_replaced_at_any_depth() -> None:
    secrets = dict.fromkeys(
        ("password", "client_secret", "accessToken", "api-key", "tokens"), SECRET
    )
    others = {"token": None, "has_password": True, "token_type": "bearer", "name": "Jane"}
    body = orjson.dumps([{**secrets, "secret": {"a": SECRET}, "deep": {"pin_secret": 1}, **others}])
    rendered = shown(body=body, answer=body)
    told = [
        {
            **dict.fromkeys([*secrets, "secret"], "[redacted]"),
            "deep": {"pin_secret": "[redacted]"},
            **others,
        }
    ]
    assert rendered["request"]["body"]["json"] == told
    assert rendered["response"]["body"]["json"] == told


def test_a_query_and_a_form_hide_the_values_of_secret_names() -> None:
    text = f"a=1&access_token={SECRET}&client%5Fsecret={SECRET}&b"
    left = "a=1&access_token=[redacted]&client%5Fsecret=[redacted]&b"
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    rendered = shown(query=text, headers=form, body=text.encode())
    assert rendered["query"] == left
    assert rendered["request"]["body"]["text"] == left


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f'{{"password": "{SECRET}", "b": 1', '{"password": "[redacted]", "b": 1'),
        (f'{{"password": "{SECRET}', '{"password": "[redacted]"'),
        (f'{{"a": 1, "secret": {{"x": "{SECRET}"}}', '{"a": 1, "secret": "[redacted]"'),
        (f'{{"p\\u0061ssword": "a\\"{SECRET}"', '{"p\\u0061ssword": "[redacted]"'),
        (f'{{"token": "{SECRET}", "token": 2}}', '{"token": "[redacted]", "token": "[redacted]"}'),
        ('{"a": "b", "token" : 12345, ', '{"a": "b", "token" : "[redacted]", '),
    ],
)
def test_json_that_cannot_be_parsed_hides_its_secrets_too(body: str, left: str) -> None:
    assert shown(headers=JSON, body=body.encode())["request"]["body"]["text"] == left


def test_a_body_that_was_cut_is_text_even_in_the_middle_of_a_character() -> None:
    body = f'{{"password": "{SECRET}", "name": "é"}}'.encode()
    rendered = shown(limit=body.index(b"\xc3") + 1, body=body)["request"]["body"]
    assert rendered == {
        "bytes": len(body),
        "cut": True,
        "text": '{"password": "[redacted]", "name": "',
    }


@given(st.lists(st.sampled_from(['"', "\\", "password", ":", " ", "{", SECRET]), max_size=400))
def test_looking_for_secrets_ends_whatever_the_text(parts: list[str]) -> None:
    exchange_json(record(Journal(), body="".join(parts).encode()))


@pytest.mark.parametrize("text", ['"\\' * 32_768, '\\"' * 32_768, '"a"' * 21_000, '"a" ' * 16_000])
def test_the_work_on_a_hostile_text_is_bounded(text: str) -> None:
    exchange_json(record(Journal(), body=text.encode()))


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        (b"", None),
        (b"null", {"bytes": 4, "cut": False, "json": None}),
        (b"<a>", {"bytes": 3, "cut": False, "text": "<a>"}),
        (b"\xff\x00", {"bytes": 2, "cut": False, "base64": "/wA="}),
        (b"[" * 300 + b"]" * 300, {"bytes": 600, "cut": False, "text": "[" * 300 + "]" * 300}),
    ],
)
def test_a_body_is_json_or_text_or_base64(body: bytes, shape: Any) -> None:
    rendered = exchange_json(record(Journal(), body=body))
    assert rendered["request"]["body"] == shape
    orjson.dumps(rendered)


def test_everything_else_is_told() -> None:
    exchange = record(
        Journal(),
        "POST",
        status=None,
        operation=operation("createPet"),
        duration_us=250,
        verdict="failed",
        faults=("fault_1",),
        preferences=("code=404",),
        explanation={"rule": "#/paths", "password": SECRET},
    )
    assert exchange.at == AT
    assert exchange_json(exchange) == {
        "number": 1,
        "world": "default",
        "at": "2026-02-20T15:00:00Z",
        "operation_id": "createPet",
        "tag": "pets",
        "method": "POST",
        "path": "/pets",
        "query": "",
        "status": None,
        "duration_us": 250,
        "verdict": "failed",
        "faults": ["fault_1"],
        "preferences": ["code=404"],
        "request": {"headers": {}, "body": None},
        "response": {"headers": {}, "body": None},
        "violations": [],
        "explanation": {"rule": "#/paths", "password": "[redacted]"},
    }
