"""The plan: which contract is judged, operation by operation, and with which seeds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).parent.parent
CONTRACT = CHECKOUT / "openapi.yaml"
# Credentials, checks and the few allowed refusals; `st run` finds it by itself in the checkout.
CONFIGURATION = CHECKOUT / "schemathesis.toml"
SEEDS = (1, 2, 3, 5, 8)
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# libyaml where it is there: the contract is read once in every process of a run.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlanError(ValueError):
    """What was asked for cannot be judged; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract, `method` in upper case."""

    name: str
    method: str
    path: str

    @property
    def label(self) -> str:
        """Its name for Schemathesis, such as `GET /v1/customers`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run judges: a contract, its operations, and the seeds of what is drawn."""

    contract: Path
    document: dict[str, Any]
    operations: tuple[Operation, ...]
    seeds: tuple[int, ...]
    base_url: str | None


def make_plan(contract: str, seeds: str, base_url: str | None) -> Plan:
    """Read the options; PlanError names the one that cannot be used."""
    path = Path(contract).resolve()
    document = _read(path)
    return Plan(path, document, _operations(document), _seeds(seeds), _address(base_url))


def _read(path: Path) -> dict[str, Any]:
    try:
        document = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PlanError(f"--contract {path} cannot be read: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise PlanError(f"--contract {path} is not an OpenAPI document: it has no 'paths'.")
    return document


def _operations(document: dict[str, Any]) -> tuple[Operation, ...]:
    return tuple(
        Operation(item[method].get("operationId", f"{method.upper()} {path}"), method.upper(), path)
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    )


def _seeds(text: str) -> tuple[int, ...]:
    try:
        seeds = tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise PlanError(f"--seeds {text!r} must be whole numbers, such as 1,2,3.") from error
    if len(set(seeds)) < len(seeds):
        raise PlanError(f"--seeds {text!r} names a seed twice.")
    return seeds


def _address(base_url: str | None) -> str | None:
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise PlanError(f"--base-url {base_url!r} does not begin with http:// or https://.")
    return base_url
