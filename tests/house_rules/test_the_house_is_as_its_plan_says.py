"""The architecture page as tests: rooms, sizes, the only clock, the only randomness."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mockserver"
MODULES = sorted(PACKAGE.rglob("*.py"))
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def _functions() -> Iterator[tuple[str, int]]:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, FUNCTION):
                first = node.body[0]
                is_documented = isinstance(first, ast.Expr) and isinstance(
                    first.value, ast.Constant
                )
                body = node.body[1:] if is_documented and len(node.body) > 1 else node.body
                length = (body[-1].end_lineno or 0) - body[0].lineno + 1
                yield f"{module.relative_to(ROOT)}:{node.lineno} {node.name}", length


def test_every_room_opens_with_a_room_card() -> None:
    rooms = [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]
    for room in rooms:
        assert ast.get_docstring(ast.parse(room.read_text())), f"{room} has no card"


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    rooms = [path.parent.name + "/" for path in PACKAGE.glob("*/__init__.py")]
    modules = [path.name for path in PACKAGE.glob("*.py") if path.name not in UNNAMED]
    missing = [name for name in rooms + modules if f"`{name}`" not in page]
    assert missing == []


UNNAMED = {"__init__.py", "__main__.py"}


def test_what_the_architecture_page_names_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.py|\.yaml)?)`", page):
        assert any((base / path).exists() for base in (PACKAGE, ROOT, ROOT / "docs")), path


def test_files_stay_short() -> None:
    long = {str(m): len(m.read_text().splitlines()) for m in MODULES}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_functions_stay_short() -> None:
    lengths = dict(_functions())
    assert {name: length for name, length in lengths.items() if length > 45} == {}
    assert sum(length < 25 for length in lengths.values()) / len(lengths) >= 0.9


@pytest.mark.parametrize(
    ("pattern", "home"),
    [
        (r"\b(datetime\.(now|utcnow)|date\.today|time\.(time|time_ns))\(", "clock.py"),
        (r"\brandom\.(Random|random|choice|randint|seed)\(|\buuid[14]\(\)|\bsecrets\.", "ids.py"),
    ],
)  # fmt: skip
def test_only_the_clock_knows_now_and_only_ids_knows_chance(pattern: str, home: str) -> None:
    for module in MODULES:
        if module.name == home:
            continue
        found = [line for line in module.read_text().splitlines() if re.search(pattern, line)]
        own = [line for line in found if ".ids." not in line and "world." not in line]
        assert own == [], f"{module}: {own}"


def test_no_module_keeps_state() -> None:
    for module in MODULES:
        for node in ast.parse(module.read_text()).body:
            if isinstance(node, ast.Assign) and isinstance(
                node.value, ast.Dict | ast.List | ast.Set
            ):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                assert all(name.isupper() or name.startswith("__") for name in names), (
                    f"{module}: {names} could be changed; write a constant in capitals"
                )
        assert "\nglobal " not in module.read_text()


def test_the_repository_speaks_of_the_product_alone() -> None:
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *MODULES, ROOT / "openapi.yaml"]
    for path in texts:
        assert not re.search(r"/(work|farm|tmp|root)/|\.\./shared", path.read_text()), path
