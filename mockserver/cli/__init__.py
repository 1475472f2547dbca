"""The command line: one module per command; each parses, calls and presents.

Nothing is decided here that a caller of `app.py` would have to decide again.
"""

from mockserver.cli.commands import main

__all__ = ["main"]
