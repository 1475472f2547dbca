"""Identities: everybody who might call an operation, and what they must be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import header_of
from contract_tests.exchanges import Pairs
from contract_tests.semantics import Credential

Json = Any
_VALID = ("valid",)
_REFUSED = ("expired", "revoked", "malformed")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody: the headers and the query they send, and the status they must get.

    `expected` is 0 for one who may call. `kind` sets findings apart.
    """

    kind: str
    title: str
    headers: Pairs
    expected: int
    query: str = ""


def identities_of(bench: Bench) -> list[Identity]:
    """Every identity that can be tried on an operation, each once."""
    found = [*_without(bench), *_refused(bench), *_of_others(bench), *_lesser(bench)]
    found += [*_outranked(bench), *_valid(bench)]
    unique: dict[tuple[Pairs, str], Identity] = {}
    for each in found:
        unique.setdefault((each.headers, each.query), each)
    return list(unique.values())


def schemes_of(bench: Bench) -> list[str]:
    """The security schemes of an operation, in their order."""
    return list(dict.fromkeys(name for each in bench.operation.security for name in each))


def needed_scopes(bench: Bench) -> frozenset[str]:
    """The scopes that an operation needs, whichever way in is taken."""
    return frozenset(s for each in bench.operation.security for v in each.values() for s in v)


def missing_kinds(bench: Bench, identities: list[Identity]) -> Iterator[tuple[str, str]]:
    """What could not be tried for want of a credential, and which one would help."""
    kinds = {each.kind for each in identities}
    access = bench.semantics.access
    if needed_scopes(bench) and "lacks-scope" not in kinds:
        scopes = ", ".join(sorted(needed_scopes(bench)))
        yield f"a credential without {scopes}", "give --auth a `limited` one that lacks the scope"
    is_for_roles = not needed_scopes(bench) and access.forbidden in bench.operation.statuses
    if is_for_roles and "forbidden" not in kinds:
        yield "a role that may not", "give --auth a `forbidden` credential"
    for state in ("expired", "revoked"):
        if state not in kinds:
            yield f"a credential that is {state}", f"give --auth a `refused` one of state {state}"


def _without(bench: Bench) -> Iterator[Identity]:
    status = bench.semantics.access.unauthenticated
    yield Identity("none", "without a credential", (), status)
    for name in schemes_of(bench):
        scheme = bench.contract.security_schemes[name]
        if _is_bearer(scheme):
            yield Identity(
                "empty", "with an empty credential", (("Authorization", "Bearer "),), status
            )
            yield Identity("empty", "with an empty credential", (("Authorization", ""),), status)
        else:
            headers, query = _presented(scheme, "")
            yield Identity("empty", "with an empty credential", headers, status, query)
        text = _valid_text(bench, name)
        if text:
            yield from _misplaced(scheme, text, status)


def _misplaced(scheme: Json, text: str, status: int) -> Iterator[Identity]:
    """A valid credential in a place or a form where it does not count."""
    if _is_bearer(scheme):
        for kind, value in (
            ("scheme", f"Basic {text}"),
            ("scheme", f"Token {text}"),
            ("scheme", text),
            ("scheme", f"Bearer{text}"),
        ):
            title = f"with a credential as `{value.split(text)[0].split(' ')[0] or 'nothing'}`"
            yield Identity(kind, title, (("Authorization", value),), status)
    for name in ("access_token", "token", "api_key"):
        if _place(scheme) == ("query", name):
            continue
        query = f"{name}={text}"
        yield Identity("place", "with a credential in the query", (), status, query)


def _refused(bench: Bench) -> Iterator[Identity]:
    status = bench.semantics.access.unauthenticated
    for credential in _of_schemes(bench):
        if credential.state in ("expired", "revoked", "malformed"):
            title = f"with a credential that is {credential.state}"
            headers, query = _shown(bench, credential)
            yield Identity(credential.state, title, headers, status, query)
    for name in schemes_of(bench):
        scheme = bench.contract.security_schemes[name]
        pattern = scheme.get("x-credential-pattern")
        text = _valid_text(bench, name) or ""
        for bad in (
            (text[:-1] + "!", text + " x", "x", text.upper(), f"{text}\t") if pattern else ()
        ):
            if not re.fullmatch(pattern, bad.strip()) and bad.strip():
                headers, query = _presented(scheme, bad)
                yield Identity("malformed", "with a malformed credential", headers, status, query)


