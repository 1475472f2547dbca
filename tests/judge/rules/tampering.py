"""Our server within this process, its requests and answers tampered with on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from contract_tests.bench import Bench
from contract_tests.exchanges import Answer, Sent
from contract_tests.pack import load_pack
from contract_tests.plan import CHECKOUT, Options, Plan, make_plan
from contract_tests.targets import NOW, References, Target
from contract_tests.watching import Watch
from tests.judge.tampered import Tamper, TamperedWire

Json = Any
EXAMPLES = CHECKOUT / "fixtures" / "examples"


@cache
def references() -> References:
    """Our server with the credentials of the examples."""
    return References(NOW, EXAMPLES / "credentials.yaml")


@cache
def plan(profile: str = "standard", *, is_read_only: bool = False) -> Plan:
    """A plan with the credentials that go with the server's."""
    auth = str(EXAMPLES / "auth.json")
    return make_plan(
        Options("http://reference", profile=profile, auth=auth, is_read_only=is_read_only)
    )


def bench_of(
    pack: str, operation: str, tamper: Tamper | None = None, judged: Plan | None = None
) -> Bench:
    """A bench after a pack judged an operation on a server that is tampered with."""
    world = f"{pack}-{operation}-{id(tamper)}".lower()
    target = references().open_world(world, NOW)
    wire = TamperedWire(target.wire, tamper) if tamper else target.wire
    tampered = Target(wire, target.headers, target.steering, target.world, target.now())
    bench = Bench(judged or plan(), tampered, pack, operation, "bcdfg")
    try:
        load_pack(pack).judge(bench)
    finally:
        references().forget(target)
    Watch(bench.plan).look_over(bench)
    return bench


def found(pack: str, operation: str, tamper: Tamper | None = None) -> list[str]:
    """The codes that a pack finds; a smoke run is enough for those that try one thing often."""
    judged = plan("standard" if pack == "rules" else "smoke")
    return [finding.code for finding in bench_of(pack, operation, tamper, judged).findings]


def is_to(sent: Sent, method: str, part: str) -> bool:
    """Whether a request has a method and a part of its path."""
    return sent.method == method and part in sent.target.partition("?")[0]


def changed(answer: Answer, change: Callable[[Json], Json]) -> Answer:
    """An answer with its JSON changed; one without JSON stays."""
    try:
        value = json.loads(answer.body)
    except ValueError:
        return answer
    body = json.dumps(change(value)).encode()
    headers = tuple(
        (name, str(len(body)) if name.lower() == "content-length" else text)
        for name, text in answer.headers
    )
    return replace(answer, body=body, headers=headers)
