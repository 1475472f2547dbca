"""Believable values for any schema: made from its rules, its names and a stream of chance.

Nothing but the document, the stream and the instant of a call may decide what is made; no state of
the mock and no HTTP may enter.
"""

from mockserver.contract.smallest import UnfillableError
from mockserver.engine.data.maker import Maker

__all__ = ["Maker", "UnfillableError"]
