"""The plan: which contract is judged, with what, how thoroughly, and which operations and packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from contract_tests.contract import Contract, ContractError, load_contract
from contract_tests.semantics import Credentials, Semantics, load_semantics, semantics_beside
from contract_tests.semantics.loading import load_auth

CHECKOUT = Path(__file__).parent.parent
CONTRACT = CHECKOUT / "openapi.yaml"
# Credentials, checks and the few allowed refusals; `st run` finds it by itself in the checkout.
CONFIGURATION = CHECKOUT / "schemathesis.toml"


@dataclass(frozen=True, slots=True)
class Profile:
    """How much is done; never how long it may take, which would make findings a matter of luck.

    `sequences` and `steps` are for the differential pack, for each operation; `examples` for the
    schema pack, for each operation; `journeys` how many of its stateful scenarios.
    """

    name: str
    packs: tuple[str, ...]
    sequences: int
    steps: int
    examples: int
    journeys: int


_PACKS = (
    "lint",
    "protocol",
    "lifecycle",
    "collections",
    "rules",
    "access",
    "differential",
    "schema",
)
_QUICK = ("lint", "lifecycle", "collections", "rules", "access")
PROFILES = {
    each.name: each
    for each in (
        Profile("smoke", _QUICK, 1, 8, 0, 0),
        Profile("standard", _PACKS, 3, 12, 10, 20),
        Profile("deep", _PACKS, 60, 25, 100, 200),
    )
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked for; small, so that every worker can be handed it."""

    url: str
    spec: str = str(CONTRACT)
    semantics: str | None = None
    profile: str = "standard"
    packs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    seed: int = 1
    auth: str | None = None
    is_read_only: bool = False
    rate: float | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run judges. `left_out` are operations that it must not call."""

    options: Options
    contract: Contract
    semantics: Semantics
    credentials: Credentials
    profile: Profile
    packs: tuple[str, ...]
    operations: tuple[str, ...]
    left_out: frozenset[str]

    @property
    def seed(self) -> int:
        """The seed of everything that is drawn."""
        return self.options.seed

    @property
    def is_read_only(self) -> bool:
        """Whether the run may only read."""
        return self.options.is_read_only

    @property
    def rate(self) -> float | None:
        """How many requests may leave in a second; None for as many as can."""
        return self.options.rate


def make_plan(options: Options) -> Plan:
    """Read everything that the options name; ContractError names the one that cannot be used."""
    if not options.url.startswith(("http://", "https://")):
        raise ContractError(f"--url {options.url!r} does not begin with http:// or https://.")
    contract = load_contract(Path(options.spec).resolve())
    semantics = _semantics(options, contract)
    credentials = load_auth(Path(options.auth)) if options.auth else semantics.credentials
    operations = _chosen(options, contract)
    return Plan(
        options,
        contract,
        semantics,
        credentials,
        _profile(options.profile),
        _packs(options),
        operations,
        frozenset(contract.operations) - frozenset(operations),
    )


def _semantics(options: Options, contract: Contract) -> Semantics:
    path = (
        Path(options.semantics) if options.semantics else semantics_beside(contract.document.path)
    )
    return load_semantics(path, contract) if path else Semantics()


def _profile(name: str) -> Profile:
    if name not in PROFILES:
        raise ContractError(f"--profile {name!r} is not one of {', '.join(PROFILES)}.")
    return PROFILES[name]


def _packs(options: Options) -> tuple[str, ...]:
    unknown = [name for name in options.packs if name not in _PACKS]
    if unknown:
        raise ContractError(f"--packs {', '.join(unknown)}: there are {', '.join(_PACKS)}.")
    chosen = options.packs or _profile(options.profile).packs
    return tuple(name for name in _PACKS if name in chosen)


def _chosen(options: Options, contract: Contract) -> tuple[str, ...]:
    """The operations a run judges; `tag:name` stands for all of a tag."""
    only = _named("--only", options.only, contract) if options.only else set(contract.operations)
    chosen = only - _named("--skip", options.skip, contract)
    if not chosen:
        raise ContractError("--only and --skip leave no operation to judge.")
    return tuple(name for name in contract.operations if name in chosen)


def _named(flag: str, names: Iterable[str], contract: Contract) -> set[str]:
    found: set[str] = set()
    for name in names:
        tag = name.removeprefix("tag:")
        of_tag = {o.name for o in contract.operations.values() if tag in o.tags}
        matching = of_tag if name.startswith("tag:") else {name} & set(contract.operations)
        if not matching:
            known = ", ".join(list(contract.operations)[:6])
            raise ContractError(f"{flag} {name!r} is no operation of the contract ({known}, …).")
        found |= matching
    return found
