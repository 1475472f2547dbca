"""Assembly: builds every part from the settings and joins them. Read this first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal

from starlette.types import ASGIApp

from mockserver.admin.contract import admin_document
from mockserver.admin.control import Admin, Control, Growth
from mockserver.archive import Keeper, SnapshotFiles
from mockserver.contract import Contract, build_contract, load_document, read_document
from mockserver.contract.recipes import Recipe, recipes
from mockserver.errors import SetupError
from mockserver.inspector import PAGE
from mockserver.rates import PLANS, Plan
from mockserver.serving import Serving, families
from mockserver.settings import Settings
from mockserver.traffic import Events, Limits, Log, declare
from mockserver.wire.api import Api
from mockserver.wire.compiled import CompiledDoor, Desk
from mockserver.wire.cors import Cors
from mockserver.wire.credentials import Credentials, load_credentials
from mockserver.wire.deferred import Deferred
from mockserver.wire.edge import Edge
from mockserver.wire.guard import Guard
from mockserver.wire.inspecting import Inspector
from mockserver.wire.pages import Pages
from mockserver.wire.replaying import Replays
from mockserver.wire.security import ContractSecurity
from mockserver.worlds import DEFAULT, WorldKit, WorldLimits, Worlds

ADMIN_PATH = "/__admin"


@dataclass(frozen=True, slots=True)
class Server:
    """A server before it has a socket: the ASGI application and the worlds behind it.

    `desk` answers what is in order without ASGI; None where everything goes through Connexion.
    """

    asgi: ASGIApp
    worlds: Worlds
    serving: Serving
    events: Events
    desk: Desk | None = None

    @property
    def contract(self) -> Contract:
        """The first of the contracts that are served."""
        return self.serving.apis[0].contract

    def protocol(self, http: str) -> type[asyncio.Protocol] | Literal["auto"]:
        """What uvicorn's setting `http` is given: `fast` asks the desk before ASGI does."""
        if http == "plain" or self.desk is None:
            return "auto"
        from mockserver.wire.compiled.protocol import protocol_of  # noqa: PLC0415 - needs uvicorn

        return protocol_of(self.desk)


def build_server(
    settings: Settings, log: Log | None = None, before: Server | None = None
) -> Server:
    """Build everything; SetupError says what is wrong with a setting, a scenario or a document.

    `log` gets a line for each exchange. The worlds of a server `before` this one go on in it.
    """
    serving = _serving(settings)
    _refuse_collisions(serving.apis)
    contracts = tuple(api.contract for api in serving.apis)
    declared = declare(*contracts)
    kit = WorldKit(*_rates(settings), declared, Limits(entries=settings.journal), log)
    grown = serving.grow(DEFAULT, Growth())
    limits = WorldLimits(settings.max_worlds, settings.world_idle_s)
    worlds = before.worlds if before else Worlds(grown, kit, limits)
    events = before.events if before else Events()
    max_body_bytes = settings.max_body_kib * 1024
    files = SnapshotFiles(settings.snapshots, serving.keeper) if settings.snapshots else None
    replays, admin = Replays(), _admin_contract(serving.keeper, grown.collections)
    control = Control(
        worlds=worlds,
        contracts=contracts,
        grow=serving.grow,
        events=events,
        explainers=tuple(api.explainer for api in serving.apis),
        replay=replays.send,
        admin_document=admin.document,
        snapshot_files=files,
        recipes=cache(partial(_recipes, serving.apis, max_body_bytes)),
        keeper=serving.keeper,
    )
    credentials = load_credentials(settings.credentials) if settings.credentials else Credentials()
    apis = (_admin_api(settings, admin, control), *serving.apis)
    security = ContractSecurity(credentials)
    framework = Deferred(partial(_framework, apis, security, max_body_bytes))
    inspector = Inspector(PAGE, f"{ADMIN_PATH}/ui")
    edge = Edge(framework, apis, Pages(serving.apis), worlds, events, inspector)
    replays.app = edge
    cors = partial(Cors, origins=settings.cors_origin, private=ADMIN_PATH)
    if before is not None:
        worlds.go_on(grown, kit, serving.keeper)
    server = Server(cors(edge), worlds, serving, events)
    if not settings.fast:
        return server
    desk = Desk(apis, worlds, declared, events, security, max_body_bytes)
    return replace(server, asgi=CompiledDoor(edge, desk, cors), desk=desk)


def _serving(settings: Settings) -> Serving:
    if not settings.documents:
        return families(settings)
    from mockserver.documents import documents  # noqa: PLC0415 - only where there are any

    return documents(settings)


def _admin_contract(keeper: Keeper, collections: Iterable[str]) -> Contract:
    path = Path(__file__).parent / "admin" / "openapi.yaml"
    source = read_document(path)
    document = admin_document(load_document(source, str(path)), keeper, collections)
    return build_contract(document, source)


def _admin_api(settings: Settings, admin: Contract, control: Control) -> Api:
    guard = Guard(settings.admin_token, settings.host)
    own = Admin(control, admin)
    return Api(admin, ADMIN_PATH, own.answer, guard=guard, gradual=own.gradual)


def _recipes(apis: tuple[Api, ...], max_body_bytes: int) -> list[Recipe]:
    return [
        recipe
        for api in apis
        for recipe in recipes(api.contract, ADMIN_PATH, max_body_bytes, api.base_path)
    ]


def _framework(apis: tuple[Api, ...], security: ContractSecurity, max_body_bytes: int) -> ASGIApp:
    from mockserver.wire.framework import build_connexion  # noqa: PLC0415 - half a second

    app: ASGIApp = build_connexion(apis, security, max_body_bytes)
    return app


def _refuse_collisions(apis: tuple[Api, ...]) -> None:
    """No path of a contract may hide the server's own API, or name a world."""
    for api in apis:
        for operation in api.contract.operations:
            if f"{api.base_path}{operation.path}/".startswith((ADMIN_PATH + "/", "/~")):
                raise SetupError(
                    f"The path {api.base_path}{operation.path} of the contract collides with the "
                    f"server's own paths ({ADMIN_PATH}/… and /~<world>/…): it cannot be served."
                )


def _rates(settings: Settings) -> tuple[Plan, bool]:
    enforced = settings.rate_limit != "off"
    return PLANS[settings.rate_limit if enforced else "standard"], enforced
