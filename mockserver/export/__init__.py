"""One world on every surface: JSON, TypeScript, MSW handlers and HAR, the same bytes each time.

Everything exported was answered by the server itself, in this process. No rule of the business and
no judgement about a request may enter; what the handlers cannot answer exactly, they do not answer.
"""

from mockserver.export.folder import Difference, compare, write
from mockserver.export.recipe import FORMATS, Recipe, read_recipe
from mockserver.export.surfaces import files_of

__all__ = ["FORMATS", "Difference", "Recipe", "compare", "files_of", "read_recipe", "write"]
