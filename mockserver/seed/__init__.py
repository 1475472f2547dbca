"""Believable data from one number: a scenario, grown into a full world.

No HTTP may enter, and no rule of the business: rows come about through the
verbs of ``domain``, except those a scenario writes out in full.
"""

from mockserver.seed.growth import grow
from mockserver.seed.reading.scenario_file import load_scenario
from mockserver.seed.scenario import Scenario

__all__ = ["Scenario", "grow", "load_scenario"]
