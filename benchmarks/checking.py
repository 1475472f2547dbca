"""What a contender really does, established by asking it before it is measured."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import httpx

from benchmarks.contenders import Contender
from benchmarks.operations import JOHN, LIST, NEW_CUSTOMER, TOKEN, WRONG_CUSTOMER

_YES, _NO = "yes", "no"
# Where Prism tells what was wrong with the answer that it sent all the same.
_CONFESSION = "sl-violations"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen, in the words of the table. `fault`: why it cannot be measured, or ""."""

    fault: str = ""
    keeps_state: str = _NO
    checks_request: str = _NO
    checks_answer: str = _NO
    listed: int = 0

    @property
    def refuses(self) -> bool:
        """Whether a wrong request is refused."""
        return self.checks_request != _NO


def check(contender: Contender, port: int, members: Collection[str]) -> Facts:
    """Ask one of everything; `members` are those that a customer must have.

    A server of ours is put back afterwards.
    """
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": TOKEN, "Content-Type": "application/json"},
        limits=httpx.Limits(max_keepalive_connections=0),  # some hang up after an answer of 500
        trust_env=False,
        timeout=20,
    ) as client:
        try:
            return _fault(contender, client, members) or _facts(contender, client)
        except httpx.HTTPError as error:
            return Facts(f"{error.request.method} {error.request.url}: {error!r}")


def _fault(contender: Contender, client: httpx.Client, members: Collection[str]) -> Facts | None:
    got = client.get(contender.path(f"/v1/customers/{JOHN}"))
    missing = sorted(set(members) - set(_members(got)))
    if got.status_code == 200 and not missing:
        return None
    lacks = f" without {', '.join(missing)}" if missing else ""
    return Facts(f"GET of a customer is answered {got.status_code}{lacks}")


def _facts(contender: Contender, client: httpx.Client) -> Facts:
    facts = Facts(
        keeps_state=_state(contender, client),
        checks_request=_request(contender, client),
        checks_answer=_answer(contender, client),
        listed=len(_members(client.get(contender.path(LIST))).get("data", ())),
    )
    if contender.is_ours:
        client.post("/__admin/reset").raise_for_status()
    return facts


def _state(contender: Contender, client: httpx.Client) -> str:
    """Create a customer, get it, and see its own email."""
    body = NEW_CUSTOMER.replace("{n}", "0")
    made = _members(client.post(contender.path("/v1/customers"), content=body))
    found = _members(client.get(contender.path(f"/v1/customers/{made.get('id')}")))
    return _YES if found.get("email") == "ada0@bench.example" else _NO


def _request(contender: Contender, client: httpx.Client) -> str:
    """Send a body that the contract refuses."""
    body = WRONG_CUSTOMER.replace("{n}", "1")
    status = client.post(contender.path("/v1/customers"), content=body).status_code
    return f"{_YES} ({status})" if 400 <= status < 500 else _NO


def _answer(contender: Contender, client: httpx.Client) -> str:
    """Ask for what can only be answered by breaking the contract."""
    if contender.broken is None:
        return _NO
    path, headers = contender.broken(client)
    answer = client.get(contender.path(path), headers=headers)
    if answer.status_code >= 500:
        return f"{_YES} ({answer.status_code})"
    if answer.status_code >= 400:  # the record is not there, which says nothing of checking
        return f"unknown ({answer.status_code})"
    return "tells in a header" if "response" in answer.headers.get(_CONFESSION, "") else _NO


def _members(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
