"""What goes out: exports of incidents, without the names of private persons, and the codebook that explains them.

What comes in: incidents, in the order in which they are to stand, and a function that gives their reports by id. What goes out: bytes on a stream.
It knows no database. To add

- a format: a module with `EXPORTS`, its line in `export._MODULES`; from another package an `Export` as an entry point of the group `marsad.exports`;
- a column: a `Column` in `columns.py` (CSV, XLSX, Parquet, GeoJSON) with its meaning, and the codebook has it;
- a public figure: a line in `knowledge/public_figures.csv`, with the office; a word that shows a name to be a person's: `knowledge/persons.toml`.
"""

from marsad.release.codebook import codebook
from marsad.release.columns import Column
from marsad.release.export import Export, ExportError, Release, export_named, export_names, write
from marsad.release.privacy import MASK, Privacy, Reports

__all__ = ["MASK", "Column", "Export", "ExportError", "Privacy", "Release", "Reports", "codebook", "export_named", "export_names", "write"]
