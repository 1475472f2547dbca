"""What can be said of one thing, and agrees with what else is said of it.

No schema may enter: facts are believable, whether they are allowed is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.data.facts import labels, people, tokens, whereabouts
from mockserver.engine.data.facts.entity import Entity, Pools, slug_of
from mockserver.engine.data.facts.moments import date_text, instant, moment, moment_key

FACTS: Mapping[str, Callable[[Entity], Any]] = {
    **people.FACTS,
    **whereabouts.FACTS,
    **labels.FACTS,
    **tokens.FACTS,
}
"""Every fact that is not an instant, by its name."""

__all__ = ["FACTS", "Entity", "Pools", "date_text", "instant", "moment", "moment_key", "slug_of"]
