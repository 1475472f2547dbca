"""Everyone who is measured: how each is started, what it is called, why it may be missing."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks import material
from benchmarks.operations import JOHN
from mockserver.version import VERSION

PEERS = Path(__file__).with_name("peers")
MODULES = PEERS / "node_modules"
INSTALL_NODE = "npm install --prefix benchmarks/peers"
INSTALL_PYTHON = "pip install -c constraints.txt -e '.[bench]'"
BASELINE = "bare"
# The largest amount that the contract knows, in cents.
_LARGEST = 2**53 - 1
# From a client of a running server: a path to ask for, and headers to ask with.
Broken = Callable[[httpx.Client], tuple[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Contender:
    """A server that can be measured.

    `command` makes the words to start it from a port (0 when it chooses its own and says it) and
    the folder with the material. `missing` says why it is not installed, or "". `path` spells a
    path of the contract as this server knows it. `broken` gives a path that it can answer only by
    breaking the contract, and makes it so where that needs making.
    """

    key: str
    title: str
    command: Callable[[int, Path], list[str]]
    version: Callable[[], str]
    missing: Callable[[], str] = lambda: ""
    path: Callable[[str], str] = lambda path: path
    broken: Broken | None = None
    is_ours: bool = False
    note: str = ""

    def port_in(self, chosen: int) -> Callable[[str], int | None]:
        """Finds the port in what the server has printed: its own, or the one chosen for it."""
        return said_port if self.is_ours else lambda _: chosen


def said_port(printed: str) -> int | None:
    """The port in the welcome lines of this server; None while they are not there."""
    found = re.search(r"listening on http://[^\s:]+:(\d+)", printed)
    return int(found[1]) if found else None


# -- ours


def _ours(key: str, title: str, *flags: str, note: str = "") -> Contender:
    return Contender(
        key,
        title,
        lambda _port, _folder: [
            *(sys.executable, "-m", "mockserver", "serve", "--port", "0", "--quiet"),
            *flags,
        ],
        lambda: VERSION,
        broken=_overpaid,
        is_ours=True,
        note=note,
    )


def _overpaid(client: httpx.Client) -> tuple[str, dict[str, str]]:
    """Let a customer have paid more in all than the contract's largest amount, in another world."""
    world = {"X-Mock-World": "broken"}
    url = "/__admin/state?collection=invoices&world=broken"
    invoices = client.get(url).raise_for_status().json()["invoices"]
    much = {"total": _LARGEST, "amount_paid": _LARGEST}
    paid = [{**row, **much} for row in invoices if row["customer_id"] == JOHN]
    client.put(url, json={"invoices": paid}).raise_for_status()
    return f"/v1/customers/{JOHN}", world


# -- peers from PyPI


def _uvicorn(app: str) -> Callable[[int, Path], list[str]]:
    return lambda port, _folder: [
        *(sys.executable, "-m", "uvicorn", app, "--app-dir", str(PEERS), "--port", str(port)),
        *("--log-level", "warning", "--no-access-log", "--no-server-header"),
    ]


def _without_package(name: str) -> Callable[[], str]:
    def missing() -> str:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return f"not installed: {INSTALL_PYTHON}"
        return ""

    return missing


# -- peers from npm


def without_module(name: str) -> Callable[[], str]:
    """Tells why a package from npm is not installed, or ""."""

    def missing() -> str:
        if shutil.which("node") is None:
            return "not installed: needs Node.js"
        return "" if (MODULES / name).is_dir() else f"not installed: {INSTALL_NODE}"

    return missing


def module_version(name: str) -> Callable[[], str]:
    """Tells the version of a package from npm that is installed."""

    def version() -> str:
        about = json.loads((MODULES / name / "package.json").read_text())
        return str(about["version"])

    return version


def run_module(name: str) -> str:
    """The command that a package from npm installs."""
    return str(MODULES / ".bin" / name)


def _json_server_path(path: str) -> str:
    return path.removeprefix("/v1").replace("?page=1&per_page=", "?_page=1&_per_page=")


