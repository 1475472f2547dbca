"""What a document says of state without saying so: resources, ids, lists, and who does what.

No state and no values: only schemas, paths and reasons.
"""

from mockserver.engine.inference.inferring import infer
from mockserver.engine.inference.model import (
    Filter,
    Identity,
    Inference,
    Kind,
    Listing,
    Paging,
    Resource,
    Role,
)

__all__ = [
    "Filter",
    "Identity",
    "Inference",
    "Kind",
    "Listing",
    "Paging",
    "Resource",
    "Role",
    "infer",
]
