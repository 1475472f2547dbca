"""A call puts parameters, credentials and bodies where HTTP wants them, and can be sent again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from contract_tests.calling import Caller
from contract_tests.exchanges import Answer, Exchange, Sent
from contract_tests.semantics import Credential, Credentials
from contract_tests.targets import Target
from tests.judge.core.documents import answers, contract

SCHEMES = {
    "Query": {"type": "apiKey", "in": "query", "name": "key"},
    "Header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "Cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "Bearer": {"type": "http", "scheme": "bearer"},
    "Basic": {"type": "http", "scheme": "Basic"},
    "Token": {"type": "oauth2", "flows": {}},
}


class _Recorder:
    """A wire that answers everything, and keeps what was sent."""

    url = "http://127.0.0.1:1"

    def send(self, sent: Sent) -> Answer:
        self.sent = sent
        return Answer(200, (), b"")

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """One after another."""
        return [self.send(each) for each in several]

    def close(self) -> None:
        """Nothing is open."""


def _caller(folder: Path, *schemes: str, shown: bool = True, text: str = "s3cret") -> Caller:
    security: list[Any] = [{each: [] for each in schemes}] if schemes else []
    item = {each: {**answers(), "security": security} for each in ("get", "post")}
    small = contract(
        folder,
        {"/a/{x}/b/{y}": item, "/na\u00efve path": {"get": answers()}},
        components={"securitySchemes": SCHEMES},
        servers=[{"url": "/v1"}],
    )
    credentials = tuple(Credential(scheme, text, "valid", ()) for scheme in schemes)
    return Caller(small, Target(_Recorder()), Credentials(credentials, shown))


def _get(caller: Caller, **parts: Any) -> Exchange:
    return caller.call("GET /a/{x}/b/{y}", path={"x": 1, "y": 2, **parts.pop("path", {})}, **parts)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain-1_2.3~4", "plain-1_2.3~4"),
        ("a/b", "a%2Fb"),
        ("50% ä?#", "50%25%20%C3%A4%3F%23"),
        ("{y}", "%7By%7D"),
        (7, "7"),
        (True, "true"),
    ],
)
def test_a_path_parameter_is_one_segment(tmp_path: Path, value: Any, written: str) -> None:
    sent = _get(_caller(tmp_path), path={"x": value}).sent
    assert sent.target == f"/v1/a/{written}/b/2"


def test_a_path_of_the_contract_is_sent_as_ascii(tmp_path: Path) -> None:
    sent = _caller(tmp_path).call("GET /naïve path").sent
    assert sent.target == "/v1/na%C3%AFve%20path"


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ({"q": "a b&c=d+e"}, "?q=a+b%26c%3Dd%2Be"),
        ({"q": "é"}, "?q=%C3%A9"),
        ({"tag": ["a", "b"], "n": 1}, "?tag=a&tag=b&n=1"),
        ({"flag": False, "none": None}, "?flag=false&none=null"),
        ({"filter[a]": ""}, "?filter%5Ba%5D="),
        ({"tag": []}, ""),
        ({}, ""),
    ],
)
def test_a_query_is_written_as_forms_are(tmp_path: Path, query: Any, written: str) -> None:
    assert _get(_caller(tmp_path), query=query).sent.target == f"/v1/a/1/b/2{written}"


@pytest.mark.parametrize(
    ("scheme", "headers", "target"),
    [
        ("Query", (), "/v1/a/1/b/2?q=1&key=s3cret"),
        ("Header", (("X-Key", "s3cret"),), "/v1/a/1/b/2?q=1"),
        ("Cookie", (("Cookie", "session=s3cret"),), "/v1/a/1/b/2?q=1"),
        ("Bearer", (("Authorization", "Bearer s3cret"),), "/v1/a/1/b/2?q=1"),
        ("Basic", (("Authorization", "Basic s3cret"),), "/v1/a/1/b/2?q=1"),
        ("Token", (("Authorization", "Bearer s3cret"),), "/v1/a/1/b/2?q=1"),
    ],
)
def test_a_credential_stands_where_its_scheme_says(
    tmp_path: Path, scheme: str, headers: Any, target: str
) -> None:
    sent = _get(_caller(tmp_path, scheme), query={"q": 1}).sent
    assert (sent.headers, sent.target) == (headers, target)


def test_credentials_that_go_together_are_sent_together(tmp_path: Path) -> None:
    sent = _get(_caller(tmp_path, "Header", "Query")).sent
    assert sent.headers == (("X-Key", "s3cret"),)
    assert sent.target.endswith("?key=s3cret")


def test_nobody_and_somebody_else_can_call(tmp_path: Path) -> None:
    caller = _caller(tmp_path, "Bearer")
    assert _get(caller, identity="none").sent.headers == ()
    other = Credential("Header", "other", "revoked", ())
    assert _get(caller, identity=other).sent.headers == (("X-Key", "other"),)


def test_json_is_sent_as_utf_8_and_bytes_as_they_are(tmp_path: Path) -> None:
    caller = _caller(tmp_path)
    path = {"x": 1, "y": 2}
    sent = caller.call("POST /a/{x}/b/{y}", path=path, body={"name": "Zoë"}).sent
    assert sent.body == '{"name": "Zoë"}'.encode()
    assert sent.headers == (("Content-Type", "application/json"),)
    own = {"content-type": "text/csv"}
    raw = caller.call("POST /a/{x}/b/{y}", path=path, headers=own, body=b"\xff").sent
    assert (raw.body, raw.headers) == (b"\xff", (("content-type", "text/csv"),))
    assert caller.call("POST /a/{x}/b/{y}", path=path, body=None).sent.body == b"null"


@pytest.mark.parametrize("scheme", ["Query", "Header", "Bearer", "Cookie"])
@pytest.mark.parametrize("text", ["s3cret-s3cret", "a+b/c==", 'it\'s $HOME "!"'])
def test_a_curl_line_hides_a_secret_behind_a_variable(
    tmp_path: Path, scheme: str, text: str
) -> None:
    exchange = _get(_caller(tmp_path, scheme, shown=False, text=text), query={"q": "O'Neil $x"})
    assert text not in exchange.curl
    assert f"${scheme.upper()}_VALID" in exchange.curl
    words = shlex.split(exchange.curl)
    assert words[:2] == ["curl", "-i"]
    assert words[-1].startswith("http://127.0.0.1:1/v1/a/1/b/2?q=O%27Neil+%24x")


@pytest.mark.parametrize(
    "body",
    [
        {"name": 'it\'s "quoted" `code` $HOME \\ !'},
        {"text": "@file"},
        "@file",
        {"line": "two\nlines"},
        [],
    ],
)
def test_a_curl_line_can_be_pasted(tmp_path: Path, body: Any) -> None:
    exchange = _caller(tmp_path).call("POST /a/{x}/b/{y}", path={"x": "[1]", "y": "{}"}, body=body)
    words = shlex.split(exchange.curl)
    assert exchange.sent.body is not None
    assert words[words.index("--data-raw") + 1] == exchange.sent.body.decode()
    assert words[words.index("-X") + 1] == "POST"
    assert words[-1] == exchange.url + exchange.sent.target


def test_every_call_is_kept_and_counted(tmp_path: Path) -> None:
    caller = _caller(tmp_path)
    got = [_get(caller), _get(caller, method="HEAD")]
    assert caller.log == got
    assert dict(caller.seen) == {("GET /a/{x}/b/{y}", 200): 1}
