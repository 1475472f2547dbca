"""Everything that can be set, each default stated once, with its flag and environment name."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Literal

ENVIRONMENT_PREFIX = "MOCKSERVER_"
EXAMPLES = ("first", "only", "never")
HTTP_WAYS = ("fast", "plain")
LOG_FORMS = ("text", "json", "off")
RATE_LIMITS = ("off", "standard", "professional", "enterprise")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server.

    A field `max_body_kib` is the flag `--max-body-kib` and the environment variable
    `MOCKSERVER_MAX_BODY_KIB`; a flag wins over the environment.
    """

    port: int = field(default=4010, metadata={"help": "Port to listen on; 0 takes a free one."})
    host: str = field(default="127.0.0.1", metadata={"help": "Address to listen on."})
    seed: int = field(
        default=1,
        metadata={"help": "The number the world is grown from; the same number, the same world."},
    )
    scenario: str = field(
        default="documented",
        metadata={
            "help": "What world to grow: documented, showroom, empty, busy, edges, or a YAML file."
        },
    )
    now: datetime | None = field(
        default=None,
        metadata={
            "help": "Freeze the world's clock at this instant (2026-02-20T15:00:00Z); else it runs."
        },
    )
    documents: tuple[str, ...] = field(
        default=(),
        metadata={"help": "OpenAPI documents to mock, in place of the documented system."},
    )
    locale: str = field(
        default="en_US",
        metadata={"help": "The locale of data made up for documents, such as de_DE."},
    )
    examples: Literal["first", "only", "never"] = field(
        default="first",
        metadata={"help": "Examples in documents: used where valid, always where any, or never."},
    )
    handlers: str = field(
        default="",
        metadata={"help": "Package or folder with handlers of your own for single operations."},
    )
    watch: bool = field(
        default=True,
        metadata={"help": "Read documents and handlers anew when their files change."},
    )
    rate_limit: str = field(
        default="off",
        metadata={"help": "Refuse calls beyond a plan: off, standard, professional, enterprise."},
    )
    credentials: Path | None = field(
        default=None,
        metadata={"help": "YAML file of keys that are invalid, expired or narrow in scope."},
    )
    cors_origin: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Origin browsers may call from, beside this machine's. Repeatable."},
    )
    admin_token: str = field(
        default="",
        metadata={"help": "Bearer token for /__admin; without one only this machine may call it."},
    )
    journal: int = field(
        default=1000,
        metadata={"help": "How many exchanges the journal of each world keeps."},
    )
    snapshots: Path | None = field(
        default=None,
        metadata={"help": "Directory that snapshots are written to and read from."},
    )
    max_worlds: int = field(
        default=10_000,
        metadata={"help": "How many worlds may live at once."},
    )
    world_idle_s: int = field(
        default=3600,
        metadata={"help": "Seconds after which an unused world is forgotten."},
    )
    leads_prefix: str = field(
        default="/leads",
        metadata={"help": "Where the leads family is mounted, before its /v1/customers."},
    )
    max_body_kib: int = field(
        default=1024, metadata={"help": "Largest request body in KiB; larger ones are a 413."}
    )
    kept_mib: int = field(
        default=64,
        metadata={"help": "MiB of checked reply bodies to keep while records stay; 0 keeps none."},
    )
    http: str = field(
        default="fast",
        metadata={
            "help": "fast: in-order requests skip ASGI; plain: uvicorn hands on every request."
        },
    )
    fast: bool = field(
        default=True,
        metadata={"help": "Answer what is in order by compiled plans; without, all by Connexion."},
    )
    log: str = field(
        default="text",
        metadata={"help": "A line on standard error for each exchange: text, json, off."},
    )
    workers: int = field(
        default=1,
        metadata={"help": "Server processes behind nginx, each with worlds of its own."},
    )


def flag_of(name: str) -> str:
    """The command-line flag of a setting."""
    return "--" + name.replace("_", "-")


def environment_of(name: str) -> str:
    """The environment variable of a setting."""
    return ENVIRONMENT_PREFIX + name.upper()


def help_of(name: str) -> str:
    """What a setting does, in one sentence."""
    return next(str(f.metadata["help"]) for f in fields(Settings) if f.name == name)
