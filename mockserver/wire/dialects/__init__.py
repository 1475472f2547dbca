"""How each family words a refusal: one module per dialect, to the last byte.

Only here a status is picked. A dialect never sees the framework's own errors.
"""

from mockserver.wire.dialects.dialect import Dialect
from mockserver.wire.dialects.document import DocumentDialect
from mockserver.wire.dialects.leads import LeadsDialect
from mockserver.wire.dialects.merchant import MerchantDialect
from mockserver.wire.dialects.otesse import OtesseDialect
from mockserver.wire.dialects.plain import PlainDialect

__all__ = [
    "Dialect",
    "DocumentDialect",
    "LeadsDialect",
    "MerchantDialect",
    "OtesseDialect",
    "PlainDialect",
]
