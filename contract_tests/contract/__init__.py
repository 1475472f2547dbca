"""The contract as the judge reads it: operations, schemas, validators; nothing of a server.

The judge has a reader of its own, and not the server's: what both misread, neither would notice.
"""

from contract_tests.contract.document import ContractError, Document, read_document
from contract_tests.contract.operations import (
    Contract,
    DeclaredAnswer,
    Operation,
    Parameter,
    load_contract,
)

__all__ = [
    "Contract",
    "ContractError",
    "DeclaredAnswer",
    "Document",
    "Operation",
    "Parameter",
    "load_contract",
    "read_document",
]
