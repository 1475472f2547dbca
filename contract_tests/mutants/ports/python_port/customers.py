"""The one record of a customer that all families share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from contract_tests.mutants.ports.python_port.database import Database, Row


def add(database: Database, now: str, members: Mapping[str, Any]) -> int:
    """A new customer with both identities; its number."""
    identity = {"id": members.get("id") or database.new_id("cust")}
    identity["uuid"] = members.get("uuid") or str(uuid4())
    times = {"created_at": now, "updated_at": now}
    return database.insert("customers", {**times, **members, **identity})


def row_of(database: Database, seq: int) -> Row:
    """The customer with this number, which exists."""
    row = database.row("SELECT * FROM customers WHERE seq = ?", seq)
    assert row is not None
    return row


def by_id(database: Database, customer_id: str) -> Row | None:
    """The customer known to the Otesse families by this id."""
    return database.row("SELECT * FROM customers WHERE id = ?", customer_id)


def by_uuid(database: Database, uuid: str) -> Row | None:
    """The customer known to the merchant and to leads by this UUID, in either case."""
    return database.row("SELECT * FROM customers WHERE uuid = ?", uuid.lower())


def name_of(customer: Row) -> str:
    """First and last name, as far as they are known."""
    return " ".join(filter(None, (customer["first_name"], customer["last_name"])))


def choices_of(database: Database, seq: int) -> list[str]:
    """How the customer likes to be reached, best first."""
    sql = "SELECT method FROM contact_choices WHERE customer = ? ORDER BY rank"
    return [row["method"] for row in database.rows(sql, seq)]


def choose(database: Database, seq: int, methods: Iterable[str]) -> None:
    """Replace the ways to be reached; repeated ones count once."""
    database.run("DELETE FROM contact_choices WHERE customer = ?", seq)
    for rank, method in enumerate(dict.fromkeys(methods)):
        members = {"customer": seq, "rank": rank, "method": method}
        database.insert("contact_choices", members)


def addresses_of(database: Database, seq: int) -> list[Row]:
    """The customer's addresses, oldest first."""
    return database.rows("SELECT * FROM addresses WHERE customer = ? ORDER BY seq", seq)


def default_address(database: Database, seq: int) -> Row | None:
    """The address that other families show as the only one."""
    return database.row("SELECT * FROM addresses WHERE customer = ? AND is_default", seq)


def add_address(database: Database, seq: int, members: Mapping[str, Any]) -> Row:
    """A further address; the first is the default, a later default takes the mark over."""
    is_default = bool(members.get("is_default")) or default_address(database, seq) is None
    if is_default:
        database.run("UPDATE addresses SET is_default = FALSE WHERE customer = ?", seq)
    whole = {
        "label": "Home",
        **members,
        "id": members.get("id") or database.new_id("addr"),
        "customer": seq,
        "is_default": is_default,
    }
    number = database.insert("addresses", whole)
    row = database.row("SELECT * FROM addresses WHERE seq = ?", number)
    assert row is not None
    return row


def street_of(address: Row) -> str | None:
    """Both lines of a street in one."""
    return ", ".join(filter(None, (address["street"], address["unit"]))) or None


def send(database: Database, kind: str, recipient: str | None, now: str) -> bool:
    """Put a message into the outbox, where there is somebody to send it to."""
    if not recipient:
        return False
    database.insert("outbox", {"kind": kind, "recipient": recipient, "sent_at": now})
    return True
