"""What a document says: its operations, its routes and the validators compiled from it.

No state, no web library and no business may enter: the same code reads our own contract and one
that nobody here wrote.
"""

from mockserver.contract.arguments import Arguments, Reply
from mockserver.contract.bodies import read_json
from mockserver.contract.derived import Derived, Listed, plain
from mockserver.contract.document import load_document, read_document
from mockserver.contract.model import BodyRule, Contract, Operation, Parameter, ResponseRule
from mockserver.contract.operations import build_contract
from mockserver.contract.routes import Match, Routes, normalise
from mockserver.contract.schemas import SchemaCompiler, Validator
from mockserver.contract.skeleton import lower_to_skeleton
from mockserver.contract.violations import Violation, ViolationError, shown

__all__ = [
    "Arguments",
    "BodyRule",
    "Contract",
    "Derived",
    "Listed",
    "Match",
    "Operation",
    "Parameter",
    "Reply",
    "ResponseRule",
    "Routes",
    "SchemaCompiler",
    "Validator",
    "Violation",
    "ViolationError",
    "build_contract",
    "load_document",
    "lower_to_skeleton",
    "normalise",
    "plain",
    "read_document",
    "read_json",
    "shown",
]
