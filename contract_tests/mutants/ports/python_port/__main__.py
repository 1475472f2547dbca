"""Serve the port on 127.0.0.1 until told to stop."""

from __future__ import annotations

import argparse
import json
import socket
import sys
from pathlib import Path

import uvicorn

from contract_tests.mutants.ports.python_port.contract import read_contract
from contract_tests.mutants.ports.python_port.credentials import Credentials, read_credentials
from contract_tests.mutants.ports.python_port.seeding import seeded
from contract_tests.mutants.ports.python_port.serving import build_app, wall_clock


class _Server(uvicorn.Server):
    """Tells where it is once it can be called."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or self.servers[0].sockets)[0].getsockname()[:2]
        sys.stdout.write(json.dumps({"url": f"http://{host}:{port}"}) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Read the options and serve."""
    options = argparse.ArgumentParser(prog="python_port", description=__doc__)
    options.add_argument("--port", type=int, default=0, help="0 takes any that is free")
    options.add_argument("--credentials", type=Path, help="a YAML file that lists credentials")
    wanted = options.parse_args()
    listed = read_credentials(wanted.credentials) if wanted.credentials else Credentials()
    app = build_app(read_contract(), seeded(wall_clock()), listed)
    listening = socket.create_server(("127.0.0.1", wanted.port))
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
    _Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
