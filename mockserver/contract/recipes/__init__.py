"""For every status that a contract declares, the requests that provoke it.

Everything is derived from the contract alone. Nothing is sent and nothing is known of a world:
whether a natural way leads where it says depends on the rows that the server holds.
"""

from mockserver.contract.recipes.book import recipes, sample_request
from mockserver.contract.recipes.model import Recipe, Request, Way

__all__ = ["Recipe", "Request", "Way", "recipes", "sample_request"]
