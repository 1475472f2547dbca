"""Several server processes behind one address: what nginx is told, and who watches over them all.

Knows processes and sockets. What is served may not enter, nor what a world is beyond its name.
"""

from __future__ import annotations

from mockserver.scale.arrangement import Arrangement
from mockserver.scale.fleet import Fleet
from mockserver.scale.front import Front, configuration, find_nginx

__all__ = ["Arrangement", "Fleet", "Front", "configuration", "find_nginx"]
