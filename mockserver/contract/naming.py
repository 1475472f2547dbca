"""From operationId to handler by name: tag `bookings`, id `createBooking` → `create_booking`."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from mockserver.contract.model import Operation
from mockserver.errors import SetupError

_NO_NAME = re.compile(r"\W+", re.ASCII)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def handler_name(operation_id: str) -> str:
    """The function name of an operationId: `listCustomers` → `list_customers`."""
    return _HUMP.sub("_", operation_id).lower()


def function_name(operation_id: str) -> str:
    """The same for any operationId: what no name of Python may hold becomes `_`."""
    return handler_name(_NO_NAME.sub("_", operation_id).strip("_"))


def module_name(tag: str) -> str:
    """The module of a tag: `Pet Store` → `pet_store`; empty for none."""
    return handler_name(_NO_NAME.sub("_", tag).strip("_"))


def find_handler(package: str, operation: Operation) -> Any:
    """The function of an operation in `<package>.<tag>`; SetupError when there is none."""
    name = handler_name(operation.operation_id)
    try:
        return getattr(import_module(f"{package}.{operation.tag}"), name)
    except (ImportError, AttributeError) as error:
        raise SetupError(
            f"{operation.operation_id} has no handler: write {name} in {package}.{operation.tag}."
        ) from error
