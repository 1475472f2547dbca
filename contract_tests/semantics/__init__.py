"""What a contract means beyond its schemas, declared as data in a file beside it.

`model` is that file as values, `loading` reads and checks it, `expressions` evaluates the CEL in
it. Nothing enters that knows one particular API.
"""

from contract_tests.semantics.expressions import ExpressionError, Expressions, Scope
from contract_tests.semantics.loading import load_semantics, semantics_beside
from contract_tests.semantics.model import (
    Access,
    Action,
    Collection,
    Create,
    Credential,
    Credentials,
    Differential,
    Face,
    Filter,
    Inside,
    Mask,
    Paging,
    Population,
    Read,
    Resource,
    Semantics,
    Twin,
    Unreachable,
    Update,
)
from contract_tests.semantics.rules import Invariant, Journey, Refusal, Step

__all__ = [
    "Access",
    "Action",
    "Collection",
    "Create",
    "Credential",
    "Credentials",
    "Differential",
    "ExpressionError",
    "Expressions",
    "Face",
    "Filter",
    "Inside",
    "Invariant",
    "Journey",
    "Mask",
    "Paging",
    "Population",
    "Read",
    "Refusal",
    "Resource",
    "Scope",
    "Semantics",
    "Step",
    "Twin",
    "Unreachable",
    "Update",
    "load_semantics",
    "semantics_beside",
]
