"""Handlers of the tag `worlds`: what worlds there are, and starting one over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockserver.admin.control import Control, Growth
from mockserver.clock import instant_text
from mockserver.contract import Arguments, Reply
from mockserver.domain.records import Mail
from mockserver.worlds import ServedWorld


def list_worlds(control: Control, _served: ServedWorld, _call: Arguments) -> Reply:
    """Every world: the default one first, then by the time of their last use."""
    return Reply(200, {"data": [describe(each) for each in control.worlds.everyone()]})


def delete_worlds(control: Control, _served: ServedWorld, _call: Arguments) -> Reply:
    """Forget every named world and start the default one over."""
    control.worlds.clear()
    return Reply(204)


def get_world(control: Control, _served: ServedWorld, call: Arguments) -> Reply:
    """One world, without making it."""
    return Reply(200, describe(control.worlds.find(call.path["name"])))


def delete_world(control: Control, _served: ServedWorld, call: Arguments) -> Reply:
    """Forget one world, but for the default one."""
    control.worlds.remove(call.path["name"])
    return Reply(204)


def reset_world(control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """Put the world back to the moment it was grown."""
    control.worlds.reset(served.name)
    return Reply(204)


def seed_world(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Grow the world anew, from another seed, scenario, size or locale."""
    growth = Growth(**(call.body or {}))
    grown = control.worlds.put(served.name, control.grow(served.name, growth))
    return Reply(200, describe(grown))


def list_outbox(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """The mail the business would have sent, oldest first."""
    kind = call.query.get("kind")
    sent: Iterable[Mail] = served.world.collections.get("outbox", ())
    mails = [_mail(mail) for mail in sent if kind is None or mail.kind == kind]
    return Reply(200, {"data": mails})


def describe(served: ServedWorld) -> dict[str, Any]:
    """Seed, scenario, clock and the number of rows of a world."""
    world = served.world
    return {
        "name": served.name,
        "seed": world.seed,
        "scenario": world.scenario,
        "now": instant_text(world.now()),
        "clock": "frozen" if world.clock.is_frozen else "running",
        "collections": {
            name: len(rows)
            for name, rows in world.collections.items()
            if name.rpartition(".")[2][:1] != "_"  # what a world notes for itself
        },
    }


def _mail(mail: Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "kind": mail.kind,
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "customer_id": mail.customer_id,
        "at": instant_text(mail.at),
    }
