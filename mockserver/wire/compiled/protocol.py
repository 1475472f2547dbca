"""The desk asked by the server's own protocol: what is in order never becomes ASGI messages."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from mockserver.clock import stopwatch_ns
from mockserver.wire.compiled.desk import Desk
from mockserver.wire.compiled.outgoing import Outgoing
from mockserver.wire.compiled.plan import Line, Sender
from mockserver.wire.compiled.reads import encoded
from mockserver.wire.cors import VARY
from mockserver.wire.replies import Answered, fields_of

log = logging.getLogger("mockserver")

_MOST_AT_ONCE = 16
_VARY = b"%b: %b\r\n\r\n" % VARY
_BROKEN = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def protocol_of(desk: Desk) -> type[HttpToolsProtocol]:
    """The protocol class that asks this desk, as uvicorn's setting `http` takes it."""
    return type("DeskProtocol", (_DeskProtocol,), {"desk": desk, "outgoing": Outgoing()})


class _DeskProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which holds a request back until it is whole, and then asks the desk.

    What the desk does not answer is handed on to uvicorn as if it had just come in, and so is what
    no desk is asked: requests that wait behind another, expect 100-continue, upgrade, close the
    connection, call from another origin or are too large, and any request while the client is slow
    to read. Of one piece of data the desk answers `_MOST_AT_ONCE` requests; others get their turn.

    The head of a piece of data that was one whole request is known when it comes again between two
    requests with as long a body: it says what it said when it was parsed.
    """

    desk: ClassVar[Desk]
    outgoing: ClassVar[Outgoing]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_held = False
        self._is_between = True  # nothing of a request came in since the desk answered the last
        self._body = b""
        self._answered = 0
        self._last: tuple[Line, Sender, bytes] | None = None
        self._default: tuple[Any, bytes] = (None, b"")
        self._idle_since = 0.0  # in the loop's time

    def data_received(self, data: bytes) -> None:
        """Take what came in."""
        was_between, self._is_between = self._is_between, False
        self._answered, self._last = 0, None
        known = self.desk.known(data) if was_between else None
        if known is not None and self._is_free():
            if known[0].plan.slow_for:
                self.outgoing.flush()  # nobody's answer waits for this one
            answer = self._answer(*known, stopwatch_ns())
            if answer is not None:
                self.outgoing.send(self.loop, self.transport, answer)
                return
        self.outgoing.flush()
        super().data_received(data)
        if was_between and self._is_between and self._answered == 1 and self._last is not None:
            self.desk.learn(data, *self._last)

    def on_message_begin(self) -> None:
        """A request begins; its ASGI scope is made when it is needed."""
        self._is_between = False
        self.url = b""
        self.expect_100_continue = False
        self.headers = []

    def on_headers_complete(self) -> None:
        """Hold the request back if the desk may be asked."""
        self._body = b""
        self._is_held = self._may_be_held()
        if not self._is_held:
            self._hand_on()

    def on_body(self, body: bytes) -> None:
        """Keep a piece of the body, as long as it is not too large."""
        if self._is_held:
            if len(self._body) + len(body) <= self.desk.max_body_bytes:
                self._body = self._body + body if self._body else body
                return
            self._hand_on()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Answer the request, or hand it on."""
        if self._is_held:
            if self._is_in_order(stopwatch_ns()):
                return
            self._hand_on()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Half a request is not kept from those who may want to know of it."""
        if self._is_held:
            self._hand_on()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """The client sends no more, but may still read."""
        self.outgoing.flush()
        super().eof_received()

    def shutdown(self) -> None:
        """Half a request may still become a whole one; what is answered is sent first."""
        self.outgoing.flush()
        if self._is_held:
            self._hand_on()
        super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection if it has been idle for as long as it is kept, else wait on."""
        left = self._idle_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._wait(left)
        else:
            super().timeout_keep_alive_handler()

    def _rest(self) -> None:
        """Wait for the next request, by the timer that waits already, if there is one."""
        self.server_state.total_requests += 1
        self._idle_since = self.loop.time()
        if self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._wait(self.timeout_keep_alive)

    def _wait(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def _may_be_held(self) -> bool:
        parser = self.parser
        return (
            self._is_free()
            and self._answered < _MOST_AT_ONCE
            and not self.expect_100_continue
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and parser.get_http_version() == "1.1"
        )

    def _is_free(self) -> bool:
        """Whether nobody waits for an answer, and the client reads what it is sent."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and not self.flow.write_paused
            and self.limit_concurrency is None
        )

    def _hand_on(self) -> None:
        """Let uvicorn begin the request now, with everything that came in so far."""
        self._is_held = False
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.headers, self.expect_100_continue = url, headers, expects
        self.scope["headers"] = headers
        super().on_headers_complete()
        if self._body:
            super().on_body(self._body)

    def _is_in_order(self, started_ns: int) -> bool:
        """Answer the request if the desk takes it; False, and nothing has happened, if not."""
        url, desk = self.url, self.desk
        sender = desk.sender(self.headers)
        if sender.crosses or url[:1] != b"/" or b"#" in url or not url.isascii():
            return False
        path, _, query = url.partition(b"?")
        try:
            line = desk.line(self.parser.get_method().decode("ascii"), path, query)
        except Exception:  # no plan answers it: the application does
            return False
        self._last = line, sender, self._body
        answer = self._answer(line, sender, self._body, started_ns)
        if answer is None:
            return False
        self.transport.write(answer)
        return True

    def _answer(self, line: Line, sender: Sender, body: bytes, started_ns: int) -> bytes | None:
        """What is to be sent, if the desk takes the request; None, and nothing happened, if not.

        Nothing, where an answer of ours failed: the connection is closed then.
        """
        try:
            exchange, credential = self.desk.open(line, sender)
            self.desk.take(line, exchange, credential, body)
        except Exception:  # no plan answers it: the application does
            return None
        self._is_held, self._is_between = False, True
        self._answered += 1
        try:
            answer = self._written(self.desk.answer(line, sender, exchange, started_ns))
        except Exception:
            log.exception("%s %s failed", exchange.method, exchange.path)
            self.transport.write(_BROKEN)
            self.transport.close()
            return b""
        self._rest()
        line.plan.took(stopwatch_ns() - started_ns)
        return answer

    def _written(self, answered: Answered) -> bytes:
        """An answer as it is sent: status line, headers and body."""
        default = self.server_state.default_headers
        if self._default[0] is not default:
            self._default = default, b"".join([b"%b: %b\r\n" % pair for pair in default])
        own = answered.head or encoded(fields_of(answered))
        return b"".join((STATUS_LINE[answered.status], self._default[1], own, _VARY, answered.body))
