"""Visits to worlds of a running server: what one caller does in one world, and what it expects.

A visit is a walk through everything that can grow: records, journal, kept bytes, snapshots,
faults, replays, worlds. Each answer is held to what was asked for: while no fault is switched on
in the world, anything else is an error of the server.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.connection import Answer, DroppedError
from benchmarks.operations import JOHN, LIST, LISTED, NEW_CUSTOMER, TOKEN, WRONG_CUSTOMER

# Sends the bytes of one request; DroppedError when the connection ends without an answer.
Ask = Callable[[bytes], Awaitable[Answer]]

PRESETS = ("flaky", "down", "rate-limited")
_FAULTY = frozenset({429, 500, 503})
_MOST_ERRORS = 50
_RESET_EVERY = 3
_NOTICE_DAYS = 10


@dataclass(slots=True)
class Tally:
    """Everything that was answered: by label and status, and what nobody had asked for.

    `full` counts new worlds that were refused because as many live as may, `dropped` the
    connections that a fault reset.
    """

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    full: int = 0
    dropped: int = 0
    errors: int = 0
    samples: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many answers there were."""
        return self.answers.total()

    def blame(self, what: str) -> None:
        """Note an error; the first fifty are kept with what was seen."""
        self.errors += 1
        if len(self.samples) < _MOST_ERRORS:
            self.samples.append(what)


class _Over(Exception):
    """The visit cannot go on: the world is full, or an answer was wrong (and is noted)."""


