"""What is said when a server is ready: where it listens, what it serves, a first call to try."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from mockserver.app import ADMIN_PATH, Server
from mockserver.clock import instant_text
from mockserver.contract import Operation
from mockserver.contract.recipes import sample_request
from mockserver.settings import Settings
from mockserver.store import StoredWorld
from mockserver.wire.api import Api


def welcome_to(server: Server, url: str, settings: Settings) -> str:
    """Some lines for people, the address in the first of them, a `curl` in the last."""
    told = _of_documents if settings.documents else _of_families
    return f"""mockserver is listening on {url} (stop it with Ctrl-C)

  docs     {url}/docs
  admin    {url}{ADMIN_PATH}/health
{told(server, url)}
"""


def _of_families(server: Server, url: str) -> str:
    key = "otesse_test_sk_demo"
    return f"""  world    {_counts(server.worlds.default.world)}
  key      {key} (any otesse_test_sk_… will do)

  curl -H "Authorization: Bearer {key}" "{url}/v1/customers?search=john&status=active\""""


def _of_documents(server: Server, url: str) -> str:
    world = server.worlds.default.world
    lines = [f"  world    seed {world.seed}; {_clock(world)}"]
    lines += [f"  serves   {_described(api, url)}" for api in server.serving.apis]
    calls = [call for api in server.serving.apis for call in _calls(api, url)]
    return "\n".join([*lines, "", *calls[:1]])


def _described(api: Api, url: str) -> str:
    contract = api.contract
    title = f"{contract.title or 'a document without a title'} {contract.version}".strip()
    return f"{title} at {url}{api.base_path}/ ({len(contract.operations):,} operations)"


def _calls(api: Api, url: str) -> Iterator[str]:
    """Calls to begin with: lists before single records, what needs no credential first."""
    for operation in sorted(api.contract.operations, key=_simplicity):
        request = sample_request(api.contract, operation, api.base_path)
        fields = [
            f"-H {shlex.quote(f'{name}: {value}')}" for name, value in request.headers.items()
        ]
        method = [] if operation.method == "GET" else ["-X", operation.method]
        yield " ".join(["  curl", *method, *fields, shlex.quote(url + request.path)])
        return


def _simplicity(operation: Operation) -> tuple[bool, int, bool, int]:
    needed = sum(p.required for p in operation.parameters)
    is_odd = not any(name.startswith("2") for name in operation.responses)
    return operation.method != "GET", needed, is_odd, len(operation.path)


def _counts(world: StoredWorld) -> str:
    shown = ("customers", "bookings", "invoices")
    rows = ", ".join(f"{len(world.collections[name]):,} {name}" for name in shown)
    return f"{world.scenario} (seed {world.seed}): {rows}; {_clock(world)}"


def _clock(world: StoredWorld) -> str:
    if world.clock.is_frozen:
        return f"clock stopped at {instant_text(world.now())}"
    return "clock runs"
