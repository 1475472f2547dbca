"""Loading: dates stay text, and what is wrong with a document is one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.contract import build_contract, load_document, read_document
from mockserver.errors import SetupError


def test_dates_and_keys_stay_text() -> None:
    assert load_document("200: 2026-02-01\nat: 2026-02-01T10:00:00Z", "x") == {
        "200": "2026-02-01",
        "at": "2026-02-01T10:00:00Z",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1", "x line 2 is not valid YAML: did not find expected"),
        ("a: 1\nb: 2\na: 3", "x line 3 is not valid YAML: the key 'a' is given twice."),
        ("- 1", "x holds no mapping at its top level."),
        ("", "x holds no mapping at its top level."),
        ("a: !!python/object:os.system {}", "not valid YAML"),
        pytest.param("[" * 100_000, "x cannot be read: it is nested more than 500", id="deep"),
    ],
)
def test_a_broken_document_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        load_document(text, "x")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"Cannot read .*none\.yaml: No such file"):
        read_document(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9")
    with pytest.raises(SetupError, match=r"latin\.yaml is not UTF-8 text \(byte 3\)"):
        read_document(tmp_path / "latin.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("openapi: 3.1.0", "this document says 3.1.0"),
        ("openapi: 3.0.3\npaths: {}", "no operations"),
        (
            "openapi: 3.0.3\npaths: {/a: {get: {parameters: [{$ref: '#/x'}], responses: {}}}}",
            "GET /a: The reference #/x leads nowhere",
        ),
        (
            "openapi: 3.0.3\npaths: {/a: {get: {security: [{k: []}], responses: {}}}}",
            "GET /a: The security scheme 'k' is not declared",
        ),
    ],
)
def test_a_contract_that_cannot_be_served_says_which_operation_and_why(
    text: str, said: str
) -> None:
    with pytest.raises(SetupError, match=said):
        build_contract(load_document(text, "x"), text)