class Visit:
    """One caller in one world. `number` is different for each visit of a run."""

    def __init__(self, ask: Ask, tally: Tally, world: str, number: int) -> None:
        self._ask = ask
        self._tally = tally
        self._world = world
        self._number = number
        self._chance = Random(number)
        self._by_path = self._chance.random() < 0.5
        self._expects_faults = False
        self._emails = 0

    async def walk(self, leave: bool = False) -> None:
        """Do everything once; with `leave` the world is removed at the end."""
        self._tally.visits[self._world] += 1
        try:
            await self._arrive()
            if self._tally.visits[self._world] % _RESET_EVERY == 0:
                await self._call("reset", "POST", "/__admin/reset", (200, 204))
            walks = [self._read, self._write, self._book, self._go_back, self._suffer, self._look]
            self._chance.shuffle(walks)
            for walk in walks:
                await walk()
            if leave:
                await self._call("leave", "DELETE", f"/__admin/worlds/{self._world}", (204,))
        except _Over:
            return

    async def _arrive(self) -> None:
        """Be let in: a world that is new may be one too many."""
        answer = await self._send("get", "GET", f"/v1/customers/{JOHN}")
        if answer.status == 409 and b"too_many_worlds" in answer.body:
            self._tally.full += 1
            raise _Over
        self._hold("get", answer, (200,), lambda found: found["id"] == JOHN)

    async def _read(self) -> None:
        page = await self._call(
            "list", "GET", LIST, (200,), right=lambda found: len(found["data"]) == LISTED
        )
        for row in self._chance.sample(page["data"], 3):
            found = await self._call("get", "GET", f"/v1/customers/{row['id']}", (200,))
            if found["email"] != row["email"]:
                self._tally.blame(f"{row['id']} is listed as {row} but got as {found}")
        merchant = {"Cookie": "session_token=soak"}
        await self._call("merchant", "GET", "/api/v1/merchant/customers", (200,), headers=merchant)
        await self._call("refused", "GET", "/v1/customers?per_page=0", (400,))
        await self._call("refused", "GET", "/v1/customers/cust_NOBODY", (404,))
        await self._call("refused", "GET", "/v1/customers", (401,), headers={"Authorization": ""})
        await self._call("preferred", "GET", LIST, (403,), headers={"Prefer": "code=403"})

    async def _write(self) -> None:
        made = await self._create()
        phone = f"+1541{self._number % 10**7:07}"
        await self._call(
            "patch",
            "PATCH",
            f"/v1/customers/{made['id']}",
            (200,),
            {"phone": phone},
            right=lambda found: found["phone"] == phone,
        )
        await self._call(
            "search",
            "GET",
            f"/v1/customers?search={made['email']}",
            (200,),
            right=lambda found: [row["id"] for row in found["data"]] == [made["id"]],
        )
        wrong = json.loads(WRONG_CUSTOMER)
        await self._call("refused", "POST", "/v1/customers", (400,), wrong)
        taken = self._new_customer(made["email"])
        await self._call("refused", "POST", "/v1/customers", (409,), taken)

    async def _create(self) -> dict[str, Any]:
        self._emails += 1
        email = f"soak{self._number}x{self._emails}@bench.example"
        key = {"Idempotency-Key": f"soak-{self._number}-{self._emails}"}
        sent = self._new_customer(email)
        made: dict[str, Any] = await self._call(
            "create",
            "POST",
            "/v1/customers",
            (201,),
            sent,
            headers=key,
            right=lambda found: found["email"] == email,
        )
        if self._emails == 1:
            await self._call(
                "replay",
                "POST",
                "/v1/customers",
                (201,),
                sent,
                headers=key,
                right=lambda found: found["id"] == made["id"],
            )
        return made

    def _new_customer(self, email: str) -> dict[str, Any]:
        return {**json.loads(NEW_CUSTOMER), "email": email}

    async def _book(self) -> None:
        made = await self._create()
        clock = await self._call("clock", "GET", "/__admin/clock", (200,))
        now = datetime.fromisoformat(clock["now"])
        when = (now + timedelta(days=_NOTICE_DAYS)).replace(hour=17, minute=0, second=0)
        booking = await self._call(
            "book",
            "POST",
            "/v1/bookings",
            (201,),
            {
                "customer_id": made["id"],
                "industry": "cleaning",
                "configuration": {"bedrooms": 3, "bathrooms": 2, "frequency": "one-time"},
                "scheduled_at": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "address_id": made["addresses"][0]["id"],
            },
        )
        if self._chance.random() < 0.5:
            await self._call(
                "cancel",
                "POST",
                f"/v1/bookings/{booking['id']}/cancel",
                (200,),
                {"notify_customer": True},
            )
        else:
            await self._call("clock", "PATCH", "/__admin/clock", (200,), {"advance": "PT1H"})
        await self._call("list", "GET", "/v1/bookings?status=confirmed", (200,))

    async def _go_back(self) -> None:
        await self._call("snapshot", "POST", "/__admin/snapshots/before", (200, 201))
        made = await self._create()
        await self._call("diff", "GET", "/__admin/diff?from=before", (200,), right=bool)
        await self._call("restore", "POST", "/__admin/snapshots/before/restore", (200, 204))
        await self._call("refused", "GET", f"/v1/customers/{made['id']}", (404,))
        if self._chance.random() < 0.5:
            await self._call("snapshot", "DELETE", "/__admin/snapshots/before", (204,))

    async def _suffer(self) -> None:
        """Switch a fault on, meet it, switch it off."""
        preset = self._chance.choice(PRESETS)
        await self._call("fault", "POST", "/__admin/faults", (200, 201), {"preset": preset})
        self._expects_faults = True
        for path in (f"/v1/customers/{JOHN}", LIST, "/v1/bookings", "/v1/invoices") * 2:
            try:
                await self._call("under fault", "GET", path, (200,))
            except DroppedError:
                self._tally.dropped += 1
        self._expects_faults = False
        await self._call("fault", "DELETE", "/__admin/faults", (200, 204))
        await self._call("get", "GET", f"/v1/customers/{JOHN}", (200,))

    async def _look(self) -> None:
        await self._call("journal", "GET", "/__admin/requests?per_page=5", (200,))
        await self._call("journal", "POST", "/__admin/requests/count", (200,), {"status": "4xx"})
        if self._chance.random() < 0.2:
            await self._call("coverage", "GET", "/__admin/coverage", (200,))
            await self._call("state", "GET", "/__admin/state?collection=customers", (200,))
            await self._call("worlds", "GET", "/__admin/worlds", (200,))

    async def _call(
        self,
        label: str,
        method: str,
        path: str,
        wanted: tuple[int, ...],
        body: Any = None,
        headers: dict[str, str] | None = None,
        right: Callable[[Any], bool] = lambda _: True,
    ) -> Any:
        answer = await self._send(label, method, path, body, headers)
        return self._hold(f"{label}: {method} {path}", answer, wanted, right)

    async def _send(
        self,
        label: str,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        try:
            answer = await self._ask(self._request(method, path, body, headers))
        except (DroppedError, TimeoutError, OSError) as error:
            if self._expects_faults and isinstance(error, DroppedError):
                raise
            self._tally.blame(f"{label}: {method} {path} in world {self._world}: {error!r}")
            raise _Over from error
        self._tally.answers[label, answer.status] += 1
        return answer

    def _request(self, method: str, path: str, body: Any, headers: dict[str, str] | None) -> bytes:
        target = f"/~{self._world}{path}" if self._by_path else path
        sent = {"Host": "127.0.0.1", "Authorization": TOKEN, **(headers or {})}
        if not self._by_path:
            sent["X-Mock-World"] = self._world
        content = b"" if body is None else json.dumps(body).encode()
        if body is not None:
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items() if value)
        return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + content

    def _hold(
        self, what: str, answer: Answer, wanted: tuple[int, ...], right: Callable[[Any], bool]
    ) -> Any:
        """The body of an answer that is as it should be; else it is noted and the visit over."""
        if self._expects_faults and answer.status in _FAULTY:
            return None
        try:
            found = json.loads(answer.body) if answer.body else None
            if answer.status in wanted and right(found):
                return found
        except (ValueError, KeyError, TypeError):
            pass  # its shape is wrong: told like any other wrong answer
        self._tally.blame(
            f"{what} in world {self._world} is answered {answer.status} instead of "
            f"{' or '.join(map(str, wanted))}, or with a wrong body: {answer.body[:300]!r}"
        )
        raise _Over
