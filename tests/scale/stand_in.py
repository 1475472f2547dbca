"""`python -m tests.scale.stand_in N`: what `serve --workers N` starts, each next to nothing."""

from __future__ import annotations

import os
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import click

from mockserver.scale import Arrangement, Fleet, find_nginx


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body at once

    def do_GET(self) -> None:
        """The id of the process; after a second when it is asked for slowly."""
        if self.path.endswith("/slow"):
            sys.stderr.write("under way\n")
            time.sleep(1)
        body = b"%d" % os.getpid()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


def _run(listening: socket.socket) -> None:
    server = _Server(("127.0.0.1", 0), _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.serve_forever()


def main() -> None:
    """Serve until a signal."""
    listening = socket.create_server(("127.0.0.1", 0))
    arrangement = Arrangement(find_nginx(), listening, int(sys.argv[1]), 1024, False)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    fleet = Fleet(arrangement, _run, lambda text: click.echo(f"mockserver: {text}", err=True))
    sys.exit(fleet.serve(lambda: click.echo(f"listening on {url} (curl {url}/)")))


if __name__ == "__main__":
    main()
