"""Importers: a file of places that the user has, taken into the gazetteer for good. One module a format, listed in `FORMATS`.

In comes a file; out goes a source in the user's data folder, and a new index. An import is whole or not at all: where a line cannot be read it is refused
with the file and the line (or, when asked for, that line is left out and told), and the gazetteer stays as it was. The same file twice changes nothing.
To add a format: a module with `recognised(path, head)` and `read(path, source, wish)`, and its line in `FORMATS`.
"""

from marsad.knowledge.gazetteer.imports.faults import ImportFault, Wish
from marsad.knowledge.gazetteer.imports.taking_in import FORMATS, Outcome, import_file, remove

__all__ = ["FORMATS", "ImportFault", "Outcome", "Wish", "import_file", "remove"]
