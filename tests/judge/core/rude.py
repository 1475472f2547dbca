"""Servers on a socket that say exactly what a test tells them, however wrong that is."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Conversation = Callable[[socket.socket, int], None]
_PATIENCE_S = 5.0


@contextmanager
def talking(conversation: Conversation) -> Iterator[str]:
    """The address of a server that holds a conversation on each connection, numbered from 0."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(_PATIENCE_S)

    def serve() -> None:
        for number in range(100):
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            connection.settimeout(_PATIENCE_S)
            with connection, suppress(OSError):
                conversation(connection, number)

    thread = threading.Thread(target=serve, daemon=True, name="rude")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # Closing alone would not wake a thread that waits for the next connection.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(_PATIENCE_S)


def heard(connection: socket.socket) -> bytes:
    """One request without a body."""
    told = b""
    while b"\r\n\r\n" not in told:
        part = connection.recv(65536)
        if not part:
            break
        told += part
    return told


def reset(connection: socket.socket) -> None:
    """Break a connection off instead of ending it."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def fine(body: bytes = b"ok") -> bytes:
    """A good answer."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
