"""A Python client of the server's own API: worlds, clock, faults and journal from a test or script.

It speaks HTTP through httpx to whatever server it is given; nothing of the server may enter.
"""

from mockserver.client.admin import Admin
from mockserver.client.changes import REMOVED
from mockserver.client.errors import ClientError, Refused, Unreachable
from mockserver.client.server import MockServer
from mockserver.client.world import MockWorld

__all__ = ["REMOVED", "Admin", "ClientError", "MockServer", "MockWorld", "Refused", "Unreachable"]
