"""What is made depends on document, stream and instant: not on what was made before, or where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from mockserver.contract import load_document
from mockserver.engine.data import Maker
from tests.engine.data.drawing import NOW

ROOT = Path(__file__).parents[3]
NAMES = ("Crew", "Receipt", "Roster", "Folder", "Product", "Parcel")
SCRIPT = """
from tests.engine.data.test_the_same_stream_gives_the_same_bytes import told
print(told(), end="")
"""


def _document() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for path in sorted((ROOT / "fixtures" / "contracts").glob("awkward-*.yaml")):
        schemas |= load_document(path.read_text(), path.name)["components"]["schemas"]
    return {"components": {"schemas": schemas}}


def _draw(maker: Maker, name: str) -> Any:
    return maker.draw({"$ref": f"#/components/schemas/{name}"}, Random(name), now=NOW)


def told() -> str:
    """Everything that one maker draws, as text."""
    maker = Maker(_document(), dialect="3.0")
    return json.dumps([_draw(maker, name) for name in NAMES])


def test_a_maker_that_was_used_draws_as_a_new_one() -> None:
    used = Maker(_document(), dialect="3.0")
    for name in NAMES:
        for seed in range(10):
            used.draw({"$ref": f"#/components/schemas/{name}"}, Random(seed), now=NOW)
    assert json.dumps([_draw(used, name) for name in NAMES]) == told()


def test_the_order_of_asking_does_not_matter() -> None:
    maker = Maker(_document(), dialect="3.0")
    drawn = {name: _draw(maker, name) for name in reversed(NAMES)}
    assert json.dumps([drawn[name] for name in NAMES]) == told()


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
    assert run.stdout.decode() == told()


def test_another_stream_gives_another_value() -> None:
    maker = Maker(_document(), dialect="3.0")
    product = {"$ref": "#/components/schemas/Product"}
    drawn = {json.dumps(maker.draw(product, Random(seed), now=NOW)) for seed in range(100)}
    assert len(drawn) == 100


def test_times_move_with_the_instant_and_nothing_else_does() -> None:
    maker = Maker(_document(), dialect="3.0")
    product = {"$ref": "#/components/schemas/Product"}
    today = maker.draw(product, Random(1), now=NOW)
    tomorrow = maker.draw(product, Random(1), now=NOW + timedelta(days=1))
    changed = {name for name in today if today[name] != tomorrow[name]}
    assert changed == {"created_at", "updated_at"}


def test_what_was_drawn_can_be_changed_without_harm() -> None:
    options = [{"tags": ["a"]}]
    whole = {"components": {"schemas": {"T": {"enum": options}}}}
    maker = Maker(whole, dialect="3.1")
    maker.draw({"$ref": "#/components/schemas/T"}, Random(1), now=NOW)["tags"].append("b")
    assert options == [{"tags": ["a"]}]
