"""Over a real socket: whatever bytes arrive, the server answers without a 500 and lives on."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.conftest import NOW

KEY = b"Authorization: Bearer otesse_test_sk_tests\r\n"
JSON = KEY + b"Content-Type: application/json\r\n"
END = b"Connection: close\r\n\r\n"
PATHS = [
    b"/v1/customers", b"/v1/customers/cust_01HQ3K5M7N", b"/v1/bookings/bk_01HQ3K5M7N8P9R/cancel",
    b"/v1/invoices/inv_01HQ3K5M7N/void", b"/api/v1/merchant/customers", b"/leads/v1/customers",
    b"/leads/v1/customers/search", b"/api/v1/merchant/customers/transfer", b"/docs/x",
    b"/openapi.json",
    b"/__admin/outbox", b"/nothing",
]  # fmt: skip
METHODS = [b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS", b"TRACE", b"FOO"]
POST = b"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\n" + JSON
MEMBERS = [b"id", b"email", b"phone", b"configuration", b"line_items", b"address"]
VALUES = [b"null", b"1e400", b'"\\u0000"', b"[]", b"{}", b"-0", b'"x"', b"[[[[]]]]"]


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """A server on a free port, in a thread of this process."""
    server: Server = build_server(Settings(now=NOW))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # whoever connects before the server is up waits for it
    running = uvicorn.Server(uvicorn.Config(server.asgi, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()
    running.should_exit = True
    thread.join()


def exchange(address: tuple[str, int], sent: bytes, *, end: bool = True) -> bytes:
    """Send the bytes, end our side of the connection, and read until the server closes."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(sent)
        if end:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


