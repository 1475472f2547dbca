"""The server's own API under `/__admin`: spec-first like the rest (`admin/openapi.yaml`).

Handlers only; what a world is and does stays in `domain/` and `store/`.
"""
