"""The compiled way of a request: one prepared plan per operation, one pass from head to answer.

What no plan answers is handed on, untouched, before anything has happened. Nothing is worded or
checked here that the other way words or checks in code of its own: both call `wire.answering`.
"""

from mockserver.wire.compiled.desk import Desk
from mockserver.wire.compiled.door import CompiledDoor

__all__ = ["CompiledDoor", "Desk"]
