"""Spelling: what HTTP compares without regard to case is taken in whichever it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import header_of
from contract_tests.exchanges import Exchange
from contract_tests.preparing import Prepared

Json = Any
_JSON = "application/json"
_SCHEMED = ("http", "oauth2", "openIdConnect")  # types whose credential follows a scheme's name


@dataclass(frozen=True, slots=True)
class Spelling:
    """Headers in another spelling, and the rule of RFC 9110 that makes it the same."""

    what: str
    headers: Mapping[str, str]
    rule: str
    section: str


def judge_spelling(bench: Bench, prepared: Prepared) -> None:
    """Send a good request in other spellings; one that is refused for that alone is a finding.

    How else it is answered the second time (404, 409) is not looked at.
    """
    usual, refusals = _usual(bench, prepared), (bench.semantics.access.unauthenticated, 415)
    for spelling in _spellings(usual):
        spelled = _sent(bench, prepared, spelling.headers)
        if spelled.answer.status in refusals:
            good = _sent(bench, prepared, usual)
            if good.answer.status not in refusals:
                _put(bench, spelling, good, spelled)


def _usual(bench: Bench, prepared: Prepared) -> dict[str, str]:
    """The headers that a client sends: a credential, where one goes by header, and a type."""
    schemes = bench.contract.security_schemes
    alone = {next(iter(each)) for each in bench.operation.security if len(each) == 1}
    ways = [
        header_of(schemes[each.scheme], each.text)
        for each in bench.plan.credentials.all
        if each.state == "valid" and each.scheme in alone and _is_schemed(schemes[each.scheme])
    ]
    media = prepared.has_body and _JSON in bench.operation.bodies
    return {**dict(ways[:1]), **({"Content-Type": _JSON} if media else {})}


def _is_schemed(scheme: Json) -> bool:
    return scheme.get("type") in _SCHEMED


def _spellings(usual: Mapping[str, str]) -> Iterator[Spelling]:
    kind, _, text = usual.get("Authorization", "").partition(" ")
    for written in (kind.lower(), kind.upper()) if kind else ():
        yield Spelling(
            f"A valid credential whose scheme is written `{written}`",
            {**usual, "Authorization": f"{written} {text}"},
            "The name of an authentication scheme is compared without regard to case.",
            "11.1",
        )
    if "Content-Type" in usual:
        yield Spelling(
            "A body whose type is written `Application/JSON`",
            {**usual, "Content-Type": "Application/JSON"},
            "Type and subtype are compared without regard to case.",
            "8.3.1",
        )
    for change in (str.lower, str.upper) if usual else ():
        headers = {change(name): value for name, value in usual.items()}
        yield Spelling(
            f"A request with the header fields `{'`, `'.join(headers)}`",
            headers,
            "Names of header fields are compared without regard to case.",
            "5.1",
        )


def _sent(bench: Bench, prepared: Prepared, headers: Mapping[str, str]) -> Exchange:
    identity = "none" if any(name.lower() == "authorization" for name in headers) else "valid"
    return prepared.call(bench, identity=identity, headers=dict(headers))


def _put(bench: Bench, spelling: Spelling, good: Exchange, spelled: Exchange) -> None:
    bench.found(
        "spelling-refused",
        "major",
        f"{spelling.what} is refused with {spelled.answer.status}",
        rule=spelling.rule,
        source=f"RFC 9110, {spelling.section}",
        expected={"status": good.answer.status},
        got={"status": spelled.answer.status},
        exchanges=(good, spelled),
        subject=spelling.what,
    )
