"""The inspector: a web page that shows and steers a server, made of static files (`page/`).

It is a client of `/__admin` and of nothing else: no build step, no library, no address outside.
What this server's contract is about may not enter: collections, operations, references, presets
and scenarios are what the admin API says they are.
"""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parent / "page"
"""Where the files of the page lie; `index.html` is its start."""
