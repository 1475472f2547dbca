"""Whatever a server does on its socket, there is an answer or a message, and in time."""

from __future__ import annotations

import socket
import threading
import time
from itertools import count

import pytest

from contract_tests.exchanges import Sent
from contract_tests.wires import InProcessWire, SocketWire, TargetGone
from tests.judge.core.rude import fine, heard, reset, talking

GET = Sent("GET", "/things", (), None)
PATIENCE_S = 0.4


def _say(text: bytes) -> object:
    def conversation(connection: socket.socket, _number: int) -> None:
        heard(connection)
        connection.sendall(text)

    return conversation


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "RemoteDisconnected"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "IncompleteRead"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf", "IncompleteRead"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nhalf!", "IncompleteRead"),
        (b"SSH-2.0-OpenSSH\r\n", "BadStatusLine"),
        (b"HTTP/1.1 abc Nonsense\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "HTTPException"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", "LineTooLong"),
    ],
)
def test_an_answer_that_is_no_http_is_told_as_that(text: bytes, said: str) -> None:
    with talking(_say(text)) as url:  # type: ignore[arg-type]
        wire = SocketWire(url, PATIENCE_S)
        with pytest.raises(TargetGone) as gone:
            wire.send(GET)
        assert said in str(gone.value)
        assert f"{url} gave no answer to GET /things" in str(gone.value)
        wire.close()


def _silent(connection: socket.socket) -> None:
    connection.recv(1)


def _drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        connection.sendall(b"X-%d: y\r\n" % number)
        connection.settimeout(0.05)
        _wait(connection)


def _endless_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.settimeout(0.05)
    while True:
        connection.sendall(b"6\r\n: ping\r\n")
        _wait(connection)


def _wait(connection: socket.socket) -> None:
    """Until the client goes, or for the timeout of the socket."""
    try:
        if connection.recv(1) == b"":
            raise ConnectionAbortedError
    except TimeoutError:
        return


@pytest.mark.parametrize("slow", [_silent, _drip_headers, _endless_body])
def test_an_answer_that_never_ends_is_given_up_in_time(slow: object) -> None:
    def conversation(connection: socket.socket, _number: int) -> None:
        heard(connection)
        slow(connection)  # type: ignore[operator]

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        began = time.monotonic()
        with pytest.raises(TargetGone, match="TimeoutError"):
            wire.send(GET)
        assert time.monotonic() - began < 4 * PATIENCE_S
        wire.close()


def test_a_connection_that_was_closed_while_idle_is_opened_again() -> None:
    def conversation(connection: socket.socket, _number: int) -> None:
        heard(connection)
        connection.sendall(fine())

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        assert [wire.send(GET).body for _ in range(3)] == [b"ok", b"ok", b"ok"]
        wire.close()


def test_a_connection_that_was_reset_while_idle_is_opened_again() -> None:
    def conversation(connection: socket.socket, _number: int) -> None:
        heard(connection)
        connection.sendall(fine())
        if heard(connection):
            reset(connection)

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        assert wire.send(GET).status == 200
        assert wire.send(GET).status == 200
        wire.close()


def test_after_a_bad_answer_the_next_request_has_a_connection_of_its_own() -> None:
    def conversation(connection: socket.socket, number: int) -> None:
        heard(connection)
        connection.sendall(b"nonsense\r\n\r\n" if number == 0 else fine())

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        with pytest.raises(TargetGone):
            wire.send(GET)
        assert wire.send(GET).body == b"ok"
        wire.close()


def test_a_body_that_is_refused_before_it_is_read_has_its_answer() -> None:
    refused = b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    def conversation(connection: socket.socket, _number: int) -> None:
        heard(connection)
        connection.sendall(refused)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        large = Sent("POST", "/things", (), b"x" * 3_000_000)
        assert wire.send(large).status == 413
        wire.close()


def test_nobody_there_is_told_with_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with pytest.raises(TargetGone, match=f"{url} gave no answer .*ConnectionRefused"):
        SocketWire(url, PATIENCE_S).send(GET)


@pytest.mark.parametrize("target", ["/with space", "/lf\n", "/ü"])
def test_a_target_that_cannot_be_sent_breaks_nothing(target: str) -> None:
    def conversation(connection: socket.socket, _number: int) -> None:
        while heard(connection):
            connection.sendall(fine())

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        with pytest.raises(TargetGone):
            wire.send(Sent("GET", target, (), None))
        assert wire.send(GET).body == b"ok"
        wire.close()


def test_requests_sent_together_are_all_there_before_one_is_answered() -> None:
    everybody = threading.Barrier(3, timeout=5)

    def conversation(connection: socket.socket) -> None:
        with connection:
            heard(connection)
            everybody.wait()
            connection.sendall(fine())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = SocketWire(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            for _ in range(3):
                connection, _ = listening.accept()
                threading.Thread(target=conversation, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        assert [answer.body for answer in wire.together([GET] * 3)] == [b"ok"] * 3


def test_a_server_of_one_connection_answers_what_is_sent_together() -> None:
    def conversation(connection: socket.socket, number: int) -> None:
        while heard(connection):
            connection.sendall(fine(b"%d" % number))

    with talking(conversation) as url:
        wire = SocketWire(url, PATIENCE_S)
        assert wire.send(GET).body == b"0"
        assert [answer.body for answer in wire.together([GET] * 3)] == [b"1", b"2", b"3"]
        assert wire.send(GET).body == b"4"
        wire.close()


def test_one_of_several_that_is_not_answered_is_told_as_gone() -> None:
    def conversation(connection: socket.socket, number: int) -> None:
        heard(connection)
        if number != 1:
            connection.sendall(fine())

    with talking(conversation) as url, pytest.raises(TargetGone, match="RemoteDisconnected"):
        SocketWire(url, PATIENCE_S).together([GET] * 3)


def test_an_application_that_fails_or_says_nothing_is_told_as_gone() -> None:
    async def failing(_scope: object, _receive: object, _send: object) -> None:
        raise ZeroDivisionError

    async def mute(_scope: object, _receive: object, _send: object) -> None:
        """Say nothing."""

    for application in (failing, mute):
        wire = InProcessWire(application)
        with pytest.raises(TargetGone, match="GET /things failed inside"):
            wire.send(GET)
        with pytest.raises(TargetGone, match="2 requests failed inside"):
            wire.together([GET, GET])
        wire.close()
