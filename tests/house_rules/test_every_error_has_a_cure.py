"""docs/errors.md lists every code that the server gives, each with its status and its cure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from mockserver import errors
from mockserver.wire import problems
from mockserver.wire.dialects.dialect import EDGE_STATUS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mockserver"
PAGE = (ROOT / "docs" / "errors.md").read_text()
STATUS = {"NotFound": 404, "Forbidden": 403, "Conflict": 409, "RuleBroken": 422, "BadRequest": 400}
# Functions and classes that are given a code, and as which of their arguments.
CODED = {**dict.fromkeys(STATUS, 0), "kind": 0, "_refuse": 0,
         "FieldProblem": 1, "refuse": 1, "note": 1, "_note": 1}  # fmt: skip
# Codes that pass through a variable.
CHOSEN = {"minimum", "maximum"}
# What looks like a code in a dialect, and is the name of a member.
MEMBERS = {"doc_url", "retry_after"}


def _rows() -> dict[str, set[int]]:
    """The codes and classes in the tables of the page, each with its statuses, if it has any."""
    found: dict[str, set[int]] = {}
    for name, rest in re.findall(r"^\| `(\w+)` \| (.+)$", PAGE, re.MULTILINE):
        first = rest.partition(" |")[0]
        is_status = re.fullmatch(r"\d{3}(, \d{3})*", first)
        found[name] = set(map(int, first.split(", "))) if is_status else set()
    return found


def _raised() -> Iterator[tuple[str, str]]:
    """Every code that is a literal in the server, with what it is given to."""
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = CODED.get(name, len(node.args))
            given = node.args[place : place + 1]
            for each in ast.walk(given[0]) if given else ():
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value, name


def _worded() -> set[str]:
    """What the dialects call things: texts of theirs that have the form of a code."""
    otesse = _texts("otesse", r"[a-z]+(_[a-z]+)+") - MEMBERS
    return otesse | _texts("leads", r"[A-Z]{2,}(_[A-Z]+)*")


def _texts(dialect: str, form: str) -> set[str]:
    tree = ast.parse((PACKAGE / "wire" / "dialects" / f"{dialect}.py").read_text())
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(form, text)}


def test_every_code_that_is_raised_is_listed() -> None:
    codes = {code for code, _ in _raised() if re.fullmatch(r"\w+", code)}
    assert len(codes) > 60
    assert sorted(codes - _rows().keys()) == []


def test_every_word_of_a_dialect_is_listed() -> None:
    assert sorted(word for word in _worded() if f"`{word}`" not in PAGE) == []


def test_nothing_is_listed_that_nobody_says() -> None:
    said = {code for code, _ in _raised()} | _worded() | CLASSES.keys() | CHOSEN
    assert sorted(_rows().keys() - said) == []


def test_every_refusal_is_listed_with_its_status() -> None:
    listed = _rows()
    leads = {code for code in listed if code.isupper()}  # that family knows only 400
    for code, kind in _raised():
        if kind in STATUS and code not in leads:
            assert STATUS[kind] in listed[code], f"{code}: {kind} is {STATUS[kind]}"


CLASSES: dict[str, int | None] = {
    **{name: EDGE_STATUS.get(kind) for name, kind in vars(problems).items()
       if isinstance(kind, type) and issubclass(kind, problems.EdgeProblem)
       and kind is not problems.EdgeProblem},
    **{kind.__name__: STATUS[kind.__name__] for kind in errors.Refusal.__subclasses__()},
}  # fmt: skip


def test_every_class_is_listed_with_its_status() -> None:
    listed = _rows()
    for name, status in CLASSES.items():
        assert name in listed, name
        if status is not None:
            assert listed[name] == {status}, name
