"""`export --check` and `export` on folders that are fresh, stale, foreign or broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockserver.cli.commands import commands
from mockserver.errors import SetupError
from mockserver.export import Difference, Recipe, compare, write
from mockserver.export.dataset import record

_MANIFEST = {"scenario": "empty", "seed": 3, "now": "2026-02-20T15:00:00Z", "formats": ["json"]}


def _files(**contents: str) -> dict[str, bytes]:
    """An export of these files, `a` being `json/a.json`."""
    files = {f"json/{name}.json": text.encode() for name, text in contents.items()}
    manifest = {**_MANIFEST, "files": sorted(files)}
    return {**files, "export.json": json.dumps(manifest).encode()}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["export", *arguments])


def test_what_was_written_is_fresh(tmp_path: Path) -> None:
    files = _files(a="1", b="2")
    assert {each.what for each in write(tmp_path, files)} == {"missing"}
    assert compare(tmp_path, files) == []


def test_each_kind_of_difference_is_named(tmp_path: Path) -> None:
    write(tmp_path, _files(a="1", b="2", c="3"))
    (tmp_path / "json" / "b.json").unlink()
    found = compare(tmp_path, _files(a="other", b="2"))
    assert found == [
        Difference("export.json", "stale"),
        Difference("json/a.json", "stale"),
        Difference("json/b.json", "missing"),
        Difference("json/c.json", "left over"),
    ]


def test_a_renewal_leaves_files_of_others_alone(tmp_path: Path) -> None:
    write(tmp_path, _files(a="1", b="2"))
    (tmp_path / "mine.txt").write_text("mine")
    write(tmp_path, _files(a="3"))
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"a.json", "export.json", "mine.txt"}


def test_a_file_that_no_export_wrote_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "a.json").write_text("mine")
    with pytest.raises(SetupError, match=r"a\.json exists and no export wrote it"):
        write(tmp_path, _files(a="1"))
    assert (tmp_path / "json" / "a.json").read_text() == "mine"
    assert not (tmp_path / "export.json").exists()


def test_the_command_says_what_is_stale_and_renews_it_as_it_was_made(tmp_path: Path) -> None:
    out = tmp_path / "my fixtures"
    made = _run("--out", str(out), "--scenario", "empty", "--seed", "3", "--format", "har,json")
    assert made.exit_code == 0, made.output
    assert "mockserver serve --scenario empty --seed 3 --now 2026-02-20T15:00:00Z" in made.output
    assert _run("--out", str(out), "--check").exit_code == 0
    (out / "json" / "collections" / "bookings.json").write_text("[1]\n")
    checked = _run("--out", str(out), "--check")
    assert checked.exit_code == 1
    assert f"stale: {out}/json/collections/bookings.json" in checked.output
    assert (
        f"Renew it: mockserver export --out '{out}' --scenario empty --seed 3 "
        "--now 2026-02-20T15:00:00Z --format json,har" in checked.output
    )
    renewed = _run("--out", str(out))
    assert "(json, har), 1 of them changed" in renewed.output
    assert (out / "json" / "collections" / "bookings.json").read_text() == "[]\n"


def test_a_world_too_large_for_a_frontend_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockserver.export.dataset.MOST_ROWS", 20)
    with pytest.raises(SetupError, match=r"The world of edges has .* choose a smaller --scenario"):
        record(Recipe("edges"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xml"], "--format takes json, ts, msw, har, postman: xml is none of them."),
        (["--format", " , "], "--format takes json, ts, msw, har, postman: it names nothing."),
        (["--now", "noon"], "--now noon: 'noon' is not a date-time"),
        (["--scenario", "nowhere"], "There is no scenario 'nowhere'"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    found = _run("--out", str(tmp_path), *arguments)
    assert isinstance(found.exception, SetupError)
    assert said in str(found.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", json.dumps({**_MANIFEST, "files": ["../../a"]}),
     json.dumps({**_MANIFEST, "files": ["/a"]}), json.dumps({**_MANIFEST, "files": [1]}),
     json.dumps({**_MANIFEST, "files": "a"}), "\ufeff{"],
)  # fmt: skip
def test_a_broken_manifest_is_named_and_nothing_is_removed(tmp_path: Path, text: str) -> None:
    (tmp_path / "export.json").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=r"export\.json .*delete it and export anew"):
        write(tmp_path, _files(a="1"))
    assert [path.name for path in tmp_path.iterdir()] == ["export.json"]
