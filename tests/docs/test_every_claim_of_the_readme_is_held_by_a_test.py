"""No sentence stands in the README that neither a test holds nor claims nothing."""

from __future__ import annotations

from typing import Any

import yaml

from tests.docs.claims import ROOT, names_in, sentences

TABLE: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/docs/readme.yaml").read_text("utf-8"))


def test_every_sentence_stands_in_the_table_and_nothing_else_does() -> None:
    said = sentences((ROOT / "README.md").read_text("utf-8"))
    listed = [entry["says"] for entry in TABLE]
    assert [each for each in said if each not in listed] == []  # tell which tests hold these
    assert [each for each in listed if each not in said] == []  # the page says these no more
    assert len(listed) == len(set(listed)) > 80


def test_what_holds_a_sentence_is_a_test_that_there_is() -> None:
    for entry in TABLE:
        named = [test.partition("::") for test in entry.get("held_by", [])]
        assert bool(named) != bool(entry.get("claims_nothing")), entry
        assert [(m, t) for m, _, t in named if t not in names_in(m)] == [], entry["says"]


def test_sentences_are_told_apart() -> None:
    page = """# Title

One sentence. `Two` of them:
goes on.

- A point

| a | b |
| --- | --- |
| c | d. E |

```console
run this   # says what
plain # no comment behind two spaces, no heading
```

![Told](picture.png)
"""
    assert sentences(page) == [
        "One sentence.", "`Two` of them: goes on.", "A point", "| a | b |", "| c | d. E |",
        "# says what", "# no comment behind two spaces, no heading", "![Told](picture.png)",
    ]  # fmt: skip
