from __future__ import annotations

import pytest

from contract_tests.targets import NOW, References


@pytest.fixture(scope="session")
def references() -> References:
    """Our server in this process; each test takes worlds of it."""
    return References(NOW)