def _of_others(bench: Bench) -> Iterator[Identity]:
    """Valid credentials of schemes that the operation does not have, in places that it has.

    Judged where their form cannot be valid here: another place, or a pattern that they break.
    """
    status = bench.semantics.access.unauthenticated
    own = schemes_of(bench)
    places = {_place(bench.contract.security_schemes[name]) for name in own}
    for credential in bench.plan.credentials.all:
        scheme = bench.contract.security_schemes.get(credential.scheme)
        if scheme is None or credential.scheme in own or credential.state != "valid":
            continue
        if _place(scheme) not in places:
            title = f"with a credential of {credential.scheme}"
            headers, query = _shown(bench, credential)
            yield Identity("foreign", title, headers, status, query)
        for name in own:
            pattern = bench.contract.security_schemes[name].get("x-credential-pattern")
            if pattern and not re.fullmatch(pattern, credential.text):
                headers, query = _presented(bench.contract.security_schemes[name], credential.text)
                title = f"with a credential of {credential.scheme} as {name}"
                yield Identity("foreign", title, headers, status, query)


def _lesser(bench: Bench) -> Iterator[Identity]:
    status = bench.semantics.access.forbidden
    if status not in bench.operation.statuses:
        return
    needed = needed_scopes(bench)
    for credential in _of_schemes(bench):
        headers, query = _shown(bench, credential)
        if credential.state == "forbidden":
            yield Identity("forbidden", "with a role that may not", headers, status, query)
        elif credential.state == "limited" and needed:
            if needed <= set(credential.scopes):
                title = f"with no more than {', '.join(sorted(credential.scopes))}"
                yield Identity("enough", title, headers, 0, query)
            else:
                lacking = ", ".join(sorted(needed - set(credential.scopes)))
                yield Identity(
                    "lacks-scope", f"without the scope {lacking}", headers, status, query
                )


def _valid(bench: Bench) -> Iterator[Identity]:
    for credential in _of_schemes(bench):
        if credential.state == "valid":
            title = f"with a valid credential of {credential.scheme}"
            headers, query = _shown(bench, credential)
            yield Identity("valid", title, headers, 0, query)


def _outranked(bench: Bench) -> Iterator[Identity]:
    """Two credentials at once, where it is declared which of them counts."""
    access, own = bench.semantics.access, schemes_of(bench)
    pairs = [(one, two) for one, lesser in access.outranks.items() for two in lesser]
    for first, second in pairs:
        for states, others, expected in (
            (_REFUSED, _VALID, access.unauthenticated),
            (_VALID, _REFUSED, 0),
        ):
            one, two = _in_state(bench, first, states), _in_state(bench, second, others)
            if first not in own or second not in own or one is None or two is None:
                continue
            headers, query = _shown(bench, one)
            more, further = _shown(bench, two)
            title = f"with {one.state} {first} and {two.state} {second} at once"
            yield Identity("outranked", title, (*headers, *more), expected, query or further)


def _in_state(bench: Bench, scheme: str, states: tuple[str, ...]) -> Credential | None:
    found = (c for c in bench.plan.credentials.all if c.scheme == scheme and c.state in states)
    return next(found, None)


def _of_schemes(bench: Bench) -> Iterator[Credential]:
    own = schemes_of(bench)
    for credential in bench.plan.credentials.all:
        if credential.scheme in own:
            yield credential


def _valid_text(bench: Bench, scheme: str) -> str | None:
    for credential in bench.plan.credentials.all:
        if credential.scheme == scheme and credential.state == "valid":
            return credential.text
    return None


def _shown(bench: Bench, credential: Credential) -> tuple[Pairs, str]:
    return _presented(bench.contract.security_schemes[credential.scheme], credential.text)


def _presented(scheme: Json, text: str) -> tuple[Pairs, str]:
    """The headers and the query in which a scheme takes a credential."""
    if scheme.get("type") == "apiKey" and scheme.get("in") == "query":
        return (), f"{scheme['name']}={text}"
    return (header_of(scheme, text),), ""


def _is_bearer(scheme: Json) -> bool:
    return _place(scheme) == ("header", "authorization")


def _place(scheme: Json) -> tuple[str, str]:
    """Where a scheme takes its credential: header, cookie or query, and the name."""
    if scheme.get("type") == "apiKey":
        return str(scheme.get("in", "header")), str(scheme.get("name", "")).lower()
    return "header", "authorization"
