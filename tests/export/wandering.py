"""Reads made up at random, in order and odd, of a world and the ids in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from mockserver.contract import Operation
from mockserver.export.dataset import Dataset
from mockserver.export.recorder import Call

_CREDENTIALS: tuple[Mapping[str, str], ...] = (
    *({"Authorization": "Bearer otesse_test_sk_walk"} for _ in range(30)),
    {"Authorization": "bearer  otesse_live_sk_1"},
    {"X-API-Key": "otesse_test_sk_walk"},
    {"X-API-Key": "otesse_test_sk_INVALID"},
    {"Authorization": "Bearer otesse_test_sk_revoked", "X-API-Key": "otesse_test_sk_walk"},
    {"Authorization": "Basic abc", "X-API-Key": "otesse_test_sk_walk"},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer other"},
    {"Authorization": "Bearer otesse_test_sk_expiredinvalid"},
    {"Cookie": "session_token=abc"},
    {"Cookie": "session_token=; jwt-access=an-expired-one"},
    {"Cookie": "other=1"},
    {},
)
_ODD_TEXTS = ("", " ", "+", "-", "(", "5", "55", "+1", "(541) 5", "541-555", "o 5", "ann1", "o",
              "O'", "@", ".", "a b", "ß", "é", "ſ", "\x00", "%", "&", "true", "1", "ext", "t. 0",
              "john smith", "JOHN", "unit", "suite 200", "x" * 201)  # fmt: skip
_ODD_NUMBERS = ("0", "-1", "-0", "01", "1e2", "1.0", "101", "1000001", " 1", "", "x",
                "9" * 20, "2", "3", "7", "25", "100")  # fmt: skip
_ODD_MOMENTS = ("2026-02-20", "2026-02-30", "2025-02-29", "2024-02-29", "0000-01-01", "0001-01-01",
                "9999-12-31", "2026-2-1", "2026-02-20T15:00:00Z", "2026-02-20t15:00:00z",
                "2026-02-20T15:00:00.5Z", "2026-02-20T15:00:00+02:00", "2026-02-20T23:59:60Z",
                "2026-02-20T24:00:00Z", "2026-02-20T15:00:00-23:59", "2026-02-20T15:00:00+24:00",
                "2026-02-20 15:00:00Z", "")  # fmt: skip
_ODD_IDS = ("xyz", "bk_", "bk_00000000000000", "cust_0000000000", "x" * 70, "a%20b", "%C3%BC",
            "~", "a.b", "00000000-0000-0000-0000-000000000000",
            "AAAAAAAA-0000-0000-0000-000000000000")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanderer:
    """Makes reads of a recorded world; the same seed makes the same."""

    dataset: Dataset
    chance: random.Random

    def calls(self, count: int) -> Iterator[Call]:
        """That many reads."""
        operations = [each for each in self.dataset.contract.operations if each.method == "GET"]
        weights = [2 + len(each.located["query"]) for each in operations]
        for operation in self.chance.choices(operations, weights, k=count):
            yield self._call(operation)

    def _call(self, operation: Operation) -> Call:
        headers = dict(self.chance.choice(_CREDENTIALS))
        if self._now_and_then(0.1):
            headers["If-None-Match"] = self._condition()
        if self._now_and_then(0.03):
            headers["Prefer"] = "code=404"
        query = self._query(operation)
        return Call("GET", self._path(operation) + (f"?{query}" if query else ""), headers)

    def _path(self, operation: Operation) -> str:
        names = [name for name, _ in operation.path_names]
        path = operation.path
        for name in names:
            path = path.replace(f"{{{name}}}", self._id(operation.tag))
        return path

    def _id(self, tag: str) -> str:
        known = {"merchant": "merchantCustomers", "leads": "leadsCustomers"}.get(tag, tag)
        rows = self.dataset.collections[known].rows
        found = str(self.chance.choice(rows)["id"]) if rows and not self._now_and_then(0.2) else ""
        if found and self._now_and_then(0.1):
            return found.upper()
        return found or self.chance.choice(_ODD_IDS)

    def _query(self, operation: Operation) -> str:
        pairs = [
            (each.name, self._value(each.name))
            for each in operation.located["query"]
            if self._now_and_then(0.25)
        ]
        if pairs and self._now_and_then(0.05):
            pairs.append(self.chance.choice(pairs))
        if self._now_and_then(0.05):
            pairs.append(self.chance.choice([("other", "1"), ("__code", "404"), ("page", "1")]))
        return "&".join(f"{name}={self._encoded(value)}" for name, value in pairs)

    def _encoded(self, value: str) -> str:
        plain = value.isascii() and value.isprintable()
        return value if plain and self._now_and_then(0.02) else quote(value, safe="")

    def _value(self, name: str) -> str:
        if self._now_and_then(0.75):
            known = self._known(name)
            if known:
                return known
        if name in ("page", "per_page", "min_amount", "max_amount"):
            return self.chance.choice(_ODD_NUMBERS)
        dated = name.startswith("date_") or name == "created_after"
        return self.chance.choice(_ODD_MOMENTS if dated else _ODD_TEXTS)

    def _known(self, name: str) -> str:
        """A value that stands in some row, or a part of it."""
        customers = self.dataset.collections["customerSummaries"].rows
        bookings = self.dataset.collections["bookings"].rows
        invoices = self.dataset.collections["invoices"].rows
        leads = self.dataset.collections["leadsCustomers"].rows
        if not (customers and bookings and invoices):
            return ""
        customer, lead = self.chance.choice(customers), self.chance.choice(leads)
        booking, invoice = self.chance.choice(bookings), self.chance.choice(invoices)
        instants = [booking["scheduled_at"], invoice["issued_at"]]
        found = {
            "status": self.chance.choice([customer, booking, invoice])["status"],
            "customer_id": customer["id"],
            "zone_id": booking["zone_id"],
            "created_after": customer["created_at"],
            "date_from": self._day(self.chance.choice(instants)),
            "date_to": self._day(self.chance.choice(instants)),
            "min_amount": invoice["total"],
            "max_amount": invoice["total"],
            "has_subscription": self.chance.choice(["true", "false"]),
            "search": self._part(self.chance.choice([customer[each] for each in _SEARCHED])),
            "phone": self._part(lead["primaryPhone"]),
            "email": self._part(lead["primaryEmail"]),
            "firstName": self._part(lead["firstName"]),
            "address1": self._part(lead["address1"]),
            **{each: lead[each] for each in ("address2", "city", "state", "zip")},
        }.get(name)
        return "" if found is None else self._cased(str(found))

    def _part(self, text: str | None) -> str | None:
        if not text:
            return None
        start = self.chance.randrange(len(text))
        part = text[start : start + self.chance.randint(1, 8)]
        return f"({part[:2]}) {part[2:]}" if part.isdigit() and self._now_and_then(0.5) else part

    def _day(self, instant: str) -> str:
        return instant[:10] if self._now_and_then(0.5) else instant

    def _cased(self, text: str) -> str:
        return text.swapcase() if text.isascii() and self._now_and_then(0.1) else text

    def _condition(self) -> str:
        tags = self.dataset.collections["bookings"].tags or ('"x"',)
        tag = self.chance.choice(tags)
        return self.chance.choice([tag, f"W/{tag}", "*", f'"a", {tag}', '"a"'])

    def _now_and_then(self, share: float) -> bool:
        return self.chance.random() < share


_SEARCHED = ("first_name", "last_name", "email", "phone")
