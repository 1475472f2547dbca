"""What a request needed is gone with its answer: the collector of cycles has nothing to find.

Collections stop every request for as long as they take.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator

import pytest

from mockserver.app import build_server
from mockserver.settings import Settings
from tests.wire.sent import Sent
from tests.wire.wired import Wired, pieces_of

KEY = ((b"authorization", b"Bearer otesse_test_sk_one"),)
JSON = (*KEY, (b"content-type", b"application/json"))
CUSTOMERS, CUSTOMER = "/v1/customers", "/v1/customers/cust_01HQ3K5M7N"
NEW = b'{"first_name":"A","last_name":"B","email":"a%d@example.com"}'
REQUESTS = {
    "read": (200, Sent("GET", CUSTOMER, "", KEY)),
    "listed": (200, Sent("GET", CUSTOMERS, "search=john", KEY)),
    "changed": (200, Sent("PATCH", CUSTOMER, "", JSON, (b'{"phone":"+15550100%03d"}',))),
    "created": (201, Sent("POST", CUSTOMERS, "", JSON, (NEW,))),
    "taken": (409, Sent("POST", CUSTOMERS, "", JSON, (NEW.replace(b"%d", b"0"),))),
    "missing": (404, Sent("GET", f"{CUSTOMERS}/cust_none000000", "", KEY)),
    "malformed": (400, Sent("POST", CUSTOMERS, "", JSON, (b'{"first_name":',))),
    "wrong": (400, Sent("POST", CUSTOMERS, "", JSON, (b'{"first_name":7}',))),
    "wrong query": (400, Sent("GET", CUSTOMERS, "page=0", KEY)),
    "nobody": (401, Sent("GET", CUSTOMERS)),
}


@pytest.fixture(scope="module")
def wired() -> Iterator[Wired]:
    loop = asyncio.new_event_loop()
    yield Wired(build_server(Settings()), loop)
    loop.close()


@pytest.mark.parametrize("name", REQUESTS)
def test_the_collector_finds_nothing(wired: Wired, name: str) -> None:
    status, sent = REQUESTS[name]
    connection, transport = wired.connect()

    def ask(number: int) -> None:
        for piece in pieces_of(_numbered(sent, number)):
            connection.data_received(piece)
        wired.turn()

    for number in range(5):
        ask(number)
    gc.collect()
    gc.disable()
    transport.written.clear()
    try:
        for number in range(5, 25):
            ask(number)
        assert gc.collect() == 0
    finally:
        gc.enable()
        connection.connection_lost(None)
    assert bytes(transport.written).count(b"HTTP/1.1 %d " % status) == 20


def _numbered(sent: Sent, number: int) -> Sent:
    body = sent.chunks[0]
    chunk = body % number if b"%" in body else body
    return Sent(sent.method, sent.path, sent.query, sent.headers, (chunk,))
