"""What a server answers for: the documented families, or documents that nobody here wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mockserver.admin.control import Growth
from mockserver.api.families import REVIEWS, Families
from mockserver.archive import BusinessKeeper, Keeper
from mockserver.bundle import contract_path, scenario_directory
from mockserver.clock import Clock
from mockserver.contract import build_contract, load_document, read_document
from mockserver.errors import SetupError
from mockserver.seed import grow, load_scenario
from mockserver.settings import Settings
from mockserver.store import StoredWorld
from mockserver.wire.api import Api
from mockserver.wire.dialects import Dialect, LeadsDialect, MerchantDialect, OtesseDialect
from mockserver.wire.kept import Kept


@dataclass(frozen=True, slots=True)
class Serving:
    """The contracts with those who answer for them, and the worlds that they answer from.

    `grow` makes a world of a name, `files` are those it was all read from, `notes` what whoever
    started the server should know, a sentence each.
    """

    apis: tuple[Api, ...]
    grow: Callable[[str, Growth], StoredWorld]
    keeper: Keeper
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def families(settings: Settings) -> Serving:
    """The documented families; SetupError for a bad prefix or scenario, or handlers."""
    if settings.handlers:
        raise SetupError(
            f"--handlers {settings.handlers} answers operations of documents: name a document, too."
        )
    source = read_document(contract_path())
    if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+", settings.leads_prefix):
        raise SetupError(f"The leads prefix {settings.leads_prefix!r} is no path such as /leads.")
    mounted = re.sub(r"(?m)^  /leads/", f"  {settings.leads_prefix}/", source)  # domain 0.3
    contract = build_contract(load_document(mounted, str(contract_path())), mounted)
    api = Api(
        contract,
        "",
        Families(contract).answer,
        _dialects(settings),
        reviews=REVIEWS,
        kept=kept_bytes(settings),
    )
    return Serving((api,), lambda name, growth: _grown(settings, name, growth), BusinessKeeper())


def clock_of(settings: Settings) -> Clock:
    """The clock that a world begins with."""
    return Clock.frozen(settings.now) if settings.now else Clock.wall()


def kept_bytes(settings: Settings) -> Kept | None:
    """The bytes of replies, unless each is to be made anew."""
    return Kept(settings.kept_mib * 1024 * 1024) if settings.fast and settings.kept_mib else None


def _grown(settings: Settings, name: str, growth: Growth) -> StoredWorld:
    """A world from the recipe of the server, or from the parts of another."""
    scenario = load_scenario(growth.scenario or settings.scenario, scenario_directory())
    if growth.size is not None:
        scenario = replace(scenario, customers=replace(scenario.customers, count=growth.size))
    if growth.locale is not None:
        scenario = replace(scenario, locale=growth.locale)
    seed = settings.seed if growth.seed is None else growth.seed
    return grow(scenario, seed=seed, clock=clock_of(settings), name=name)


def _dialects(settings: Settings) -> dict[str, Dialect]:
    otesse = OtesseDialect()
    return {
        "customers": otesse,
        "bookings": otesse,
        "invoices": otesse,
        "merchant": MerchantDialect(),
        "leads": LeadsDialect(settings.leads_prefix),
    }
