"""The judge: holds any server, given by its base URL, to the contract; ours by default.

Nothing enters that knows how a server is built: it is met over HTTP only, and only `targets`
imports mockserver, to start a target of our own.
"""
