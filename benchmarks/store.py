"""How fast the store loads, forks, writes and lists: `python benchmarks/store.py [rows ...]`.

Needs the package installed, or the checkout on PYTHONPATH. Prints the median and the 95th
percentile in microseconds. Indexes are built before the lists are measured (their cost has its
own line); the queries of a line differ in needle, bound or page.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, cycle

from mockserver.store import Collection, Page, Query, Table

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Person:
    """A row as wide as a customer, so far as the store looks at it."""

    id: str
    uuid: str
    first_name: str
    last_name: str
    email: str
    phone: str
    status: str
    zones: tuple[str, ...]
    created_at: int

    @property
    def text(self) -> str:
        """What a search looks through."""
        name = f"{self.first_name} {self.last_name}"
        return f"{name} {self.email} {self.phone} {self.phone[1:]}"


TABLE = Table[Person](
    name="people",
    key=lambda row: row.id,
    unique={"uuid": lambda row: row.uuid},
    lookups={"email": lambda row: (row.email.casefold(),)},
    facets={"status": lambda row: (row.status,), "zone": lambda row: row.zones},
    ranges={"created_at": lambda row: row.created_at},
    orders={
        "created": lambda row: (row.created_at, row.id),
        "name": lambda row: (row.last_name, row.first_name, row.id),
    },
    text=lambda row: row.text,
)


def people(size: int) -> list[Person]:
    """Give rows that look like customers, always the same."""
    chance = random.Random(size)
    letters = "eeeetaoinshrdlucmfwypvbgk"
    names = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(1500)]
    return [person(chance, names, number) for number in range(size)]


def person(chance: random.Random, names: list[str], number: int) -> Person:
    """Give one row."""
    first, last = chance.choice(names), chance.choice(names)
    host = chance.choice(("example.com", "example.com", "example.org", "mail.example.net"))
    return Person(
        id=f"cust_{number:010}",
        uuid=f"{chance.getrandbits(128):032x}",
        first_name=first.title(),
        last_name=last.title(),
        email=f"{first}.{last}{number % 100}@{host}",
        phone=f"+1{chance.choice((541, 555, 214))}{chance.randrange(10**7):07}",
        status=chance.choices(("active", "inactive", "deactivated"), (8, 1, 1))[0],
        zones=(f"zone_{chance.randrange(20)}",),
        created_at=chance.randrange(10**9),
    )


def timed(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Give the microseconds of each of several calls."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1e6)
    return times


def show(name: str, times: list[float], note: object = "") -> None:
    """Print one line of the table."""
    worst = sorted(times)[int(len(times) * 0.95)]
    print(f"  {name:<44}{statistics.median(times):>12,.1f}{worst:>12,.1f}  {note}")


def lists(size: int) -> Iterator[tuple[str, Iterator[Query[Person]]]]:
    """Give the kinds of lists, each with an endless series of queries."""
    half = 5 * 10**8
    active = {"status": "active"}
    pages = max(1, size // 25)
    yield "first page, default order", cycle([Query(per_page=25)])
    yield "any page", (Query(per_page=25, page=1 + n * 37 % pages) for n in count())
    yield "last page, reverse", cycle([Query(per_page=25, page=pages, reverse=True)])
    yield (
        "facet, any page",
        (Query(equals=active, per_page=25, page=1 + n * 37 % pages) for n in count()),
    )
    yield (
        "two facets",
        (Query(equals={**active, "zone": f"zone_{n % 20}"}, per_page=25) for n in count()),
    )
    yield (
        "range with half the rows",
        (
            Query(between={"created_at": (n * 10**5, half + n * 10**5)}, per_page=25)
            for n in count()
        ),
    )
    yield (
        "after half the rows, newest first",
        (Query(after={"created_at": half + n}, per_page=25, reverse=True) for n in count()),
    )
    yield "one letter", (Query(contains="etaoin"[n % 6], per_page=25) for n in count())
    yield "two letters", (Query(contains=("th", "om", "55")[n % 3], per_page=25) for n in count())
    yield "rare needle", (Query(contains=f"{n * 7919 % 10**5:05}", per_page=25) for n in count())
    yield (
        "short name",
        (Query(contains=("shon", "tea", "ren", "lle")[n % 4], per_page=25) for n in count()),
    )
    yield (
        "in most rows",
        (Query(contains="@example"[n % 6 :], per_page=25) for n in count()),
    )
    yield (
        "in a third of the rows",
        (
            Query(contains=("+1541", "1555", "+121", "555", "214")[n % 5], per_page=25)
            for n in count()
        ),
    )
    yield "in no row", cycle([Query(contains="no such needle", per_page=25)])
    yield (
        "facet, half range and letter",
        (
            Query(
                equals=active,
                between={"created_at": (n, half)},
                contains="eta"[n % 3],
                per_page=25,
                page=1 + n % 9,
            )
            for n in count()
        ),
    )
    yield (
        "other order, all rows",
        (Query(order="name", per_page=25, page=1 + n * 37 % pages) for n in count()),
    )
    yield (
        "other order, facet",
        (
            Query(equals={"status": ("active", "inactive")[n % 2]}, order="name", per_page=25)
            for n in count()
        ),
    )


def measure(size: int) -> None:
    """Print the table of one size."""
    rows = people(size)
    print(f"\n{size:,} rows{'median µs':>51}{'p95 µs':>12}")
    show("load", timed(lambda: Collection(TABLE, rows), 5))
    show("grow by put", timed(lambda: grown(rows), 1), "all rows, one put each")
    full = Collection(TABLE, rows)
    tracemalloc.start()
    full.prepare()
    print(f"  memory of all indexes: {tracemalloc.get_traced_memory()[0] / 2**20:.1f} MiB")
    tracemalloc.stop()
    show("build every index", timed(lambda: Collection(TABLE, rows).prepare(), 2), "with load")
    show("fork", timed(full.fork))
    keys = cycle(row.id for row in rows[:: max(1, size // 1000)])
    show("get", timed(lambda: full.get(next(keys))))
    show("lookup", timed(lambda: full.rows("email", rows[7].email)))
    show("fork, then put", timed(lambda: full.fork().put(rows[3])))
    show_lists("lists", full, size)
    written = full.fork()
    for number in range(200):
        written.put(replace(rows[number * (size // 500)], status="inactive"))
    show("put", timed(lambda: written.fork().put(rows[5])), "200 rows already in the overlay")
    show_lists("lists after 200 changes", written, size)
    for number in range(size // 6):
        written.put(replace(rows[number], created_at=number))
    show_lists(f"lists after {size // 6:,} changes", written, size, prepared=True)


def grown(rows: list[Person]) -> Collection[Person]:
    """Give a collection that got its rows one by one."""
    collection = Collection(TABLE)
    for row in rows:
        collection.put(row)
    return collection


def asked(collection: Collection[Person], queries: Iterator[Query[Person]]) -> Page[Person]:
    """Answer the next query."""
    return collection.select(next(queries))


def show_lists(
    title: str, collection: Collection[Person], size: int, prepared: bool = False
) -> None:
    """Print a line for each kind of list."""
    print(f"  -- {title}")
    if prepared:
        collection.prepare()
    for name, queries in lists(size):
        total = collection.select(next(queries)).total
        show(name, timed(partial(asked, collection, queries)), f"{total:,}")


if __name__ == "__main__":
    for requested in map(int, sys.argv[1:]):
        measure(requested)
    if len(sys.argv) == 1:
        for standard in SIZES:
            measure(standard)
