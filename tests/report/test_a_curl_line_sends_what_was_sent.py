from __future__ import annotations

import subprocess

import pytest

from contract_tests.exchanges import Answer, Exchange, Pairs, Sent

URL = "http://127.0.0.1:4010"


def _arguments(exchange: Exchange) -> list[str]:
    """What a shell hands to curl; the secret is in its variable."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}; KEY='s3cret!$x'; {exchange.curl}"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    return ran.stdout.decode().split("\0")[:-1]


def _exchange(method: str, target: str, headers: Pairs, body: bytes | None) -> Exchange:
    secrets = (("s3cret!$x", "KEY"),)
    return Exchange("", URL, Sent(method, target, headers, body), Answer(200, (), b""), secrets)


@pytest.mark.parametrize(
    "text",
    ["plain", "it's", "$(id) `id` \\ \" !x", "s3cret!$x", "a s3cret!$x b", "s3cret!$xs3cret!$x",
     "s3cret!$xtail", "`s3cret!$x` $HOME"],
)  # fmt: skip
def test_the_shell_expands_nothing_but_the_secret(text: str) -> None:
    headers = (("Content-Type", "text/plain"), ("X-Text", text))
    exchange = _exchange("POST", "/v1/x?a=%20", headers, text.encode())
    assert "s3cret" not in exchange.curl
    assert _arguments(exchange) == [
        "-i", "-X", "POST", "-H", "Content-Type: text/plain", "-H", f"X-Text: {text}",
        "--data-raw", text, f"{URL}/v1/x?a=%20",
    ]  # fmt: skip


def test_a_body_without_a_type_is_not_called_a_form() -> None:
    assert "Content-Type:" in _arguments(_exchange("POST", "/", (), b"x"))


@pytest.mark.parametrize("body", [b"two\nlines\tand more", b"caf\xc3\xa9", b"\xff\x01", b""])
def test_a_body_arrives_as_it_was(body: bytes) -> None:
    arguments = subprocess.run(
        [
            "bash",
            "-c",
            f"curl() {{ printf '%s\\0' \"$@\"; }}; {_exchange('POST', '/', (), body).curl}",
        ],
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    assert arguments[arguments.index(b"--data-raw") + 1] == body


def test_a_body_that_begins_with_an_at_sign_names_no_file() -> None:
    assert "--data-raw" in _exchange("POST", "/", (), b"@/etc/hostname").curl


def test_brackets_in_a_path_are_no_pattern() -> None:
    assert "-g" in _arguments(_exchange("GET", "/v1/x?filter[a]={1}", (), None))
