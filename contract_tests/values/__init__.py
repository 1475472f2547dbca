"""Makers of request values: any value that a schema of a contract allows, and spoilt ones.

Everything drawn depends on the given source of chance alone. Nothing is known here of an API.
"""

from contract_tests.values.drawing import Undrawable, draw
from contract_tests.values.spoiling import Spoilt, spoilt
from contract_tests.values.structure import Shape, shape_of

__all__ = ["Shape", "Spoilt", "Undrawable", "draw", "shape_of", "spoilt"]
