"""A spec-first, stateful mock API server: one OpenAPI document, a living business behind it."""
