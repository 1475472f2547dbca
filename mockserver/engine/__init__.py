"""The generic mock."""