def _broken_at(path: str) -> Broken:
    return lambda _client: (path, {})


_OPENAPI_BACKEND_FILES = (material.SIMPLE_CONTRACT_FILE, material.CUSTOMERS_FILE)
OURS = _ours("ours", "**mockserver**")
CONTENDERS = (
    Contender(
        BASELINE,
        "bare uvicorn",
        _uvicorn("bare:constant"),
        lambda: importlib.metadata.version("uvicorn"),
        note="one constant answer of 15 bytes to everything; reads no body",
    ),
    OURS,
    _ours("plain", "mockserver, plain ASGI", "--http", "plain", note="`--http plain`"),
    _ours("nothing-kept", "mockserver, nothing kept", "--kept-mib", "0", note="`--kept-mib 0`"),
    _ours("connexion", "mockserver, all through Connexion", "--no-fast", note="`--no-fast`"),
    Contender(
        "fastapi",
        "FastAPI by hand",
        _uvicorn("fastapi_app:app"),
        lambda: importlib.metadata.version("fastapi"),
        _without_package("fastapi"),
        broken=_broken_at(f"/v1/customers/{material.BROKEN_CUSTOMER}"),
        note="only these operations; `benchmarks/peers/fastapi_app.py`",
    ),
    Contender(
        "openapi-backend",
        "openapi-backend by hand",
        lambda port, folder: [
            *("node", str(PEERS / "openapi_backend.mjs"), str(port)),
            *(str(folder / name) for name in _OPENAPI_BACKEND_FILES),
        ],
        module_version("openapi-backend"),
        without_module("openapi-backend"),
        broken=_broken_at(f"/v1/customers/{material.BROKEN_CUSTOMER}"),
        note="handlers for these operations only, the contract's links left out (it takes them for "
        "wrong); `benchmarks/peers/openapi_backend.mjs`",
    ),
    Contender(
        "prism",
        "Prism",
        lambda port, folder: [
            *(run_module("prism"), "mock", "-p", str(port), "-h", "127.0.0.1", "-v", "silent"),
            str(folder / material.STATIC_CONTRACT_FILE),
        ],
        module_version("@stoplight/prism-cli"),
        without_module("@stoplight/prism-cli"),
        broken=_broken_at(material.BROKEN_INVOICE),
        note="answers the example of the contract, log silent",
    ),
    Contender(
        "mockoon",
        "Mockoon",
        lambda port, folder: [
            *(run_module("mockoon-cli"), "start", "--hostname", "127.0.0.1", "--port", str(port)),
            *("--disable-log-to-file", "--data", str(folder / material.SIMPLE_CONTRACT_FILE)),
        ],
        module_version("@mockoon/cli"),
        without_module("@mockoon/cli"),
        broken=_broken_at(material.BROKEN_INVOICE),
        note="answers the example of the contract, headers of answers left out (it stumbles over "
        "numbers in them); its log of requests cannot be switched off",
    ),
    Contender(
        "json-server",
        "json-server",
        lambda port, folder: [
            *(run_module("json-server"), "--host", "127.0.0.1", "--port", str(port)),
            str(folder / material.DATABASE_FILE),
        ],
        module_version("json-server"),
        without_module("json-server"),
        path=_json_server_path,
        broken=_broken_at(f"/v1/customers/{material.BROKEN_CUSTOMER}"),
        note="knows no contract: paths without `/v1`, its own names for pages; writes its file at "
        "every change",
    ),
)


def chosen(keys: str) -> tuple[Contender, ...]:
    """The contenders of a list of keys with commas, all for ""; bare uvicorn is always there.

    Raises ValueError for a key that there is not.
    """
    wanted = {key.strip() for key in keys.split(",") if key.strip()}
    known = [each.key for each in CONTENDERS]
    for key in sorted(wanted - set(known)):
        raise ValueError(f"There is no contender {key!r}. Choose from {', '.join(known)}.")
    return tuple(each for each in CONTENDERS if not wanted or each.key in {BASELINE, *wanted})
