"""Steering one request by its preferences (RFC 7240), in the spelling of Prism's users.

What a caller prefers is read here and turned into a documented answer. The living answer, waiting
and the world may not enter: they belong to whoever asks.
"""

from mockserver.wire.steering.preferences import (
    NONE,
    Preferences,
    joined_prefer,
    parse_preferences,
)
from mockserver.wire.steering.steered import UNSTEERED, Steered, steered_reply, steering_headers

__all__ = [
    "NONE",
    "UNSTEERED",
    "Preferences",
    "Steered",
    "joined_prefer",
    "parse_preferences",
    "steered_reply",
    "steering_headers",
]
