"""Finding customers as the leads family does (S4): by id, by criteria, by address."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from mockserver.domain.records import Address, Customer
from mockserver.domain.tables import CUSTOMERS, digits
from mockserver.domain.world import World
from mockserver.errors import BadRequest
from mockserver.store import Query

_Test = Callable[[Customer], bool]


def get(world: World, uuid: str) -> Customer | None:
    """The customer with a UUID, in either case, or ``None`` (domain D.4.5)."""
    return world.customers.find("uuid", uuid.lower())


def search(
    world: World,
    *,
    phone: str | None = None,
    email: str | None = None,
    first_name: str | None = None,
) -> tuple[Customer, ...]:
    """The customers that meet one or more criteria, in order of creation (S4; domain D.4.3).

    E-mail and first name match by part whatever the case, a phone by part of its digits. Empty
    criteria count as absent; without any, nobody matches.
    """
    number = digits(phone or "")
    criteria: tuple[tuple[str, _Test], ...] = (
        (number, lambda found: number in digits(found.phone or "")),
        (email or "", lambda found: _holds(found.email, email or "")),
        (first_name or "", lambda found: _holds(found.first_name, first_name or "")),
    )
    matches: dict[str, Customer] = {}
    for needle, test in criteria:
        if needle:
            page = world.customers.select(Query(contains=needle, where=(test,)))
            matches.update((found.id, found) for found in page.rows)
    return tuple(sorted(matches.values(), key=CUSTOMERS.order_key("oldest")))


def by_address(
    world: World,
    *,
    address1: str | None = None,
    city: str | None = None,
    address2: str | None = None,
    state: str | None = None,
    zip: str | None = None,  # noqa: A002 - the documented name
) -> tuple[Customer, ...]:
    """The customers whose default address meets all criteria, in order of creation (D.4.4).

    ``address1`` matches by part, the others as a whole, whatever the case. Empty criteria count as
    absent; without any, ``BadRequest``.
    """
    wanted = {"street": address1, "unit": address2, "city": city, "state": state, "zip": zip}
    asked = {member: value.casefold() for member, value in wanted.items() if value}
    if not asked:
        raise BadRequest(
            "invalid_parameter",
            "Give at least one of address1, address2, city, state and zip.",
            "address1",
        )

    def lives_there(customer: Customer) -> bool:
        address = customer.default_address
        return address is not None and _fits(address, asked)

    indexed = {member: value for member, value in asked.items() if member in ("city", "zip")}
    query = Query(equals=indexed, where=(lives_there,), order="oldest")
    return world.customers.select(query).rows


def _fits(address: Address, asked: dict[str, str]) -> bool:
    for member, value in asked.items():
        stored = (attrgetter(member)(address) or "").casefold()
        if value != stored and not (member == "street" and value in stored):
            return False
    return True


def _holds(text: str | None, part: str) -> bool:
    return part.casefold() in (text or "").casefold()
