"""Clients generated from the contract book, move and cancel; nothing in them is touched by hand.

`make clients` installs the generators beside `generated/` and runs this.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockserver.client import MockWorld

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "generated"
MODULES = HERE / "node_modules"
PYTHON = HERE / ".venv" / "bin" / "python"
TIMEOUT_S = 120
REFUSED = {
    "type": "conflict",
    "code": "booking_already_cancelled",
    "doc_url": "https://docs.otesse.com/api/errors#booking_already_cancelled",
}
CALLS = [
    ("createCustomer", 201),
    ("createBooking", 201),
    ("listBookings", 200),
    ("updateBooking", 200),
    ("cancelBooking", 200),
    ("listCustomerBookings", 200),
    ("cancelBooking", 409),
]


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    ended = subprocess.run(
        [str(each) for each in command], cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def by_typescript(folder: Path, url: str) -> str:
    """openapi-typescript, tsc --strict, openapi-fetch on Node.js."""
    for name in ("package.json", "tsconfig.json", "booking_flow.ts"):
        (folder / name).write_text((HERE / name).read_text())
    (folder / "node_modules").symlink_to(MODULES)
    programs = MODULES / ".bin"
    run(folder, programs / "openapi-typescript", ROOT / "openapi.yaml", "-o", "schema.d.ts")
    run(folder, programs / "tsc")
    return run(folder, "node", "out/booking_flow.js", url)


def by_python(folder: Path, url: str) -> str:
    """openapi-python-client and httpx."""
    run(
        folder, PYTHON, "-m", "openapi_python_client", "generate",
        "--path", ROOT / "openapi.yaml", "--config", HERE / "openapi-python-client.yaml",
        "--meta", "none", "--output-path", folder / "generated_client", "--fail-on-warning",
    )  # fmt: skip
    return run(folder, PYTHON, HERE / "booking_flow.py", url, PYTHONPATH=str(folder))


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(by_typescript, marks=pytest.mark.skipif(
            not MODULES.exists(), reason="node_modules is not installed: run `make clients`")),
        pytest.param(by_python, marks=pytest.mark.skipif(
            not PYTHON.exists(), reason="openapi-python-client is missing: run `make clients`")),
    ],
)  # fmt: skip
def test_a_booking_is_made_moved_and_cancelled(
    flow: Callable[[Path, str], str], world: MockWorld, tmp_path: Path
) -> None:
    seen: dict[str, Any] = json.loads(flow(tmp_path, world.url))
    message = seen["refused"].pop("message")
    assert "has been cancelled already" in message
    assert seen == {
        "booked": "confirmed",
        "is_listed": True,
        "moved_to": "2026-02-27T10:00:00Z",
        "ended": "cancelled",
        "own": ["cancelled"],
        "refused": REFUSED,
    }
    made = [(each["operation_id"], each["status"]) for each in reversed(world.requests.list())]
    assert made == CALLS


def test_no_registry_stands_in_the_lock_file() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text())
    assert not [name for name, each in lock["packages"].items() if "resolved" in each]
    assert all("integrity" in each for name, each in lock["packages"].items() if name)
