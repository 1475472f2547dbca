"""Traffic held against the contract: what clients and servers said to each other, seen passively.

Nothing enters that sends a request of its own; `relay` passes on those of others.
"""

from __future__ import annotations

from collections.abc import Iterable

from contract_tests.contract import Contract
from contract_tests.exchanges import Exchange
from contract_tests.packs.traffic.credentials import kept_carriers, key_names
from contract_tests.packs.traffic.judging import Judge, Strictness
from contract_tests.packs.traffic.places import Bases, bases_at, bases_of, hosts_of
from contract_tests.packs.traffic.recorded import (
    NoServerError,
    Recorded,
    Traffic,
    TrafficError,
)
from contract_tests.packs.traffic.sources import read_traffic
from contract_tests.packs.traffic.summary import summary
from contract_tests.results import RunResult

__all__ = [
    "Bases",
    "Judge",
    "NoServerError",
    "Recorded",
    "Strictness",
    "Traffic",
    "TrafficError",
    "bases_at",
    "bases_of",
    "judge_traffic",
    "key_names",
    "read_traffic",
    "summary",
]


def judge_traffic(
    contract: Contract,
    traffic: Traffic | Iterable[Exchange],
    bases: Iterable[str] = (),
    *,
    strict_query: bool = False,
) -> RunResult:
    """What some traffic says about the contract.

    `bases` are paths that the API is mounted at; without any they are found out. Requests to hosts
    that serve nothing of the contract are ignored. A request that breaks the contract and was
    refused with 4xx is correct; one that was accepted is a finding.
    """
    if not isinstance(traffic, Traffic):
        traffic = Traffic("exchanges", tuple(Recorded(each) for each in traffic))
    mounted = bases_of(contract, bases, traffic.recorded)
    hosts = hosts_of(traffic.recorded, mounted)
    strictness = Strictness(strict_query, kept_carriers(traffic.recorded))
    judge = Judge(contract, mounted, strictness)
    for recorded in traffic.recorded:
        if recorded.exchange.url in hosts:
            judge.judge(recorded)
        else:
            why = f"nothing at {recorded.exchange.url} meets the contract"
            judge.miss("", "an exchange", why)
    for reason, count in sorted(traffic.ignored.items()):
        judge.miss("", f"{count} entries", reason)
    return judge.result(traffic.source)
