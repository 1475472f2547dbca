"""`pytest contract_tests --base-url …` judges the server that is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.docs.claims import ROOT

ASKED = ["--packs", "protocol", "--only", "getInvoice"]


@contextmanager
def useless_server(paths: list[str]) -> Iterator[str]:
    """The address of a server that answers 404 whatever is asked, and notes it."""

    class Useless(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Useless) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_each_operation_is_a_test_of_the_server_that_is_named() -> None:
    paths: list[str] = []
    with useless_server(paths) as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "contract_tests", "-vv", "-p", "no:cacheprovider",
             "--base-url", url, *ASKED],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "test_the_contract_holds[protocol-getInvoice] FAILED" in done.stdout
    assert any(path.startswith("/v1/invoices/") for path in paths)
