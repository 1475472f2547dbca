"""Assembly: builds every part from the settings and joins them. Read this first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp

from mockserver.admin.handlers import Admin
from mockserver.api.families import Families
from mockserver.bundle import contract_path, scenario_directory
from mockserver.clock import Clock
from mockserver.contract import Contract, build_contract, load_document, read_document
from mockserver.rates import PLANS
from mockserver.seed import grow, load_scenario
from mockserver.settings import Settings
from mockserver.wire.api import Api
from mockserver.wire.cors import Cors
from mockserver.wire.credentials import Credentials, load_credentials
from mockserver.wire.dialects import Dialect, LeadsDialect, MerchantDialect, OtesseDialect
from mockserver.wire.edge import Edge
from mockserver.wire.framework import build_connexion
from mockserver.wire.pages import Pages
from mockserver.worlds import Worlds

ADMIN_PATH = "/__admin"


@dataclass(frozen=True, slots=True)
class Server:
    """A server before it has a socket: the ASGI application and the worlds behind it."""

    asgi: ASGIApp
    worlds: Worlds
    contract: Contract


def build_server(settings: Settings) -> Server:
    """Build everything; SetupError says what is wrong with a setting, a scenario or a contract."""
    contract = read_contract(contract_path())
    worlds = _worlds(settings)
    credentials = load_credentials(settings.credentials) if settings.credentials else Credentials()
    admin = read_contract(Path(__file__).parent / "admin" / "openapi.yaml")
    apis = (
        Api(admin, ADMIN_PATH, Admin(worlds, contract).answer),
        Api(contract, "", Families(contract).answer, _dialects()),
    )
    connexion = build_connexion(apis, credentials, settings.max_body_kib * 1024)
    edge = Edge(connexion, apis, Pages(contract), worlds)
    return Server(Cors(edge, settings.cors_origin, private=ADMIN_PATH), worlds, contract)


def read_contract(path: Path) -> Contract:
    """The contract in a file; SetupError names the file and what is wrong with it."""
    source = read_document(path)
    return build_contract(load_document(source, str(path)), source)


def _worlds(settings: Settings) -> Worlds:
    scenario = load_scenario(settings.scenario, scenario_directory())
    clock = Clock.frozen(settings.now) if settings.now else Clock.wall()
    enforced = settings.rate_limit != "off"
    plan = PLANS[settings.rate_limit if enforced else "standard"]
    return Worlds(grow(scenario, seed=settings.seed, clock=clock), plan, enforced)


def _dialects() -> dict[str, Dialect]:
    otesse = OtesseDialect()
    return {
        "customers": otesse,
        "bookings": otesse,
        "invoices": otesse,
        "merchant": MerchantDialect(),
        "leads": LeadsDialect(),
    }
