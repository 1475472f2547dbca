"""Documents that nobody here wrote: any version, any number of files, with the defects they have.

What leaves this room is canonical: OpenAPI 3.0 or 3.1 in one document, every part in order, and a
list of what was not. No state, no business and no serving may enter.
"""

from mockserver.contract.foreign.compiling import ForeignCompiler
from mockserver.contract.foreign.examining import examine
from mockserver.contract.foreign.loading import Loaded, load_foreign
from mockserver.contract.foreign.notes import DocumentWarning
from mockserver.contract.foreign.reading import foreign_contract

__all__ = [
    "DocumentWarning",
    "ForeignCompiler",
    "Loaded",
    "examine",
    "foreign_contract",
    "load_foreign",
]
