"""The generic mock: answers for any document that nobody wrote handlers for, and keeps its state.

It knows what a document says and where state lies, never the business (`domain`) or HTTP.
"""

from mockserver.engine.answering import Engine
from mockserver.engine.inference import Inference, Kind, Resource, Role, infer
from mockserver.engine.world import World

__all__ = ["Engine", "Inference", "Kind", "Resource", "Role", "World", "infer"]
