"""Servers that are ours but for one fault, seen only by the judge."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

import uvicorn

from contract_tests.bench import Bench
from contract_tests.exchanges import Answer, Sent
from contract_tests.packs.differential import PACK
from contract_tests.plan import Options, make_plan
from contract_tests.targets import NOW, References, Target, _application

Json = Any
Change = Callable[[Sent, Answer], Answer]


@dataclass
class FaultyWire:
    """A wire on which answers are changed."""

    wire: Any
    change: Change
    heard: Callable[[Sent], Sent]
    url: str = "http://target"

    def send(self, sent: Sent) -> Answer:
        if sent.target.startswith("/__admin"):
            return cast(Answer, self.wire.send(sent))
        return self.change(sent, self.wire.send(self.heard(sent)))

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """One after another."""
        return [self.send(each) for each in several]

    def close(self) -> None:
        """Nothing to close."""


def told(method: str, ending: str, edit: Callable[[Json], None]) -> Change:
    """JSON answers of 2xx to requests whose path ends or begins so, as `edit` changes them."""

    def change(sent: Sent, answer: Answer) -> Answer:
        path = sent.target.partition("?")[0]
        is_meant = sent.method == method and (path.endswith(ending) or path.startswith(ending))
        if not is_meant or answer.status >= 300 or not answer.body:
            return answer
        value = answer.json
        edit(value)
        return replace(answer, body=json.dumps(value).encode())

    return change


def unharmed(_sent: Sent, answer: Answer) -> Answer:
    """No fault at all."""
    return answer


def judged(
    references: References,
    operation: str,
    change: Change,
    *,
    seed: int = 1,
    profile: str = "standard",
    heard: Callable[[Sent], Sent] = lambda sent: sent,
) -> Bench:
    """The bench after the pack has judged one operation of a server with a fault."""
    plan = make_plan(Options("http://target", profile=profile, packs=("differential",), seed=seed))
    target: Target = references.open_world(f"target-{operation}".lower(), NOW)
    target.wire = FaultyWire(target.wire, change, heard)
    bench = Bench(plan, target, "differential", operation, "bcdfg")
    bench.kept["references"] = references
    PACK.judge(bench)
    references.forget(target)
    return bench


@contextmanager
def served(edit: Callable[[str, str, Json], Json]) -> Iterator[str]:
    """The address of our server on a socket, with JSON answers changed by `edit`."""
    application = _application(NOW, None)

    async def faulty(scope: Json, receive: Json, send: Json) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/__admin"):
            await application(scope, receive, send)
            return
        started: Json = {}
        parts: list[bytes] = []

        async def keep(message: Json) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                parts.append(message.get("body", b""))

        await application(scope, receive, keep)
        body = b"".join(parts)
        if body and started["status"] < 300:
            body = json.dumps(edit(scope["method"], scope["path"], json.loads(body))).encode()
        headers = [(n, v) for n, v in started["headers"] if n.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({**started, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(faulty, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
