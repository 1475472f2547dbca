"""Assembly: builds every part from the settings and joins them. Read this first."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal

from starlette.types import ASGIApp

from mockserver.admin.control import Admin, Control, Growth
from mockserver.api.families import REVIEWS, Families
from mockserver.archive import SnapshotFiles
from mockserver.bundle import contract_path, scenario_directory
from mockserver.clock import Clock
from mockserver.contract import Contract, build_contract, load_document, read_document
from mockserver.contract.recipes import recipes
from mockserver.domain.world import World
from mockserver.errors import SetupError
from mockserver.inspector import PAGE
from mockserver.rates import PLANS, Plan
from mockserver.seed import grow, load_scenario
from mockserver.settings import Settings
from mockserver.traffic import Events, Limits, declare
from mockserver.wire.api import Api
from mockserver.wire.compiled import CompiledDoor, Desk
from mockserver.wire.cors import Cors
from mockserver.wire.credentials import Credentials, load_credentials
from mockserver.wire.deferred import Deferred
from mockserver.wire.dialects import Dialect, LeadsDialect, MerchantDialect, OtesseDialect
from mockserver.wire.edge import Edge
from mockserver.wire.guard import Guard
from mockserver.wire.inspecting import Inspector
from mockserver.wire.kept import Kept
from mockserver.wire.pages import Pages
from mockserver.wire.replaying import Replays
from mockserver.wire.security import ContractSecurity
from mockserver.worlds import DEFAULT, WorldKit, WorldLimits, Worlds

ADMIN_PATH = "/__admin"


@dataclass(frozen=True, slots=True)
class Server:
    """A server before it has a socket: the ASGI application and the worlds behind it."""

    asgi: ASGIApp
    worlds: Worlds
    contract: Contract
    events: Events
    desk: Desk | None = None
    """Answers what is in order without ASGI; None where everything goes through Connexion."""

    def protocol(self, http: str) -> type[asyncio.Protocol] | Literal["auto"]:
        """What uvicorn's setting `http` is given: `fast` asks the desk before ASGI does."""
        if http == "plain" or self.desk is None:
            return "auto"
        from mockserver.wire.compiled.protocol import protocol_of  # noqa: PLC0415 - needs uvicorn

        return protocol_of(self.desk)


def build_server(settings: Settings) -> Server:
    """Build everything; SetupError says what is wrong with a setting, a scenario or a contract."""
    contract = _mounted(read_document(contract_path()), settings.leads_prefix)
    _refuse_collisions(contract)
    declared = declare(contract)
    worlds = Worlds(
        _grown(settings, DEFAULT, Growth()),
        WorldKit(*_rates(settings), declared, Limits(entries=settings.journal)),
        WorldLimits(settings.max_worlds, settings.world_idle_s),
    )
    events = Events()
    max_body_bytes = settings.max_body_kib * 1024
    known_recipes = cache(partial(recipes, contract, ADMIN_PATH, max_body_bytes))
    files = SnapshotFiles(settings.snapshots) if settings.snapshots else None
    families, replays = _families_api(settings, contract), Replays()
    admin = read_contract(Path(__file__).parent / "admin" / "openapi.yaml")
    control = Control(
        worlds=worlds,
        contract=contract,
        grow=partial(_grown, settings),
        events=events,
        explainer=families.explainer,
        replay=replays.send,
        admin_document=admin.document,
        snapshot_files=files,
        recipes=known_recipes,
    )
    credentials = load_credentials(settings.credentials) if settings.credentials else Credentials()
    apis = (_admin_api(settings, admin, control), families)
    security = ContractSecurity(credentials)
    framework = Deferred(partial(_framework, apis, security, max_body_bytes))
    inspector = Inspector(PAGE, f"{ADMIN_PATH}/ui")
    edge = Edge(framework, apis, Pages(contract), worlds, events, inspector)
    replays.app = edge
    cors = partial(Cors, origins=settings.cors_origin, private=ADMIN_PATH)
    if not settings.fast:
        return Server(cors(edge), worlds, contract, events)
    desk = Desk(families, apis, worlds, declared, events, security, max_body_bytes)
    return Server(CompiledDoor(edge, desk, cors), worlds, contract, events, desk)


def _admin_api(settings: Settings, admin: Contract, control: Control) -> Api:
    guard = Guard(settings.admin_token, settings.host)
    return Api(admin, ADMIN_PATH, Admin(control, admin).answer, guard=guard)


def _families_api(settings: Settings, contract: Contract) -> Api:
    answer, kept = Families(contract).answer, _kept(settings)
    return Api(contract, "", answer, _dialects(settings), reviews=REVIEWS, kept=kept)


def _framework(apis: tuple[Api, ...], security: ContractSecurity, max_body_bytes: int) -> ASGIApp:
    from mockserver.wire.framework import build_connexion  # noqa: PLC0415 - half a second

    app: ASGIApp = build_connexion(apis, security, max_body_bytes)
    return app


def read_contract(path: Path) -> Contract:
    """The contract in a file; SetupError names the file and what is wrong with it."""
    source = read_document(path)
    return build_contract(load_document(source, str(path)), source)


def _mounted(source: str, leads_prefix: str) -> Contract:
    """The contract with the leads family where it is wanted (domain 0.3)."""
    if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+", leads_prefix):
        raise SetupError(f"The leads prefix {leads_prefix!r} is no path such as /leads.")
    mounted = re.sub(r"(?m)^  /leads/", f"  {leads_prefix}/", source)
    return build_contract(load_document(mounted, str(contract_path())), mounted)


def _refuse_collisions(contract: Contract) -> None:
    """No path of the contract may hide the server's own API, or name a world."""
    for operation in contract.operations:
        if (operation.path + "/").startswith((ADMIN_PATH + "/", "/~")):
            raise SetupError(
                f"The path {operation.path} of the contract collides with the server's own paths "
                f"({ADMIN_PATH}/… and /~<world>/…): it cannot be served."
            )


def _grown(settings: Settings, name: str, growth: Growth) -> World:
    """A world from the recipe of the server, or from the parts of another."""
    scenario = load_scenario(growth.scenario or settings.scenario, scenario_directory())
    if growth.size is not None:
        scenario = replace(scenario, customers=replace(scenario.customers, count=growth.size))
    if growth.locale is not None:
        scenario = replace(scenario, locale=growth.locale)
    seed = settings.seed if growth.seed is None else growth.seed
    clock = Clock.frozen(settings.now) if settings.now else Clock.wall()
    return grow(scenario, seed=seed, clock=clock, name=name)


def _kept(settings: Settings) -> Kept | None:
    """The bytes of replies, unless each is to be made anew."""
    return Kept(settings.kept_mib * 1024 * 1024) if settings.fast and settings.kept_mib else None


def _rates(settings: Settings) -> tuple[Plan, bool]:
    enforced = settings.rate_limit != "off"
    return PLANS[settings.rate_limit if enforced else "standard"], enforced


def _dialects(settings: Settings) -> dict[str, Dialect]:
    otesse = OtesseDialect()
    return {
        "customers": otesse,
        "bookings": otesse,
        "invoices": otesse,
        "merchant": MerchantDialect(),
        "leads": LeadsDialect(settings.leads_prefix),
    }
