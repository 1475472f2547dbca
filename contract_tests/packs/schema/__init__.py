"""Shapes and statuses of every answer, with Schemathesis as the engine.

Nothing enters that Schemathesis already has (phases, links, checks, reports), and none of its
internals: only its documented Python API and its command line.
"""
