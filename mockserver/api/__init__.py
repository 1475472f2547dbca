"""Handlers: one module per tag, one async function per operationId, and the shapes of records.

A handler reads its arguments, calls one domain verb and returns a reply. No rule of the business,
no status of a refusal and no web library may enter.
"""
