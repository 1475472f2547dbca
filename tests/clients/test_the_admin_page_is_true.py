"""docs/admin.md names every operation of the admin contract, and every line of it works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import httpx
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "admin.md").read_text()
CONTRACT = yaml.safe_load((ROOT / "mockserver" / "admin" / "openapi.yaml").read_text())
KEY = "Authorization: Bearer otesse_test_sk_demo"


def operations() -> dict[str, tuple[str, str]]:
    """The operations of the contract, each with its method and path."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, item in CONTRACT["paths"].items()
        for method, operation in item.items()
        if method in ("get", "put", "post", "patch", "delete")
    }


def sections() -> dict[str, tuple[str, str, str]]:
    """The operations the page names, each with method, path and what is said of it."""
    found = re.findall(r"^### (\w+): `([A-Z]+) (\S+)`\n(.*?)(?=^#|\Z)", PAGE, re.M | re.S)
    return {name: (method, path, text) for name, method, path, text in found}


def test_it_names_every_operation_with_its_method_and_path() -> None:
    assert {name: said[:2] for name, said in sections().items()} == operations()


def test_each_has_one_sentence_and_a_call_of_that_operation() -> None:
    for name, (method, path, text) in sections().items():
        assert re.match(r"[A-Z][^\n]+\.\n```console\n", text), name
        where = re.sub(r"\\\{\w+\\\}", "[^/?]+", re.escape(f"/__admin{path}"))
        calls = [read(line) for line in re.findall(r"^curl .+$", text, re.M)]
        assert any(verb == method and re.search(f"{where}(\\?|$)", url)
                   for verb, url, _, _ in calls), name  # fmt: skip


def read(line: str, mock: str = "") -> tuple[str, str, dict[str, str], str | None]:
    """The method, address, headers and body of a curl line."""
    words = shlex.split(line.replace("$MOCK", mock).replace("$KEY", KEY))[1:]
    method, url, headers, body = "GET", "", {}, None
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif word != "-N":
            url = word
    return method, url, headers, body


def test_every_line_works_from_top_to_bottom(url: str) -> None:
    for line in re.findall(r"^curl .+$", PAGE, re.M):
        method, target, headers, body = read(line, url)
        with httpx.stream(method, target, headers=headers, content=body, timeout=30) as answer:
            assert answer.status_code < 300, line
