from __future__ import annotations

from mockserver.domain import customers, invoices, merchant
from mockserver.domain.world import World
from tests.domain.business import a_dummy, a_world, booked, done, jane, john


def busy(world: World) -> World:
    """A world in which a little of everything happened."""
    customer, dummy = john(world), a_dummy(world)
    over = done(world, booked(world, customer))
    booked(world, customer)
    merchant.transfer(world, from_customer_id=customer.uuid, to_customer_id=dummy.uuid)
    invoices.pay(world, invoices.of_booking(world, over.id)[0].id)
    return world


def rows(world: World) -> list[object]:
    """Every row of every collection."""
    tables = (world.customers, world.bookings, world.invoices, world.outbox)
    return [row for table in tables for row in table]


def test_the_same_seed_clock_and_calls_give_the_same_rows() -> None:
    assert rows(busy(a_world())) == rows(busy(a_world()))


def test_a_fork_starts_equal_and_goes_on_alone() -> None:
    world = busy(a_world())
    before = rows(world)
    fork = world.fork("other")
    assert (fork.name, rows(fork)) == ("other", before)
    jane(fork)
    merchant.remove(fork, customers.get(fork, "cust_01HQ3K5M7N").uuid)
    assert rows(world) == before


def test_a_fork_draws_the_ids_the_original_would_draw() -> None:
    world = busy(a_world())
    fork = world.fork("other")
    assert jane(world) == jane(fork)


def test_two_worlds_never_meet() -> None:
    one, other = a_world(), a_world()
    john(one)
    assert len(other.customers) == 0


def test_a_fresh_id_is_never_one_that_is_taken() -> None:
    world, twin = a_world(), a_world()
    foreseen = twin.claim(twin.customers.__contains__, "cust", 10)
    assert world.claim(lambda wanted: wanted == foreseen, "cust", 10) != foreseen
