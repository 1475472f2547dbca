"""Runs: items judged one by one or by several processes, and what came of them.

Nothing here prints; whoever runs is told of every item as it ends.
"""

from contract_tests.running.judging import Judge, unreachable
from contract_tests.running.processes import Listener, run

__all__ = ["Judge", "Listener", "run", "unreachable"]
