"""The compiled way of a request: one prepared plan per operation, one pass from head to answer.

A plan only says yes: what it does not find in order it hands on, untouched, before anything has
happened. So every refusal is worded in one place, and none of it may be written here.
"""

from mockserver.wire.compiled.desk import Desk
from mockserver.wire.compiled.door import CompiledDoor

__all__ = ["CompiledDoor", "Desk"]