def status(answer: bytes) -> int | None:
    """The status of an answer; None when the connection was closed without one."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else None


def request(method: bytes, target: bytes, headers: bytes = JSON, body: bytes = b"") -> bytes:
    """A whole request with a true Content-Length."""
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    return (
        method + b" " + target + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + length + END + body
    )


CURATED: dict[str, bytes] = {
    "deep JSON": request(b"POST", PATHS[0], body=b"[" * 100_000),
    "bytes that are no UTF-8": request(b"POST", PATHS[0], body=b'{"first_name": "\xff"}'),
    "a NUL in a text": request(b"POST", PATHS[0], body=b'{"first_name": "a\\u0000"}'),
    "half a body": POST + b"Content-Length: 50\r\n\r\n{",
    "no content type": request(b"POST", PATHS[0], KEY, b"{}"),
    "an odd content type": request(b"POST", PATHS[0], KEY + b"Content-Type: \xff;=\r\n", b"{}"),
    "multipart on a GET": request(
        b"GET", PATHS[0], KEY + b"Content-Type: multipart/form-data\r\n", b"x"),
    "chunks": POST
    + b"Transfer-Encoding: chunked\r\n" + END + b"2\r\n{}\r\n0\r\n\r\n",
    "a broken chunk": POST
    + b"Transfer-Encoding: chunked\r\n" + END + b"zz\r\n",
    "a NUL in the path": request(b"GET", b"/v1/customers/%00"),
    "no UTF-8 in the path": request(b"GET", b"/v1/customers/%ff%fe"),
    "no UTF-8 in the query": request(b"GET", b"/v1/customers?search=%ff&%ff=1"),
    "no UTF-8 where no query is declared": request(b"GET", b"/api/v1/merchant/customers?%a0"),
    "brackets in the query": request(b"GET", b"/v1/customers?a[b][c]=1&a[]=2&[]=3&status[x]=1"),
    "a query of separators": request(b"GET", b"/v1/customers?&&&=&;&=x"),
    "a huge integer": request(b"GET", b"/v1/customers?page=" + b"9" * 5000),
    "a path of dots": request(b"GET", b"/docs/../../../etc/passwd"),
    "encoded dots": request(b"GET", b"/docs/%2e%2e/%2e%2e/etc/passwd"),
    "a NUL in a page": request(b"GET", b"/docs/%00"),
    "a star": request(b"OPTIONS", b"*"),
    "a whole address": request(b"GET", b"http://other/v1/customers"),
    "odd credentials": request(b"GET", PATHS[0], b"Authorization: Bearer \xff\xfe\r\n"),
    "odd cookies": request(b"GET", PATHS[4], b"Cookie: session_token=\xff; ;;=a=b\r\n"),
    "two hosts": request(b"GET", PATHS[0], KEY + b"Host: y\r\n"),
    "expect": request(b"POST", PATHS[0], JSON + b"Expect: 100-continue\r\n", b"{}"),
    "an upgrade": request(b"GET", PATHS[0], KEY + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"),
    "year zero": request(b"GET", b"/v1/customers?created_after=0000-01-01T00:00:00Z"),
    "the last year": request(b"GET", b"/v1/bookings?date_to=9999-12-31T23:59:59-23:59"),
    "a leap second": request(b"GET", b"/v1/bookings?date_to=2016-12-31T23:59:60Z"),
    "a birthday in year zero": request(
        b"POST", PATHS[4], b"Cookie: session_token=a\r\nContent-Type: application/json\r\n",
        b'{"first_name":"A","last_name":"B","birthday":"0000-01-01T00:00:00Z"}'),
    "a booking at the end of time": request(
        b"POST", b"/v1/bookings", body=b'{"customer_id":"cust_01HQ3K5M7N","industry":"cleaning",'
        b'"configuration":{"bedrooms":20,"bathrooms":20},"address_id":"addr_01HQ3K5M7N",'
        b'"scheduled_at":"9999-12-31T23:59:59Z"}'),
    "nothing": b"",
    "rubbish": b"\x16\x03\x01\x02\x00\x01\x00",
}  # fmt: skip


@pytest.mark.parametrize("sent", CURATED.values(), ids=CURATED.keys())
def test_what_broke_other_servers_is_no_500_here(address: tuple[str, int], sent: bytes) -> None:
    answer = exchange(address, sent)
    assert status(answer) != 500, answer
    assert b"Traceback" not in answer
    assert status(exchange(address, request(b"GET", b"/__admin/health"))) == 200


fragments = st.binary(max_size=60) | st.sampled_from(
    [b"%00", b"%ff", b"%2F", b"?", b"&", b"=", b"[", b"]", b"\xf0\x9f\x98\x80", b"null", b"'", b'"']
)
raw_targets = st.builds(
    lambda path, tail: path + b"".join(tail).translate(None, b" \r\n"),
    st.sampled_from(PATHS),
    st.lists(fragments, max_size=4),
)  # fmt: skip
raw_bodies = st.binary(max_size=200) | st.builds(
    lambda parts: b"{" + b",".join(b'"%s":%s' % part for part in parts) + b"}",
    st.lists(
        st.tuples(
            st.sampled_from(MEMBERS),
            st.sampled_from(VALUES),
        ),
        max_size=4,
    ),
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(method=st.sampled_from(METHODS), target=raw_targets, body=raw_bodies)
def test_made_up_requests_are_no_500(
    address: tuple[str, int], method: bytes, target: bytes, body: bytes
) -> None:
    answer = exchange(address, request(method, target, body=body))
    assert status(answer) != 500, answer


@settings(max_examples=200, deadline=None, derandomize=True)
@given(sent=st.binary(max_size=400))
def test_made_up_bytes_are_no_500(address: tuple[str, int], sent: bytes) -> None:
    assert status(exchange(address, sent)) != 500


def test_a_fault_resets_or_cuts_a_real_connection(address: tuple[str, int]) -> None:
    def switched_on(effect: bytes) -> bytes:
        fault = b'{"effect": {"%s": true}}' % effect
        world = b"/__admin/faults?world=" + effect
        assert status(exchange(address, request(b"POST", world, body=fault))) == 201
        asked = request(b"GET", b"/~" + effect + b"/v1/customers")
        return exchange(address, asked, end=False)

    with contextlib.suppress(ConnectionResetError):
        assert switched_on(b"reset") == b""
    head, _, body = switched_on(b"truncate").partition(b"\r\n\r\n")
    announced = int(re.search(rb"content-length: (\d+)", head.lower())[1])  # type: ignore[index]
    assert 0 < len(body) < announced
    assert status(exchange(address, request(b"GET", b"/v1/customers"))) == 200
