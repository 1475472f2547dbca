"""The packs: each judges operations in one respect, and knows nothing of how a server is built.

A pack is a module with `PACK`. What it needs to know of an API beyond the contract is declared in
its semantics, never written here.
"""
